package dev.kubejar.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueKind;
import dev.kubejar.schema.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Strategic merge patch: a merge patch that knows from the field schema which lists are merged by which key, with the
 * directives {@code $patch}, {@code $retainKeys}, {@code $setElementOrder/…} and {@code $deleteFromPrimitiveList/…}.
 */
public final class StrategicMerge {
    static final String PATCH = "$patch";
    static final String RETAIN = "$retainKeys";
    static final String ORDER = "$setElementOrder/";
    static final String DELETE_FROM = "$deleteFromPrimitiveList/";

    private StrategicMerge() {}

    /**
     * The patched object; neither argument is changed.
     *
     * @param type the type of the object; null where nothing is known of it: then lists are replaced
     * @throws PatchError where the patch's directives are wrong or a merge key is missing
     */
    public static ObjectNode apply(ObjectNode object, ObjectNode patch, FieldType type) {
        return mergeMap(object.deepCopy(), patch.deepCopy(), type);
    }

    static ObjectNode mergeMap(ObjectNode original, ObjectNode patch, FieldType type) {
        JsonNode directive = patch.get(PATCH);
        if (directive != null) {
            return whole(directive, patch);
        }
        retainKeys(original, patch);
        mergeOrdered(original, patch, type);
        for (String name : names(patch)) {
            boolean deletes = name.startsWith(DELETE_FROM);
            String key = deletes ? name.substring(DELETE_FROM.length()) : name;
            JsonNode value = patch.get(name);
            if (value.isNull()) {
                original.remove(key);
            } else if (!original.has(key) || original.get(key).getNodeType() != value.getNodeType()) {
                if (!deletes) {
                    take(original, key, value);
                }
            } else {
                merge(original, key, value, type, deletes);
            }
        }
        return original;
    }

    private static ObjectNode whole(JsonNode directive, ObjectNode patch) {
        switch (directive.asText()) {
            case "replace" -> {
                patch.remove(PATCH);
                return patch;
            }
            case "delete" -> {
                return Json.object();
            }
            default -> throw unknown(directive, patch);
        }
    }

    private static PatchError unknown(JsonNode directive, JsonNode patch) {
        return new PatchError("unknown patch type: " + directive.asText() + " in map: " + GoValues.text(patch));
    }

    private static void merge(ObjectNode original, String key, JsonNode value, FieldType type, boolean deletes) {
        Field field = type == null ? null : type.field(key);
        if (value instanceof ObjectNode object) {
            boolean replaces = field != null && field.patchStrategy().equals("replace");
            original.set(
                    key,
                    replaces
                            ? object
                            : mergeMap(
                                    (ObjectNode) original.get(key),
                                    object,
                                    field == null ? null : typeOf(field.value())));
        } else if (value instanceof ArrayNode list) {
            original.set(key, mergeList((ArrayNode) original.get(key), list, field, deletes));
        } else {
            original.set(key, value);
        }
    }

    private static void take(ObjectNode original, String key, JsonNode value) {
        dropNulls(value);
        JsonNode kept = withoutDirectives(value);
        if (kept == null) {
            original.remove(key);
        } else {
            original.set(key, kept);
        }
    }

