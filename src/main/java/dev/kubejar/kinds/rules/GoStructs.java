package dev.kubejar.kinds.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values as a server shows its internal structures in messages: JSON with the fields' Go names, all of them told. The
 * structures stand in a file of this package: a line each, with {@code Name:type[:jsonName]} for a field. A type is
 * another structure's name, {@code s}(tring), {@code n}(umber), {@code b}(ool), {@code map}, {@code q}(uantity),
 * {@code i}(nt or string), or {@code @} for what keeps its own JSON; {@code *} stands before a pointer, {@code []}
 * before a list, and {@code ^} before the name of a field that stands one level up.
 */
public final class GoStructs {
    private static final List<String> METADATA = List.of(
            "name",
            "generateName",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "labels",
            "annotations",
            "ownerReferences",
            "finalizers");

    private static Map<String, String[]> structures;

    private GoStructs() {}

    /** The object as the structure of that name. */
    public static JsonNode of(String structure, Obj object) {
        return structure(structure, object, Obj.create());
    }

    /** The list as one of structures of that name. */
    public static JsonNode list(String structure, JsonNode list) {
        return value("[]" + structure, list, Obj.create());
    }

    /** What changed between two objects that are shown as that structure, in the form of a unified diff. */
    public static String diff(String structure, Obj before, Obj now) {
        return UnifiedDiff.of(pretty(of(structure, before)), pretty(of(structure, now)));
    }

    private static synchronized String[] fields(String structure) {
        if (structures == null) {
            structures = read();
        }
        return structures.get(structure);
    }

    private static Map<String, String[]> read() {
        Map<String, String[]> all = new HashMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                GoStructs.class.getResourceAsStream("/dev/kubejar/kinds/go-structs.txt"), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int space = line.indexOf(' ');
                all.put(line.substring(0, space), line.substring(space + 1).split(" "));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static ObjectNode structure(String name, Obj object, Obj above) {
        ObjectNode shown = Json.object();
        for (String field : fields(name)) {
            String[] parts = field.split(":");
            String key = parts.length > 2 ? parts[2] : json(parts[0]);
            if (parts[1].equals("@meta")) {
                for (String each : METADATA) {
                    JsonNode value = object.at("metadata." + each);
                    if (!Values.same(value, NullNode.getInstance())) {
                        shown.set(each, value);
                    }
                }
            } else if (key.startsWith("^")) {
                shown.set(parts[0], value(parts[1], above.node().path(key.substring(1)), above));
            } else {
                shown.set(parts[0], value(parts[1], object.node().path(key), object));
            }
        }
        return shown;
    }

    private static String json(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static JsonNode value(String type, JsonNode value, Obj owner) {
        boolean absent = value.isMissingNode() || value.isNull();
        if (type.startsWith("*")) {
            return absent && !hoisted(type, owner) ? NullNode.getInstance() : value(type.substring(1), value, owner);
        }
        if (type.startsWith("[]")) {
            return absent ? NullNode.getInstance() : items(type.substring(2), value, owner);
        }
        return switch (type) {
            case "s" -> absent ? Json.NODES.textNode("") : value;
            case "n", "i" -> absent ? Json.NODES.numberNode(0) : value;
            case "b" -> absent ? Json.NODES.booleanNode(false) : value;
            case "q" -> Json.NODES.textNode(absent ? "0" : value.asText());
            case "map" -> absent ? NullNode.getInstance() : sorted(value);
            case "@", "t" -> absent ? NullNode.getInstance() : own(value);
            default -> structure(type, value instanceof ObjectNode node ? Obj.of(node) : Obj.create(), owner);
        };
    }

    /** Some of a pod's fields are its security context's inside the server. */
    private static boolean hoisted(String type, Obj owner) {
        return type.equals("*PodSecurityContext")
                && (owner.has("hostNetwork")
                        || owner.has("hostPID")
                        || owner.has("hostIPC")
                        || owner.has("shareProcessNamespace")
                        || owner.has("hostUsers"));
    }

    private static ArrayNode items(String type, JsonNode list, Obj owner) {
        ArrayNode items = Json.array();
        list.forEach(each -> items.add(value(type, each, owner)));
        return items;
    }

    /** A selector, or something else with its own JSON. */
    private static JsonNode own(JsonNode value) {
        boolean selector = value.has("matchLabels") || value.has("matchExpressions");
        return selector ? Selectors.shown(Obj.of(Json.object()).set("selector", value), "selector") : value;
    }

    /** A map with its keys in order; other values as they are. */
    static JsonNode sorted(JsonNode map) {
        if (!map.isObject()) {
            return map;
        }
        Map<String, JsonNode> entries = new TreeMap<>();
        map.properties().forEach(each -> entries.put(each.getKey(), each.getValue()));
        ObjectNode sorted = Json.object();
        entries.forEach(sorted::set);
        return sorted;
    }

    /** A value over lines, indented by one space a level. */
    static String pretty(JsonNode value) {
        StringBuilder out = new StringBuilder();
        pretty(value, "\n", out);
        return out.toString();
    }

    private static void pretty(JsonNode value, String line, StringBuilder out) {
        String inner = line + " ";
        if (value.isObject() && !value.isEmpty()) {
            String before = "{";
            for (Map.Entry<String, JsonNode> each : value.properties()) {
                out.append(before).append(inner);
                out.append(Json.text(Json.NODES.textNode(each.getKey()))).append(": ");
                pretty(each.getValue(), inner, out);
                before = ",";
            }
            out.append(line).append('}');
        } else if (value.isArray() && !value.isEmpty()) {
            String before = "[";
            for (JsonNode each : value) {
                out.append(before).append(inner);
                pretty(each, inner, out);
                before = ",";
            }
            out.append(line).append(']');
        } else {
            out.append(escaped(Json.text(value)));
        }
    }

    private static String escaped(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }
}
