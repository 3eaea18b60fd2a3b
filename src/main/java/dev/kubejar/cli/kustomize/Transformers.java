package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.kustomize.FieldSpecs.Spec;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a kustomization changes in all of its objects: namespace, names, labels, annotations, replicas and images. */
final class Transformers {
    private static final Spec METADATA_LABELS = new Spec("metadata/labels", "", "", "", true);

    private final ResList list;
    private final FieldSpecs specs;

    Transformers(ResList list, FieldSpecs specs) {
        this.list = list;
        this.specs = specs;
    }

    void namespace(String namespace) {
        for (Res res : list.all) {
            res.remember();
            ResId id = res.id();
            if (!id.clusterScoped()) {
                res.object.set("metadata.namespace", namespace);
            }
            if (id.kind().equals("RoleBinding") || id.kind().equals("ClusterRoleBinding")) {
                for (Obj subject : res.object.list("subjects")) {
                    if (subject.text("name").equals("default")) {
                        subject.set("namespace", namespace);
                    }
                }
            }
            for (Spec spec : specs.section("namespace")) {
                if (spec.appliesTo(id)
                        && (!spec.path().equals("metadata/name") || id.group().isEmpty())) {
                    spec.visit(res.object.node(), (map, name) -> map.put(name, namespace));
                }
            }
            if (list.matching(other -> other.id().same(res.id())).size() > 1) {
                throw new KustomizeError("namespace transformation produces ID conflict: " + res.id());
            }
        }
    }

    void prefix(String prefix) {
        for (Res res : list.all) {
            if (renamed(res)) {
                res.prefixes.add(prefix);
                res.remember();
                res.name(prefix + res.object.name());
                for (Spec spec : specs.section("namePrefix")) {
                    if (spec.appliesTo(res.id())) {
                        spec.visit(
                                res.object.node(),
                                (map, name) ->
                                        map.put(name, prefix + map.path(name).asText()));
                    }
                }
            }
        }
    }

    void suffix(String suffix) {
        for (Res res : list.all) {
            if (renamed(res)) {
                res.suffixes.add(suffix);
                res.remember();
                res.name(res.object.name() + suffix);
                for (Spec spec : specs.section("nameSuffix")) {
                    if (spec.appliesTo(res.id())) {
                        spec.visit(
                                res.object.node(),
                                (map, name) -> map.put(name, map.path(name).asText() + suffix));
                    }
                }
            }
        }
    }

    private static boolean renamed(Res res) {
        ResId id = res.original();
        return !id.kind().equals("CustomResourceDefinition")
                && !id.kind().equals("Namespace")
                && !(id.kind().equals("APIService") && id.group().equals("apiregistration.k8s.io"));
    }

    /** One entry of {@code labels}. */
    void labels(Obj entry) {
        Set<Spec> fields = new LinkedHashSet<>();
        for (Obj own : entry.list("fields")) {
            fields.add(new Spec(
                    own.text("path"), own.text("kind"), own.text("group"), own.text("version"), own.bool("create")));
        }
        fields.addAll(specs.section("labels"));
        if (entry.bool("includeSelectors")) {
            fields.addAll(specs.section("commonLabels"));
        } else {
            if (entry.bool("includeTemplates")) {
                fields.addAll(specs.section("templateLabels"));
            }
            fields.add(METADATA_LABELS);
        }
        put(entry.map("pairs"), fields);
    }

    void commonLabels(Map<String, String> labels) {
        put(labels, specs.section("commonLabels"));
    }

    void annotations(Map<String, String> annotations) {
        put(annotations, specs.section("commonAnnotations"));
    }

    private void put(Map<String, String> pairs, Iterable<Spec> fields) {
        if (pairs.isEmpty()) {
            return;
        }
        for (Res res : list.all) {
            for (Spec spec : fields) {
                if (spec.appliesTo(res.id())) {
                    spec.visit(res.object.node(), (map, name) -> {
                        ObjectNode into = map.get(name) instanceof ObjectNode known ? known : map.putObject(name);
                        pairs.forEach(into::put);
                    });
                }
            }
        }
    }

    void replicas(Obj entry) {
        String name = entry.text("name");
        boolean found = false;
        List<String> kinds = new ArrayList<>();
        List<Spec> fields = new ArrayList<>(specs.section("replicas"));
        fields.sort(Comparator.comparing(spec -> ResId.order(spec.kind())));
        for (Spec spec : fields) {
            kinds.add(ResId.kindText(spec.kind(), spec.version(), spec.group()));
            for (Res res : list.all) {
                boolean meant =
                        isNamed(res.id(), name, spec) || res.previous.stream().anyMatch(id -> isNamed(id, name, spec));
                if (meant) {
                    found = true;
                    spec.visit(res.object.node(), (map, field) -> map.put(field, (int) entry.number("count")));
                }
            }
        }
        if (!found) {
            throw new KustomizeError("resource with name " + name + " does not match a config with the following GVK ["
                    + String.join(" ", kinds) + "]");
        }
    }

    private static boolean isNamed(ResId id, String name, Spec spec) {
        return id.name().equals(name) && spec.appliesTo(id);
    }

    void image(Obj entry) {
        Pattern meant = Pattern.compile(entry.text("name") + "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?");
        for (Res res : list.all) {
            if (!res.object.kind().equals("CustomResourceDefinition")) {
                images(res.object.node(), entry, meant);
                for (Spec spec : specs.section("images")) {
                    if (spec.appliesTo(res.id())) {
                        spec.visit(res.object.node(), (map, name) -> image(map, name, entry, meant));
                    }
                }
            }
        }
    }

    private static void images(JsonNode node, Obj entry, Pattern meant) {
        if (node instanceof ObjectNode object) {
            for (String field : List.of("containers", "initContainers")) {
                if (object.path(field).isArray()) {
                    object.get(field).forEach(container -> image(container, "image", entry, meant));
                }
            }
            if (object.path("volumes").isArray()) {
                object.get("volumes").forEach(volume -> image(volume.path("image"), "reference", entry, meant));
            }
        }
        node.forEach(child -> images(child, entry, meant));
    }

    private static void image(JsonNode holder, String field, Obj entry, Pattern meant) {
        if (holder instanceof ObjectNode object
                && object.path(field).isTextual()
                && meant.matcher(object.path(field).asText()).matches()) {
            object.put(field, changed(object.path(field).asText(), entry));
        }
    }

    private static String changed(String image, Obj entry) {
        int slash = Math.max(0, image.indexOf('/'));
        int at = image.indexOf('@', slash);
        int colon = image.indexOf(':', slash);
        colon = at >= 0 && colon > at ? -1 : colon;
        int end = colon >= 0 ? colon : at >= 0 ? at : image.length();
        String name = entry.text("newName", image.substring(0, end));
        String tag = colon < 0 ? "" : image.substring(colon + 1, at < 0 ? image.length() : at);
        String digest = at < 0 ? "" : image.substring(at + 1);
        String newTag = entry.text("newTag");
        String newDigest = entry.text("digest");
        if (!newTag.isEmpty() || !newDigest.isEmpty()) {
            tag = newTag;
            digest = newDigest;
        } else if (!entry.text("tagSuffix").isEmpty()) {
            tag += entry.text("tagSuffix");
            digest = "";
        }
        return name + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
    }
}
