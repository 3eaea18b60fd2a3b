package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.patch.GoValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Works out strategic merge patches: what turns one object into another, with lists matched by their merge keys.
 * apimachinery's strategicpatch is the source of the rules.
 */
public final class StrategicDiff {
    private static final String ORDER = "$setElementOrder/";
    private static final String RETAIN = "$retainKeys";

    private record Rules(boolean deletions, boolean changes, boolean order, boolean retain) {
        Rules retaining(boolean value) {
            return new Rules(deletions, changes, order, value);
        }
    }

    private StrategicDiff() {}

    /** The patch from one object to another. */
    public static ObjectNode twoWay(JsonNode original, JsonNode modified, FieldType type) {
        return maps(original, modified, type, new Rules(true, true, true, false));
    }

    /** The patch that brings {@code current} what changed from {@code original} to {@code modified}. */
    public static ObjectNode threeWay(JsonNode original, JsonNode modified, JsonNode current, FieldType type) {
        ObjectNode delta = maps(current, modified, type, new Rules(false, true, true, false));
        ObjectNode deletions = maps(original, modified, type, new Rules(true, false, true, false));
        return merged(deletions, delta, type);
    }

    private static ObjectNode maps(JsonNode original, JsonNode modified, FieldType type, Rules rules) {
        ObjectNode patch = Json.object();
        ArrayNode retain = Json.array();
        for (Map.Entry<String, JsonNode> field : modified.properties()) {
            JsonNode now = field.getValue();
            if (rules.retain && !now.isNull()) {
                retain.add(field.getKey());
            }
            JsonNode before = original.get(field.getKey());
            if (before == null) {
                if (rules.changes) {
                    patch.set(field.getKey(), now);
                }
            } else {
                field(field.getKey(), before, now, type, rules, patch);
            }
        }
        if (rules.deletions) {
            for (Map.Entry<String, JsonNode> field : original.properties()) {
                if (!modified.has(field.getKey())) {
                    patch.putNull(field.getKey());
                }
            }
        }
        if (!retain.isEmpty() && (!patch.isEmpty() || loses(original, modified))) {
            patch.set(RETAIN, sortedTexts(retain));
        }
        return patch;
    }

    private static boolean loses(JsonNode original, JsonNode modified) {
        for (Map.Entry<String, JsonNode> field : original.properties()) {
            if (!field.getValue().isNull() && !modified.has(field.getKey())) {
                return true;
            }
        }
        return false;
    }

    private static ArrayNode sortedTexts(ArrayNode texts) {
        TreeSet<String> sorted = new TreeSet<>();
        texts.forEach(text -> sorted.add(text.asText()));
        ArrayNode all = Json.array();
        sorted.forEach(all::add);
        return all;
    }

    private static void field(
            String key, JsonNode before, JsonNode now, FieldType type, Rules rules, ObjectNode patch) {
        Field field = type == null ? null : type.field(key);
        boolean replaces = field != null && field.patchStrategy().startsWith("replace");
        if (before.isObject() && now.isObject() && !replaces) {
            Rules inner = rules.retaining(field != null && field.patchRetainsKeys());
            ObjectNode changes = maps(before, now, typeOf(field), inner);
            if (!changes.isEmpty()) {
                patch.set(key, changes);
            }
        } else if (before.isArray() && now.isArray() && field != null && field.patchMerges()) {
            lists(key, before, now, field, rules.retaining(field.patchRetainsKeys()), patch);
        } else if (rules.changes && !before.equals(now)) {
            patch.set(key, now);
        }
    }

    private static FieldType typeOf(Field field) {
        return field == null ? null : field.value().type();
    }

    private static FieldType elementOf(Field field) {
        return field.value().element() == null ? null : field.value().element().type();
    }

    private static void lists(String key, JsonNode before, JsonNode now, Field field, Rules rules, ObjectNode patch) {
        if (before.isEmpty()) {
            if (!now.isEmpty() && rules.changes) {
                patch.set(key, now);
            }
            return;
        }
        if (field.patchMergeKey().isEmpty()) {
            scalars(key, before, now, rules, patch);
        } else {
            elements(key, before, now, field, rules, patch);
        }
    }

