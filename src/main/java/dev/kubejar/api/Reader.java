package dev.kubejar.api;

import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.KindCatalog;
import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Randoms;
import java.util.List;

/** The stored objects as plugins and strategies see them: without authorization, in storage versions, frozen. */
public interface Reader {
    /** The object, or null. */
    Obj find(GroupVersionResource resource, String namespace, String name);

    /** All objects of a resource in a namespace (empty: everywhere), by key. */
    List<Obj> list(GroupVersionResource resource, String namespace);

    /** Whether there is any object of a stored resource; asks for no more than that, and for nothing of its kind. */
    boolean any(GroupVersionResource resource);

    /** Those that stand under an index entry: {@code label/KEY=VALUE}, {@code owner/UID}, {@code field/FIELD=VALUE}. */
    List<Obj> indexed(GroupVersionResource resource, String namespace, String index);

    /** Writes an object's next state past the pipeline; it stays or goes with the request that is being admitted. */
    void put(GroupVersionResource resource, Obj before, Obj after);

    /** The kinds that are served now. */
    KindCatalog kinds();

    Clock clock();

    Randoms randoms();
}
