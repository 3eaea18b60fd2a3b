package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.kustomize.FieldSpecs.Spec;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Further fields that a kustomization says hold names, labels and the like: {@code configurations} and {@code crds}. */
final class Configurations {
    private static final List<String> SECTIONS = List.of(
            "namePrefix",
            "nameSuffix",
            "namespace",
            "commonLabels",
            "labels",
            "templateLabels",
            "commonAnnotations",
            "varReference",
            "images",
            "replicas");

    private final Root root;
    private final FieldSpecs specs;

    Configurations(Root root, FieldSpecs specs) {
        this.root = root;
        this.specs = specs;
    }

    /** A file of {@code configurations}. */
    void load(String path) {
        for (JsonNode document : Texts.documents(root.read(path))) {
            if (!(document instanceof ObjectNode node)) {
                continue;
            }
            Obj config = Obj.of(node);
            for (String section : SECTIONS) {
                config.list(section).forEach(field -> specs.add(section, spec(field)));
            }
            for (Obj reference : config.list("nameReference")) {
                for (Obj field : reference.list("fieldSpecs")) {
                    specs.addReference(
                            reference.text("kind"), reference.text("group"), reference.text("version"), spec(field));
                }
            }
        }
    }

    private static Spec spec(Obj field) {
        return new Spec(
                field.text("path"),
                field.text("kind"),
                field.text("group"),
                field.text("version"),
                field.bool("create"));
    }

    /** A file of {@code crds}: an OpenAPI definition by type name, whose extensions tell what a field is. */
    void definitions(String path) {
        for (JsonNode document : Texts.documents(root.read(path))) {
            for (Map.Entry<String, JsonNode> type : document.properties()) {
                JsonNode properties = type.getValue().at("/Schema/properties");
                properties = properties.isMissingNode() ? type.getValue().at("/schema/properties") : properties;
                if (properties.has("kind") && properties.has("apiVersion") && properties.has("metadata")) {
                    String kind = type.getKey().substring(type.getKey().lastIndexOf('.') + 1);
                    fields(document, kind, properties, new ArrayList<>());
                }
            }
        }
    }

    private void fields(JsonNode types, String kind, JsonNode properties, List<String> path) {
        for (Map.Entry<String, JsonNode> each : properties.properties()) {
            JsonNode property = each.getValue();
            List<String> inner = new ArrayList<>(path);
            inner.add(each.getKey());
            Spec spec = new Spec(String.join("/", inner), kind, "", "", false);
            if (property.has("x-kubernetes-annotation")) {
                specs.add("commonAnnotations", spec);
            }
            if (property.has("x-kubernetes-label-selector")) {
                specs.add("commonLabels", spec);
            }
            if (property.has("x-kubernetes-identity")) {
                specs.add("namePrefix", spec);
            }
            if (property.has("x-kubernetes-object-ref-api-version") && property.has("x-kubernetes-object-ref-kind")) {
                String key = property.path("x-kubernetes-object-ref-name-key").asText("name");
                specs.addReference(
                        property.path("x-kubernetes-object-ref-kind").asText(),
                        "",
                        property.path("x-kubernetes-object-ref-api-version").asText(),
                        new Spec(spec.path() + "/" + key, kind, "", "", false));
            }
            String ref = property.path("$ref").asText("");
            JsonNode target = types.path(ref).at("/Schema/properties");
            if (!ref.isEmpty() && target.isObject() && path.size() < 16) {
                fields(types, kind, target, inner);
            }
        }
    }
}