    private static void scalars(String key, JsonNode before, JsonNode now, Rules rules, ObjectNode patch) {
        List<JsonNode> old = texts(before);
        List<JsonNode> fresh = texts(now);
        ArrayNode added = Json.array();
        ArrayNode removed = Json.array();
        if (rules.changes) {
            now.forEach(item -> {
                if (!old.contains(item)) {
                    added.add(item);
                }
            });
        }
        if (rules.deletions) {
            old.stream()
                    .filter(item -> !fresh.contains(item))
                    .distinct()
                    .sorted(Comparator.comparing(JsonNode::asText))
                    .forEach(removed::add);
        }
        if (!added.isEmpty()) {
            patch.set(key, added);
        }
        if (!removed.isEmpty()) {
            patch.set("$deleteFromPrimitiveList/" + key, removed);
        }
        if (rules.order && (rules.deletions && !removed.isEmpty() || rules.changes && !before.equals(now))) {
            patch.set(ORDER + key, now);
        }
    }

    private static List<JsonNode> texts(JsonNode list) {
        List<JsonNode> all = new ArrayList<>();
        list.forEach(all::add);
        return all;
    }

    private static void elements(
            String key, JsonNode before, JsonNode now, Field field, Rules rules, ObjectNode patch) {
        String mergeKey = field.patchMergeKey();
        Map<String, JsonNode> old = byKey(before, mergeKey);
        Map<String, JsonNode> fresh = byKey(now, mergeKey);
        ArrayNode changes = Json.array();
        for (Map.Entry<String, JsonNode> item : fresh.entrySet()) {
            JsonNode was = old.get(item.getKey());
            if (was == null) {
                if (rules.changes) {
                    changes.add(item.getValue());
                }
            } else {
                ObjectNode change = maps(was, item.getValue(), elementOf(field), rules);
                if (!change.isEmpty()) {
                    change.set(mergeKey, item.getValue().get(mergeKey));
                    changes.add(change);
                }
            }
        }
        if (rules.deletions) {
            old.entrySet().stream()
                    .filter(item -> !fresh.containsKey(item.getKey()))
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(item -> changes.add(Json.object()
                            .put("$patch", "delete")
                            .set(mergeKey, item.getValue().get(mergeKey))));
        }
        if (!changes.isEmpty()) {
            patch.set(key, changes);
        }
        boolean sameOrder = List.copyOf(old.keySet()).equals(List.copyOf(fresh.keySet()));
        boolean tells = rules.changes && (!changes.isEmpty() || !sameOrder) || rules.deletions && !changes.isEmpty();
        if (rules.order && tells) {
            ArrayNode order = patch.putArray(ORDER + key);
            now.forEach(item -> order.add(Json.object().set(mergeKey, item.path(mergeKey))));
        }
    }

    private static Map<String, JsonNode> byKey(JsonNode list, String mergeKey) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        for (JsonNode item : list) {
            if (!item.has(mergeKey)) {
                throw new CliError("map: " + GoValues.text(item) + " does not contain declared merge key: " + mergeKey);
            }
            found.put(item.get(mergeKey).asText(), item);
        }
        return found;
    }

    /** Two patches in one; where both speak, the second does. */
    private static ObjectNode merged(ObjectNode first, ObjectNode second, FieldType type) {
        for (Map.Entry<String, JsonNode> field : second.properties()) {
            JsonNode there = first.get(field.getKey());
            JsonNode added = field.getValue();
            Field known = type == null ? null : type.field(field.getKey());
            if (there instanceof ObjectNode a && added instanceof ObjectNode b) {
                first.set(field.getKey(), merged(a, b, typeOf(known)));
            } else if (there instanceof ArrayNode a
                    && added instanceof ArrayNode b
                    && known != null
                    && known.patchMerges()) {
                first.set(field.getKey(), mergedLists(a, b, known));
            } else {
                first.set(field.getKey(), added);
            }
        }
        return first;
    }

    private static ArrayNode mergedLists(ArrayNode first, ArrayNode second, Field field) {
        ArrayNode all = Json.array();
        String mergeKey = field.patchMergeKey();
        if (mergeKey.isEmpty()) {
            all.addAll(second);
            first.forEach(item -> {
                if (!texts(second).contains(item)) {
                    all.add(item);
                }
            });
            return all;
        }
        Map<String, JsonNode> rest = byKey(first, mergeKey);
        for (JsonNode item : second) {
            JsonNode there = rest.remove(item.path(mergeKey).asText());
            all.add(
                    there instanceof ObjectNode a && item instanceof ObjectNode b
                            ? merged(a, b, elementOf(field))
                            : item);
        }
        rest.values().forEach(all::add);
        return all;
    }
}
