package dev.kubejar.api;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.time.Instant;
import java.util.List;

/**
 * What the registry does for one resource beyond the generic life of an object: what it allocates, how it is deleted.
 * Objects are those of the storage version.
 */
interface Strategy {
    /** A resource without peculiarities. */
    Strategy PLAIN = new Strategy() {};

    /** Before a creation is validated; what it takes is taken back if the request fails. */
    default void beginCreate(Call call, Obj object) {}

    /** Before an update is validated. */
    default void beginUpdate(Call call, Obj now, Obj before) {}

    /** After an object is gone from the store. */
    default void gone(Obj object) {}

    /** The seconds of grace a deletion gives this object; null where the resource is not deleted gracefully. */
    default Long grace(Obj object, Long asked) {
        return null;
    }

    /** What a deletion without a propagation policy does: {@code Background}, {@code Orphan}, or empty: no finalizer ever. */
    default String propagation() {
        return "Background";
    }

    /** Whether a deletion answers with the object itself in place of a Status. */
    default boolean returnsDeleted() {
        return false;
    }

    /** Whether an object without finalizers that is being deleted may go. */
    default boolean finished(Obj object) {
        return true;
    }

    /** What a deletion changes beside the deletion timestamp while the object waits. */
    default void marked(Obj object) {}

    /** Whether a creation keeps the status it came with. */
    default boolean keepsStatus() {
        return false;
    }

    /** The fields of metadata that an update of the status leaves as they are. */
    default List<String> keptByStatus() {
        return List.of();
    }

    /** What follows at once from a write of this object. */
    default void written(Obj object) {}

    /** What the rules of the object alone cannot judge: it is told before what they say. */
    default void judge(Call call, Obj now, Obj before, Problems problems) {}

    /** What is set of a creation ({@code before} is null) or an update once the kind itself has prepared it. */
    default void prepared(Obj now, Obj before, Instant time) {}
}
