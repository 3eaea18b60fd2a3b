package dev.kubejar.client;

import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Ref;
import java.util.List;
import java.util.Optional;

/**
 * Which objects there are, whatever their resource, by the store's indexes: what garbage collection and the emptying of
 * a namespace need, and a client bound to one resource a call cannot say.
 */
public interface Census {
    /** Every object that has an owner reference to this UID, sorted. */
    List<Ref> ownedBy(String uid);

    /** Every object of a namespace, sorted. */
    List<Ref> inNamespace(String namespace);

    /** The resource that serves a kind, custom ones included; empty where nobody serves it. */
    Optional<GroupVersionResource> resource(String apiVersion, String kind);

    boolean namespaced(GroupVersionResource resource);
}
