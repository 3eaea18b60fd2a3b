package dev.kubejar.controllers;

import dev.kubejar.client.Client;
import dev.kubejar.client.Selector;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which objects belong to an owner: what it controls and its selector matches, with orphans that match adopted and what
 * no longer matches released (the rules of controller references).
 */
final class Claims {
    private final Client client;
    private final Obj owner;
    private final Selector selector;

    Claims(Client client, Obj owner, Selector selector) {
        this.client = client;
        this.owner = owner;
        this.selector = selector;
    }

    /** Claims the objects of the owner's namespace that pass the filter, by name. */
    List<Obj> claim(GroupVersionResource resource, Predicate<Obj> filter) {
        TreeMap<String, Obj> candidates = new TreeMap<>();
        for (Obj mine : client.owned(resource, owner.namespace(), owner.uid())) {
            candidates.put(mine.name(), mine);
        }
        if (!selector.isEmpty() && !owner.deleting()) {
            for (Obj like : client.list(resource, owner.namespace(), selector.text())) {
                if (like.controller() == null) {
                    candidates.put(like.name(), like);
                }
            }
        }
        List<Obj> claimed = new ArrayList<>();
        for (Obj candidate : candidates.values()) {
            Obj mine = filter.test(candidate) ? claim(resource, candidate) : null;
            if (mine != null) {
                claimed.add(mine);
            }
        }
        return claimed;
    }

    private Obj claim(GroupVersionResource resource, Obj object) {
        Obj controller = object.controller();
        boolean matches = selector.matches(object);
        if (controller != null) {
            if (!controller.text("uid").equals(owner.uid())) {
                return null;
            }
            if (matches) {
                return object;
            }
            if (!owner.deleting()) {
                release(resource, object);
            }
            return null;
        }
        return matches && !owner.deleting() && !object.deleting() ? adopt(resource, object) : null;
    }

    private Obj adopt(GroupVersionResource resource, Obj object) {
        List<Obj> owners = new ArrayList<>(others(object));
        owners.add(Controller.ownerReference(owner));
        return patch(resource, object, owners);
    }

    private void release(GroupVersionResource resource, Obj object) {
        patch(resource, object, others(object));
    }

    private List<Obj> others(Obj object) {
        return object.list("metadata.ownerReferences").stream()
                .filter(reference -> !reference.text("uid").equals(owner.uid()))
                .toList();
    }

    /** Null where the object is gone, or is another one by now. */
    private Obj patch(GroupVersionResource resource, Obj object, List<Obj> owners) {
        Obj patch = Obj.create().set("metadata.uid", object.uid());
        if (owners.isEmpty()) {
            patch.set("metadata.ownerReferences", (com.fasterxml.jackson.databind.JsonNode)
                    dev.kubejar.object.Json.NODES.nullNode());
        } else {
            patch.set("metadata.ownerReferences", owners);
        }
        try {
            return client.merge(Ref.of(resource, object), patch.node());
        } catch (ApiError e) {
            if (e.is("NotFound") || e.is("Invalid")) {
                return null;
            }
            throw e;
        }
    }
}
