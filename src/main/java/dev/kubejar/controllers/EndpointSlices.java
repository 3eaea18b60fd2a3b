package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings the EndpointSlices of one owner to what they should say, changing as few of them as it can. */
final class EndpointSlices {
    static final String SERVICE_NAME = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

    private final Client client;
    private final int most;

    /** Endpoints that share their ports, and so may share a slice. */
    record Group(String addressType, List<Obj> ports, List<Obj> endpoints) {}

    /** {@code most}: endpoints of one slice. */
    EndpointSlices(Client client, int most) {
        this.client = client;
        this.most = most;
    }

    /** Writes the groups into the existing slices where they fit, makes and deletes the rest. */
    void write(List<Obj> existing, List<Group> groups, Obj pattern) {
        List<Obj> free = new ArrayList<>(existing);
        List<Obj> wanted = new ArrayList<>();
        for (Group group : groups) {
            Map<String, Obj> left = new LinkedHashMap<>();
            group.endpoints().forEach(endpoint -> left.put(identity(endpoint), endpoint));
            List<Obj> filled = new ArrayList<>();
            for (Obj slice : existing) {
                if (free.contains(slice) && fits(slice, group)) {
                    Obj kept = keep(slice, left, group);
                    if (kept != null) {
                        free.remove(slice);
                        filled.add(kept);
                    }
                }
            }
            fill(filled, left, group);
            wanted.addAll(filled);
        }
        store(existing, free, wanted, pattern);
    }

    private static boolean fits(Obj slice, Group group) {
        return slice.text("addressType").equals(group.addressType())
                && slice.list("ports").equals(group.ports());
    }

    /** The slice with those of its endpoints that stay, as they are now; null where none does. */
    private Obj keep(Obj slice, Map<String, Obj> left, Group group) {
        List<Obj> stay = new ArrayList<>();
        for (Obj endpoint : slice.list("endpoints")) {
            Obj current = left.remove(identity(endpoint));
            if (current != null) {
                stay.add(current);
            }
        }
        return stay.isEmpty() && !group.endpoints().isEmpty() ? null : content(slice.copy(), group, stay);
    }

    private void fill(List<Obj> filled, Map<String, Obj> left, Group group) {
        List<Obj> rest = new ArrayList<>(left.values());
        for (Obj slice : filled) {
            while (!rest.isEmpty() && slice.list("endpoints").size() < most) {
                slice.add("endpoints", rest.remove(0));
            }
        }
        while (!rest.isEmpty() || filled.isEmpty()) {
            int size = Math.min(most, rest.size());
            filled.add(content(Obj.create(), group, new ArrayList<>(rest.subList(0, size))));
            rest = new ArrayList<>(rest.subList(size, rest.size()));
        }
    }

    private static Obj content(Obj slice, Group group, List<Obj> endpoints) {
        slice.set("addressType", group.addressType());
        slice.set("endpoints", endpoints.stream().map(Obj::copy).toList());
        if (group.ports().isEmpty()) {
            slice.remove("ports");
        } else {
            slice.set("ports", group.ports().stream().map(Obj::copy).toList());
        }
        return slice;
    }

    private static String identity(Obj endpoint) {
        return endpoint.texts("addresses") + endpoint.text("targetRef.uid");
    }

    private void store(List<Obj> existing, List<Obj> free, List<Obj> wanted, Obj pattern) {
        Map<String, Obj> before = new HashMap<>();
        existing.forEach(slice -> before.put(slice.name(), slice));
        List<Obj> spare = new ArrayList<>(free);
        for (Obj slice : wanted) {
            if (slice.name().isEmpty()) {
                int reuse = reusable(spare, slice);
                if (reuse < 0) {
                    create(slice, pattern);
                    continue;
                }
                Obj old = spare.remove(reuse);
                Obj content = slice;
                slice = old.copy();
                slice.set("endpoints", content.at("endpoints"));
                slice.remove("ports");
                if (content.has("ports")) {
                    slice.set("ports", content.at("ports"));
                }
            }
            update(before.get(slice.name()), slice, pattern);
        }
        spare.forEach(slice -> client.delete(Ref.of(Resources.ENDPOINTSLICES, slice)));
    }

    private static int reusable(List<Obj> spare, Obj slice) {
        for (int i = 0; i < spare.size(); i++) {
            if (spare.get(i).text("addressType").equals(slice.text("addressType"))) {
                return i;
            }
        }
        return -1;
    }

    private void create(Obj content, Obj pattern) {
        Obj slice = Obj.create("discovery.k8s.io/v1", "EndpointSlice");
        slice.set("metadata", pattern.at("metadata").<JsonNode>deepCopy());
        slice.set("addressType", content.text("addressType"));
        slice.set("endpoints", content.at("endpoints"));
        if (content.has("ports")) {
            slice.set("ports", content.at("ports"));
        }
        client.create(Resources.ENDPOINTSLICES, slice);
    }

    private void update(Obj before, Obj slice, Obj pattern) {
        slice.set("metadata.labels", pattern.at("metadata.labels").<JsonNode>deepCopy());
        if (before.labels().equals(slice.labels())
                && before.list("endpoints").equals(slice.list("endpoints"))
                && before.list("ports").equals(slice.list("ports"))) {
            return;
        }
        slice.remove("metadata.annotations");
        if (pattern.has("metadata.annotations")) {
            slice.set("metadata.annotations", pattern.at("metadata.annotations").<JsonNode>deepCopy());
        }
        client.update(Resources.ENDPOINTSLICES, slice);
    }
}
