package dev.kubejar.schema.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.merge.Shape.Form;
import dev.kubejar.schema.patch.GoValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Trees of a known type, set against each other field by field as structured-merge-diff does (KEP-555). */
public final class TypedTrees {
    private final List<String> path = new ArrayList<>();

    private TypedTrees() {}

    /** What differs between two trees: fields that came, changed and went. */
    public record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {
        public FieldSet changed() {
            return added.union(modified);
        }
    }

    /** The fields that a tree sets. */
    public static FieldSet fields(ObjectNode tree, FieldType type) {
        FieldSet set = new FieldSet();
        new TypedTrees().collect(tree, Shape.of(type), set);
        return set;
    }

    private void collect(JsonNode value, Shape shape, FieldSet set) {
        switch (shape.form(value)) {
            case STRUCT, MAP -> collectFields(value, shape, set);
            case ITEMS, SET -> {
                for (JsonNode item : value) {
                    path.add(shape.element(item));
                    if (shape.form == Form.ITEMS) {
                        collect(item, shape.item(), set);
                    }
                    set.insert(path);
                    path.remove(path.size() - 1);
                }
            }
            default -> set.insert(path);
        }
    }

    private void collectFields(JsonNode value, Shape shape, FieldSet set) {
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            Shape inner = shape.field(field.getKey());
            JsonNode child = field.getValue();
            if (inner == null) {
                continue;
            }
            path.add("f:" + field.getKey());
            if (child.isNull() || child.isObject() && child.isEmpty()) {
                set.insert(path);
            } else {
                collect(child, inner, set);
                if (!shape.declares(field.getKey())) {
                    set.insert(path);
                }
            }
            path.remove(path.size() - 1);
        }
    }

    /** How {@code now} differs from {@code before}. */
    public static Comparison compare(ObjectNode before, ObjectNode now, FieldType type) {
        Comparison result = new Comparison(new FieldSet(), new FieldSet(), new FieldSet());
        new TypedTrees().compare(before, now, Shape.of(type), result);
        return result;
    }

    private void compare(JsonNode before, JsonNode now, Shape shape, Comparison result) {
        boolean was = before != null && !before.isNull();
        boolean is = now != null && !now.isNull();
        if (!was && !is) {
            return;
        }
        boolean leaf = leaf(was ? before : null, is ? now : null, shape);
        if (leaf) {
            if (was && is && !before.equals(now)) {
                result.modified().insert(path);
            }
        } else {
            Form form = shape.form(is ? now : before);
            if (form == Form.ITEMS || form == Form.SET) {
                compareItems(was ? before : null, is ? now : null, shape, result);
            } else {
                compareFields(was ? before : null, is ? now : null, shape, result);
            }
        }
        if (!was) {
            result.added().insert(path);
        } else if (!is) {
            result.removed().insert(path);
        }
    }

    private static boolean leaf(JsonNode before, JsonNode now, Shape shape) {
        Form form = shape.form(now == null ? before : now);
        boolean mixed = before != null && now != null && before.getNodeType() != now.getNodeType();
        boolean empty = (before == null || before.isEmpty()) && (now == null || now.isEmpty());
        return form == Form.LEAF || mixed || empty;
    }

    private void compareFields(JsonNode before, JsonNode now, Shape shape, Comparison result) {
        TreeSet<String> names = new TreeSet<>();
        if (before != null) {
            before.fieldNames().forEachRemaining(names::add);
        }
        if (now != null) {
            now.fieldNames().forEachRemaining(names::add);
        }
        for (String name : names) {
            Shape inner = shape.field(name);
            if (inner != null) {
                path.add("f:" + name);
                compare(before == null ? null : before.get(name), now == null ? null : now.get(name), inner, result);
                path.remove(path.size() - 1);
            }
        }
    }

    private void compareItems(JsonNode before, JsonNode now, Shape shape, Comparison result) {
        Map<String, JsonNode> old = items(before, shape);
        Map<String, JsonNode> fresh = items(now, shape);
        TreeSet<String> elements = new TreeSet<>(old.keySet());
        elements.addAll(fresh.keySet());
        for (String element : elements) {
            path.add(element);
            compare(old.get(element), fresh.get(element), shape.item(), result);
            path.remove(path.size() - 1);
        }
    }

    private static Map<String, JsonNode> items(JsonNode list, Shape shape) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        if (list != null) {
            for (JsonNode item : list) {
                items.put(shape.element(item), item);
            }
        }
        return items;
    }

    /** The live tree with what is applied laid over it; neither argument is changed. */
    public static ObjectNode merge(ObjectNode live, ObjectNode applied, FieldType type) {
        return (ObjectNode) merge(live, applied, Shape.of(type));
    }

    private static JsonNode merge(JsonNode live, JsonNode applied, Shape shape) {
        if (applied == null) {
            return live == null ? null : live.deepCopy();
        }
        Form form = shape.form(applied);
        if (live == null || live.isNull() || form == Form.LEAF || live.getNodeType() != applied.getNodeType()) {
            return applied.deepCopy();
        }
        if (form == Form.ITEMS || form == Form.SET) {
            return mergeItems(live, applied, shape);
        }
        ObjectNode result = live.deepCopy();
        for (Map.Entry<String, JsonNode> field : applied.properties()) {
            Shape inner = shape.field(field.getKey());
            if (inner == null) {
                continue;
            }
            result.set(field.getKey(), merge(live.get(field.getKey()), field.getValue(), inner));
        }
        return result;
    }

    /** Items that both have follow the applied order; live ones that are not applied keep their place before the next. */
    private static JsonNode mergeItems(JsonNode live, JsonNode applied, Shape shape) {
        Map<String, JsonNode> old = items(live, shape);
        Map<String, JsonNode> fresh = items(applied, shape);
        List<String> left = new ArrayList<>(old.keySet());
        List<String> right = new ArrayList<>(fresh.keySet());
        ArrayNode result = Json.array();
        int i = 0;
        for (String element : right) {
            if (old.containsKey(element)) {
                while (i < left.size() && !left.get(i).equals(element)) {
                    if (!fresh.containsKey(left.get(i))) {
                        result.add(old.get(left.get(i)).deepCopy());
                        left.remove(i);
                    } else {
                        i++;
                    }
                }
                left.remove(element);
                i = 0;
            }
            result.add(merge(old.get(element), fresh.get(element), shape.item()));
        }
        for (String element : left) {
            if (!fresh.containsKey(element)) {
                result.add(old.get(element).deepCopy());
            }
        }
        return result;
    }

    /** Takes the element at a path out of a tree, in place; one that is not there is no fault. */
    public static void remove(ObjectNode tree, List<String> path, FieldType type) {
        remove(tree, path, 0, Shape.of(type));
    }

    private static void remove(JsonNode node, List<String> path, int at, Shape shape) {
        String element = path.get(at);
        boolean last = at + 1 == path.size();
        if (element.startsWith("f:") && node instanceof ObjectNode object) {
            String name = element.substring(2);
            Shape inner = shape.field(name);
            if (last) {
                object.remove(name);
            } else if (object.has(name) && inner != null) {
                remove(object.get(name), path, at + 1, inner);
            }
        } else if (node instanceof ArrayNode list && (shape.form == Form.ITEMS || shape.form == Form.SET)) {
            for (int i = 0; i < list.size(); i++) {
                if (shape.element(list.get(i)).equals(element)) {
                    if (last) {
                        list.remove(i);
                    } else {
                        remove(list.get(i), path, at + 1, shape.item());
                    }
                    return;
                }
            }
        }
    }

    /** What of a tree its type does not declare or declares otherwise, each with its path. */
    public static List<String> undeclared(ObjectNode tree, FieldType type) {
        List<String> found = new ArrayList<>();
        undeclared(tree, Shape.of(type), "", found);
        return found;
    }

    private static void undeclared(JsonNode node, Shape shape, String at, List<String> found) {
        if (node.isObject() && (shape.form == Form.STRUCT || shape.form == Form.MAP)) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                Shape inner = shape.field(field.getKey());
                if (inner == null) {
                    found.add(at + "." + field.getKey() + ": field not declared in schema");
                } else {
                    undeclared(field.getValue(), inner, at + "." + field.getKey(), found);
                }
            }
        } else if (node.isArray() && shape.form == Form.ITEMS) {
            for (JsonNode item : node) {
                undeclared(item, shape.item(), at + FieldSet.text(List.of(shape.element(item))), found);
            }
        } else if (shape.plain != null && !node.isNull()) {
            String wanted =
                    switch (shape.plain) {
                        case STRING -> node.isTextual() ? null : "string";
                        case BOOLEAN -> node.isBoolean() ? null : "boolean";
                        case INT32, INT64, NUMBER -> node.isNumber() ? null : "numeric (int or float)";
                        default -> null;
                    };
            if (wanted != null) {
                String shown = node.isContainerNode() ? GoValues.text(node) : Json.text(node);
                found.add(at + ": expected " + wanted + ", got &value.valueUnstructured{Value:" + shown + "}");
            }
        }
    }
}