    private static void retainKeys(ObjectNode original, ObjectNode patch) {
        JsonNode retained = patch.remove(RETAIN);
        if (retained == null) {
            return;
        }
        if (!retained.isArray()) {
            throw new PatchError("invalid patch format of retainKeys", true);
        }
        Set<String> keys = new HashSet<>();
        retained.forEach(key -> keys.add(key.asText()));
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            String key = field.getKey();
            boolean special = field.getValue().isNull() || key.startsWith(DELETE_FROM) || key.startsWith(ORDER);
            if (!special && !keys.contains(key)) {
                throw new PatchError("invalid patch format of retainKeys", true);
            }
        }
        for (String key : names(original)) {
            if (!keys.contains(key)) {
                original.remove(key);
            }
        }
    }

    /** Merges the lists whose order the patch sets, and takes them out of the patch. */
    private static void mergeOrdered(ObjectNode original, ObjectNode patch, FieldType type) {
        for (String name : names(patch)) {
            if (!name.startsWith(ORDER)) {
                continue;
            }
            ArrayNode order = list(patch.remove(name));
            String key = name.substring(ORDER.length());
            ArrayNode there = original.has(key) ? list(original.get(key)) : null;
            ArrayNode change = patch.has(key) ? list(patch.get(key)) : null;
            Field field = type == null ? null : type.field(key);
            String mergeKey = field == null ? "" : field.patchMergeKey();
            ListOrder.check(change, order, mergeKey);
            if (there == null && change == null) {
                continue;
            }
            ArrayNode merged = change == null
                    ? there
                    : there == null
                            ? (ArrayNode) withoutDirectives(change)
                            : mergeList(there.deepCopy(), change, field, false);
            original.set(key, ListOrder.ordered(merged, order, there, mergeKey));
            patch.remove(key);
        }
    }

    private static ArrayNode list(JsonNode node) {
        if (node instanceof ArrayNode array) {
            return array;
        }
        throw new PatchError("expected a []interface {}, but received a " + goType(node));
    }

    private static String goType(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "map[string]interface {}";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case NUMBER -> node.isIntegralNumber() ? "int64" : "float64";
            default -> "<nil>";
        };
    }

    private static ArrayNode mergeList(ArrayNode original, ArrayNode patch, Field field, boolean deletes) {
        if (!deletes && (field == null || !field.patchMerges())) {
            return patch;
        }
        if (original.isEmpty() && patch.isEmpty()) {
            return original;
        }
        if (!maps(original, patch)) {
            if (deletes) {
                return without(original, patch);
            }
            ArrayNode both = distinct(original, patch);
            return ListOrder.ordered(both, patch, original, "");
        }
        String key = field.patchMergeKey();
        if (key.isEmpty()) {
            throw new PatchError(
                    "cannot merge lists without merge key for " + field.value().display());
        }
        ArrayNode changes = Json.array();
        ArrayNode kept = special(original, patch, changes, key);
        ArrayNode merged =
                mergeItems(kept.deepCopy(), changes, key, typeOf(field.value().element()));
        return ListOrder.ordered(merged, changes, kept, key);
    }

    /** Works off the directives in a list's patch: what is left of the original; {@code changes} gets the others. */
    private static ArrayNode special(ArrayNode original, ArrayNode patch, ArrayNode changes, String key) {
        ArrayNode kept = original;
        boolean replaces = false;
        for (JsonNode item : patch) {
            JsonNode directive = item.get(PATCH);
            if (directive == null) {
                changes.add(item);
                continue;
            }
            switch (directive.asText()) {
                case "delete" -> kept = withoutKey(kept, key, keyOf(item, key));
                case "replace" -> replaces = true;
                case "merge" -> throw new PatchError("merging lists cannot yet be specified in the patch");
                default -> throw unknown(directive, item);
            }
        }
        if (!replaces) {
            return kept;
        }
        ArrayNode whole = changes.deepCopy();
        changes.removeAll();
        return whole;
    }

    private static ArrayNode mergeItems(ArrayNode original, ArrayNode changes, String key, FieldType type) {
        for (JsonNode change : changes) {
            JsonNode value = keyOf(change, key);
            int at = ListOrder.find(original, key, value);
            if (at < 0) {
                dropNulls(change);
                original.add(change.deepCopy());
            } else {
                original.set(at, mergeMap((ObjectNode) original.get(at), change.deepCopy(), type));
            }
        }
        return original;
    }

    static JsonNode keyOf(JsonNode item, String key) {
        JsonNode value = item.get(key);
        if (value == null) {
            throw new PatchError("map: " + GoValues.text(item) + " does not contain declared merge key: " + key);
        }
        return value;
    }

    private static ArrayNode withoutKey(ArrayNode list, String key, JsonNode value) {
        ArrayNode left = Json.array();
        for (JsonNode item : list) {
            if (!value.equals(item.get(key))) {
                left.add(item);
            }
        }
        return left;
    }

    private static ArrayNode without(ArrayNode list, ArrayNode gone) {
        Set<JsonNode> values = new HashSet<>();
        gone.forEach(values::add);
        ArrayNode left = Json.array();
        for (JsonNode item : list) {
            if (!values.contains(item)) {
                left.add(item);
            }
        }
        return left;
    }

    private static ArrayNode distinct(ArrayNode first, ArrayNode second) {
        Set<JsonNode> seen = new HashSet<>();
        ArrayNode all = Json.array();
        for (ArrayNode list : List.of(first, second)) {
            for (JsonNode item : list) {
                if (seen.add(item)) {
                    all.add(item);
                }
            }
        }
        return all;
    }

    private static boolean maps(ArrayNode first, ArrayNode second) {
        boolean maps = false;
        boolean others = false;
        for (ArrayNode list : List.of(first, second)) {
            for (JsonNode item : list) {
                if (item.isArray()) {
                    throw new PatchError("lists of lists are not supported");
                }
                maps |= item.isObject();
                others |= !item.isObject();
            }
        }
        if (maps && others) {
            throw new PatchError("list element types are not identical");
        }
        return maps;
    }

    private static FieldType typeOf(ValueType value) {
        return value != null && value.kind() == ValueKind.OBJECT ? value.type() : null;
    }

    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : names(object)) {
                if (object.get(name).isNull()) {
                    object.remove(name);
                } else {
                    dropNulls(object.get(name));
                }
            }
        } else if (node.isArray()) {
            node.forEach(StrategicMerge::dropNulls);
        }
    }

    /** The value with its directives taken out; null where it is a directive itself. */
    private static JsonNode withoutDirectives(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.has(PATCH)) {
                return null;
            }
            for (String name : names(object)) {
                JsonNode kept = withoutDirectives(object.get(name));
                if (kept == null) {
                    object.remove(name);
                } else {
                    object.set(name, kept);
                }
            }
            return object;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode result = Json.array();
            for (JsonNode item : list) {
                JsonNode kept = withoutDirectives(item);
                if (kept != null) {
                    result.add(kept);
                }
            }
            return result;
        }
        return node;
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
