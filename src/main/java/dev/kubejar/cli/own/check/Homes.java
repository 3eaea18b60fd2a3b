package dev.kubejar.cli.own.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueKind;
import dev.kubejar.schema.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where a field belongs that slipped to another level, as a wrong indentation makes it: one place has to be near. */
final class Homes {
    private static final int DEEPEST = 3;

    private final FieldType root;
    private final ObjectNode tree;

    Homes(FieldType root, ObjectNode tree) {
        this.root = root;
        this.tree = tree;
    }

    /** The path where a field of {@code parent} that its type does not know would be right; null where none is near. */
    String find(String parent, FieldType type, String name, JsonNode value) {
        if (!(Fields.at(tree, parent) instanceof ObjectNode siblings)) {
            return null;
        }
        String found = formerly(type, siblings, name, value);
        found = found == null ? inLast(type, siblings, name, value) : found;
        found = found == null ? below(type, siblings, name, value) : found;
        found = found == null ? inMap(type, siblings, name, value) : found;
        return found == null ? above(parent, name, value) : joined(parent, found);
    }

    private static String joined(String parent, String rest) {
        return parent.isEmpty() ? rest : parent + "." + rest;
    }

    /** What a backend's fields were called before networking.k8s.io/v1. */
    private static String formerly(FieldType type, ObjectNode siblings, String name, JsonNode value) {
        if (!type.simpleName().equals("IngressBackend")
                || siblings.path("service").has("name")) {
            return name.equals("servicePort") && type.field("service") != null ? port(value) : null;
        }
        return name.equals("serviceName") ? "service.name" : name.equals("servicePort") ? port(value) : null;
    }

    private static String port(JsonNode value) {
        return value.isNumber() ? "service.port.number" : "service.port.name";
    }

    /** A field of the last element of the list that stands before it: {@code ports} beside {@code containers}. */
    private static String inLast(FieldType type, ObjectNode siblings, String name, JsonNode value) {
        String found = null;
        for (Map.Entry<String, JsonNode> each : siblings.properties()) {
            if (each.getKey().equals(name)) {
                return found;
            }
            Field field = type.field(each.getKey());
            boolean list = field != null && field.kind() == ValueKind.ARRAY && each.getValue() instanceof ArrayNode;
            FieldType element = list ? field.value().element().type() : null;
            int last = each.getValue().size() - 1;
            if (element != null && last >= 0 && free(element, each.getValue().get(last), name, value)) {
                found = each.getKey() + "[" + last + "]." + name;
            }
        }
        return found;
    }

    private static boolean free(FieldType type, JsonNode holder, String name, JsonNode value) {
        Field field = type.field(name);
        return field != null
                && !holder.has(name)
                && (holder.isObject() || holder.isNull() || holder.isMissingNode())
                && Decoding.fits(field.value(), value);
    }

    private record Level(String path, FieldType type, JsonNode node) {}

    /** A field further down: of one that is written already, or of the only one that has it. */
    private static String below(FieldType type, ObjectNode siblings, String name, JsonNode value) {
        List<Level> level = List.of(new Level("", type, siblings));
        for (int depth = 0; depth < DEEPEST; depth++) {
            List<Level> next = new ArrayList<>();
            List<String> written = new ArrayList<>();
            List<String> all = new ArrayList<>();
            for (Level each : level) {
                for (Field field : each.type.fields()) {
                    FieldType below =
                            field.kind() == ValueKind.OBJECT ? field.value().type() : null;
                    if (below == null || field.name().equals("status")) {
                        continue;
                    }
                    JsonNode node = each.node.path(field.name());
                    String path = each.path + field.name() + ".";
                    next.add(new Level(path, below, node));
                    if (free(below, node, name, value)) {
                        all.add(path + name);
                        if (!node.isMissingNode()) {
                            written.add(path + name);
                        }
                    }
                }
            }
            List<String> best = written.isEmpty() ? all : written;
            if (!best.isEmpty()) {
                return best.size() == 1 ? best.get(0) : null;
            }
            level = next;
        }
        return null;
    }

    /** A text beside the only map of texts, or beside {@code labels}: {@code app: web} right under {@code selector}. */
    private static String inMap(FieldType type, ObjectNode siblings, String name, JsonNode value) {
        List<String> maps = new ArrayList<>();
        for (Field field : type.fields()) {
            ValueType kind = field.value();
            if (kind.kind() == ValueKind.MAP && kind.element().kind() == ValueKind.STRING) {
                maps.add(field.name());
            }
        }
        String map = maps.size() == 1 ? maps.get(0) : maps.contains("labels") ? "labels" : null;
        boolean fits = map != null && value.isTextual() && !siblings.path(map).has(name);
        return fits ? map + "[" + name + "]" : null;
    }

    /** A field of what it stands in: {@code volumes} within a container. */
    private String above(String parent, String name, JsonNode value) {
        for (String up = parent; !up.isEmpty(); ) {
            up = Fields.parent(up);
            ValueType type = up.isEmpty() ? null : Decoding.typeAt(root, up);
            FieldType here = up.isEmpty() ? root : type == null ? null : type.type();
            if (here != null && free(here, Fields.at(tree, up), name, value)) {
                return joined(up, name);
            }
        }
        return null;
    }
}
