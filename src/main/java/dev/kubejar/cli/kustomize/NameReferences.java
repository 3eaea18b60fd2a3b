package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.kustomize.FieldSpecs.Reference;
import dev.kubejar.cli.kustomize.FieldSpecs.Spec;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Lets references by name follow the names that a kustomization has changed. */
final class NameReferences {
    private final ResList list;
    private Res referrer;
    private Reference target;
    private Spec field;

    private NameReferences(ResList list) {
        this.list = list;
    }

    static void follow(ResList list, FieldSpecs specs) {
        NameReferences references = new NameReferences(list);
        for (Res res : list.all) {
            for (Reference reference : specs.references()) {
                for (Spec spec : reference.fields()) {
                    if (spec.appliesTo(res.original())) {
                        references.follow(res, reference, spec);
                    }
                }
            }
        }
    }

    private void follow(Res res, Reference reference, Spec spec) {
        referrer = res;
        target = reference;
        field = spec;
        spec.visit(res.object.node(), (map, name) -> {
            JsonNode value = map.get(name);
            if (value instanceof ArrayNode array) {
                map.set(name, sequence(array));
            } else if (value instanceof ObjectNode object) {
                mapping(object);
            } else if (value.isTextual()) {
                map.put(name, scalar(value.asText()));
            }
        });
    }

    private ArrayNode sequence(ArrayNode array) {
        ArrayNode copy = Json.array();
        for (JsonNode item : array) {
            if (item instanceof ObjectNode object) {
                mapping(object);
                copy.add(object);
            } else {
                copy.add(item.isTextual() ? Json.NODES.textNode(scalar(item.asText())) : item);
            }
        }
        return copy;
    }

    private String scalar(String name) {
        Res found = referral(name, candidates());
        return found == null ? name : found.object.name();
    }

    private void mapping(ObjectNode node) {
        if (!node.has("name")) {
            throw new KustomizeError("updating name reference in '" + field.path() + "' field of '" + referrer.id()
                    + "': path config error; no 'name' field in node");
        }
        List<Res> candidates = candidates();
        if (node.has("namespace")) {
            String namespace = node.path("namespace").asText();
            List<Res> before =
                    only(candidates, res -> res.original().effectiveNamespace().equals(namespace));
            candidates = before.isEmpty()
                    ? only(candidates, res -> res.id().effectiveNamespace().equals(namespace))
                    : before;
        }
        String old = node.path("name").asText();
        Res found = referral(old, candidates);
        if (found == null
                || found.object.name().equals(old) && found.object.namespace().isEmpty()) {
            return;
        }
        node.put("name", found.object.name());
        if (!found.object.namespace().isEmpty()) {
            node.put("namespace", found.object.namespace());
        }
    }

    /** Whom the referrer may refer to at all. */
    private List<Res> candidates() {
        ResId id = referrer.id();
        if (id.clusterScoped()) {
            return list.all;
        }
        List<String> others = new ArrayList<>();
        if (id.kind().equals("RoleBinding")) {
            for (Obj subject : referrer.object.list("subjects")) {
                if (subject.text("kind").equals("ServiceAccount")) {
                    others.add(subject.text("namespace"));
                }
            }
        }
        return only(
                list.all,
                res -> res.id().clusterScoped()
                        || res.id().sameNamespace(id)
                        || others.contains(res.object.namespace()));
    }

    private static List<Res> only(List<Res> all, Predicate<Res> where) {
        return all.stream().filter(where).toList();
    }

    private Res referral(String name, List<Res> all) {
        List<Res> found = only(
                all,
                res -> res.previous.stream().anyMatch(id -> id.name().equals(name))
                        && res.previous.stream()
                                .anyMatch(id -> id.isOfKind(target.group(), target.version(), target.kind()))
                        && roleRef(res)
                        && reachable(res));
        if (found.size() == 1) {
            return found.get(0);
        }
        found = only(found, res -> res.sameAffixes(referrer, true));
        if (found.size() > 1) {
            found = only(found, res -> res.sameAffixes(referrer, false));
        }
        if (found.isEmpty()) {
            return null;
        }
        String first = found.get(0).object.name();
        if (found.stream().allMatch(res -> res.object.name().equals(first))) {
            return found.get(0);
        }
        String ids =
                String.join(", ", found.stream().map(res -> res.id().toString()).toList());
        throw new KustomizeError("updating name reference in '" + field.path() + "' field of '" + referrer.id()
                + "': found multiple possible referrals: " + ids);
    }

    private boolean roleRef(Res res) {
        if (!field.path().endsWith("roleRef/name")) {
            return true;
        }
        Obj ref = referrer.object.obj("roleRef");
        return !ref.has("apiGroup")
                || !ref.has("kind")
                || res.previous.stream().anyMatch(id -> id.isOfKind(ref.text("apiGroup"), "", ref.text("kind")));
    }

    private boolean reachable(Res res) {
        ResId own = referrer.id();
        return own.clusterScoped()
                || res.id().clusterScoped()
                || res.object.kind().equals("ServiceAccount")
                || own.sameNamespace(res.id());
    }
}
