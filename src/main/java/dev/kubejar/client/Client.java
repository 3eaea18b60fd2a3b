package dev.kubejar.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.util.List;
import java.util.Optional;

/**
 * The one way to speak to the cluster, for commands, controllers, scheduler and kubelets alike; bound to one user. All
 * methods throw {@link ApiError}. What comes back is frozen.
 */
public interface Client {
    Response call(Request request);

    /** Follows a list from {@code request.resourceVersion} (empty: what is there now comes first, as ADDED). */
    Watch watch(Request request);

    /** Throws Forbidden unless the user may do this with a path that names no resource. */
    default void checkPath(String verb, String path) {}

    default Obj get(Ref ref) {
        return call(Request.get(ref.resource(), ref.namespace(), ref.name())).object();
    }

    default Optional<Obj> find(Ref ref) {
        try {
            return Optional.of(get(ref));
        } catch (ApiError e) {
            if (e.is("NotFound")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    default Optional<Obj> find(GroupVersionResource resource, String namespace, String name) {
        return find(new Ref(resource, namespace, name));
    }

    /** All objects of a resource in a namespace (empty: everywhere), by namespace and name. */
    default List<Obj> list(GroupVersionResource resource, String namespace) {
        return call(Request.list(resource, namespace)).items();
    }

    default List<Obj> list(GroupVersionResource resource, String namespace, String labelSelector) {
        return call(Request.list(resource, namespace).labels(labelSelector)).items();
    }

    /** The objects of a resource in a namespace that have an owner reference to this UID. */
    default List<Obj> owned(GroupVersionResource resource, String namespace, String ownerUid) {
        return call(Request.list(resource, namespace).ownedBy(ownerUid)).items();
    }

    default Obj create(GroupVersionResource resource, Obj object) {
        return call(Request.create(resource, object.namespace(), object)).object();
    }

    default Obj update(GroupVersionResource resource, Obj object) {
        return call(Request.update(resource, object.namespace(), object.name(), object))
                .object();
    }

    default Obj updateStatus(GroupVersionResource resource, Obj object) {
        return call(Request.update(resource, object.namespace(), object.name(), object)
                        .subresource("status"))
                .object();
    }

    /** A JSON merge patch (RFC 7396). */
    default Obj merge(Ref ref, JsonNode patch) {
        return call(Request.patch(ref.resource(), ref.namespace(), ref.name(), Request.PatchType.MERGE, patch))
                .object();
    }

    /** Deletes in the background; an object that is gone already is no error. */
    default void delete(Ref ref) {
        try {
            call(Request.delete(ref.resource(), ref.namespace(), ref.name()).propagation("Background"));
        } catch (ApiError e) {
            if (!e.is("NotFound")) {
                throw e;
            }
        }
    }
}
