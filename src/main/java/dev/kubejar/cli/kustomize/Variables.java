package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.kustomize.FieldSpecs.Spec;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The {@code vars} of kustomizations: values of fields, put where other fields say {@code $(NAME)}. */
final class Variables {
    private final Map<String, Obj> declared = new TreeMap<>();

    /** Declares one, and marks the object that holds its value. */
    void declare(Obj variable, ResList list) {
        ResId wanted = id(variable);
        boolean anywhere = wanted.namespace().isEmpty() && !wanted.clusterScoped();
        List<Res> found = list.matching(res -> meant(res, wanted, anywhere));
        if (found.size() > 1) {
            throw new KustomizeError(
                    "found " + found.size() + " resId matches for var " + text(variable) + " (unable to disambiguate)");
        }
        found.forEach(res -> res.variables.add(variable.text("name")));
        add(variable);
    }

    private void add(Obj variable) {
        String name = variable.text("name");
        Obj known = declared.put(name, variable);
        if (known != null && !text(known).equals(text(variable))) {
            throw new KustomizeError("var '" + name + "' already encountered");
        }
    }

    void merge(Variables others) {
        others.declared.values().forEach(this::add);
    }

    private static ResId id(Obj variable) {
        Obj ref = variable.obj("objref");
        String version = ref.text("apiVersion");
        int slash = version.indexOf('/');
        return new ResId(
                slash > 0 ? version.substring(0, slash) : ref.text("group"),
                version.isEmpty() ? ref.text("version") : version.substring(slash + 1),
                ref.text("kind"),
                ref.text("name"),
                ref.text("namespace"));
    }

    private static boolean meant(Res res, ResId wanted, boolean anywhere) {
        return is(res.id(), wanted, anywhere) || res.previous.stream().anyMatch(old -> is(old, wanted, anywhere));
    }

    private static boolean is(ResId id, ResId wanted, boolean anywhere) {
        return id.name().equals(wanted.name())
                && id.kind().equals(wanted.kind())
                && id.group().equals(wanted.group())
                && id.version().equals(wanted.version())
                && (anywhere || id.sameNamespace(wanted));
    }

    /** As Go prints it. */
    private static String text(Obj variable) {
        ResId id = id(variable);
        return "{" + variable.text("name") + " " + ResId.kindText(id.kind(), id.version(), id.group()) + " {"
                + path(variable) + "}}";
    }

    static String text(List<Obj> variables) {
        return "[" + String.join(" ", variables.stream().map(Variables::text).toList()) + "]";
    }

    private static String path(Obj variable) {
        return variable.text("fieldref.fieldPath", variable.text("fieldref.fieldpath", "metadata.name"));
    }

    /** Puts the values in. */
    void resolve(ResList list, FieldSpecs specs) {
        Map<String, JsonNode> values = new TreeMap<>();
        declared.forEach((name, variable) -> values.put(name, value(name, variable, list)));
        if (values.isEmpty()) {
            return;
        }
        for (Res res : list.all) {
            for (Spec spec : specs.section("varReference")) {
                if (spec.appliesTo(res.id())) {
                    spec.visit(res.object.node(), (map, field) -> map.set(field, replaced(map.get(field), values)));
                }
            }
        }
    }

    private static JsonNode value(String name, Obj variable, ResList list) {
        for (Res res : list.all) {
            if (res.variables.contains(name)) {
                List<FieldPath.Place> places = FieldPath.of(path(variable).replaceAll("\\[(\\d+)\\]", ".$1"))
                        .find(res.object.node(), false);
                if (places.isEmpty()) {
                    throw new KustomizeError(
                            "field specified in var '" + text(variable) + "' not found in corresponding resource");
                }
                return places.get(0).value();
            }
        }
        throw new KustomizeError(
                "var '" + text(variable) + "' cannot be mapped to a field in the set of known resources");
    }

    private static JsonNode replaced(JsonNode node, Map<String, JsonNode> values) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = Json.array();
            array.forEach(item -> copy.add(item.isTextual() ? replaced(item.asText(), values) : item));
            return copy;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            object.properties()
                    .forEach(each -> copy.set(
                            each.getKey(),
                            each.getValue().isTextual()
                                    ? replaced(each.getValue().asText(), values)
                                    : each.getValue()));
            return copy;
        }
        return node != null && node.isTextual() ? replaced(node.asText(), values) : node;
    }

    /** {@code $(NAME)} becomes the value; {@code $$} a dollar; a text that is nothing but a variable takes its type. */
    private static JsonNode replaced(String text, Map<String, JsonNode> values) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            int close = next == '(' ? text.indexOf(')', at) : -1;
            if (text.charAt(at) != '$' || next == 0) {
                out.append(text.charAt(at));
            } else if (next == '$') {
                out.append('$');
                at++;
            } else if (close < 0) {
                out.append('$').append(next);
                at++;
            } else {
                JsonNode value = values.get(text.substring(at + 2, close));
                boolean known = value != null && value.isValueNode();
                if (known && at == 0 && close == text.length() - 1) {
                    return value;
                }
                out.append(known ? value.asText() : text.substring(at, close + 1));
                at = close;
            }
        }
        return Json.NODES.textNode(out.toString());
    }
}
