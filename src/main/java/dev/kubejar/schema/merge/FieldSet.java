package dev.kubejar.schema.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of fields as managedFields writes it: a tree of path elements, of which each may be a member itself.
 *
 * <pre>
 * {"f:spec":{"f:containers":{"k:{\"name\":\"web\"}":{".":{},"f:image":{}}}}}
 * f:NAME a field   k:{…} an item by its keys   v:… an item by its value   i:N by its index   . the element itself
 * </pre>
 */
public final class FieldSet {
    private boolean member;
    private final TreeMap<String, FieldSet> children = new TreeMap<>();

    /** Reads the FieldsV1 form. */
    public static FieldSet of(JsonNode fieldsV1) {
        FieldSet set = new FieldSet();
        for (Map.Entry<String, JsonNode> field : fieldsV1.properties()) {
            if (field.getKey().equals(".")) {
                set.member = true;
            } else {
                FieldSet child = of(field.getValue());
                child.member |= child.children.isEmpty();
                set.children.put(field.getKey(), child);
            }
        }
        return set;
    }

    /** The FieldsV1 form. */
    public ObjectNode toNode() {
        ObjectNode node = Json.object();
        children.forEach((element, child) -> {
            ObjectNode inner = child.toNode();
            if (child.member && !child.children.isEmpty()) {
                ObjectNode self = Json.object();
                self.putObject(".");
                self.setAll(inner);
                inner = self;
            }
            node.set(element, inner);
        });
        return node;
    }

    FieldSet child(String element) {
        return children.computeIfAbsent(element, key -> new FieldSet());
    }

    void insert(List<String> path) {
        FieldSet at = this;
        for (int i = 0; i < path.size(); i++) {
            at = at.child(path.get(i));
        }
        at.member = true;
    }

    public boolean isEmpty() {
        return !member && children.isEmpty();
    }

    /** Whether the element at a path, or anything below it, is in the set. */
    public boolean contains(List<String> path) {
        FieldSet at = this;
        for (int i = 0; i < path.size(); i++) {
            at = at.children.get(path.get(i));
            if (at == null) {
                return false;
            }
        }
        return true;
    }

    public FieldSet union(FieldSet other) {
        FieldSet result = copy();
        result.add(other);
        return result;
    }

    private void add(FieldSet other) {
        member |= other.member;
        other.children.forEach((element, child) -> child(element).add(child));
    }

    /** What is in this set and not in the other. */
    public FieldSet difference(FieldSet other) {
        return kept(other, false);
    }

    public FieldSet intersection(FieldSet other) {
        return kept(other, true);
    }

    private FieldSet kept(FieldSet other, boolean both) {
        FieldSet result = new FieldSet();
        result.member = member && other.member == both;
        children.forEach((element, child) -> {
            FieldSet theirs = other.children.get(element);
            FieldSet kept = theirs == null ? (both ? new FieldSet() : child.copy()) : child.kept(theirs, both);
            if (!kept.isEmpty()) {
                result.children.put(element, kept);
            }
        });
        return result;
    }

    /** This set without an element and all below it. */
    public FieldSet without(String... path) {
        FieldSet result = copy();
        result.cut(path, 0);
        return result;
    }

    /** This set without several elements and all below them. */
    public FieldSet withoutAll(String[][] paths) {
        FieldSet result = copy();
        for (String[] path : paths) {
            result.cut(path, 0);
        }
        return result;
    }

    private void cut(String[] path, int at) {
        FieldSet child = children.get(path[at]);
        if (child == null) {
            return;
        }
        if (at + 1 == path.length) {
            children.remove(path[at]);
            return;
        }
        child.cut(path, at + 1);
        if (child.isEmpty()) {
            children.remove(path[at]);
        }
    }

    private FieldSet copy() {
        FieldSet copy = new FieldSet();
        copy.member = member;
        children.forEach((element, child) -> copy.children.put(element, child.copy()));
        return copy;
    }

    /** The members' paths, parents before what is below them. */
    public List<List<String>> paths() {
        List<List<String>> paths = new ArrayList<>();
        collect(new ArrayList<>(), paths);
        return paths;
    }

    private void collect(List<String> path, List<List<String>> paths) {
        if (member) {
            paths.add(List.copyOf(path));
        }
        children.forEach((element, child) -> {
            path.add(element);
            child.collect(path, paths);
            path.remove(path.size() - 1);
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet that && member == that.member && children.equals(that.children);
    }

    @Override
    public int hashCode() {
        return children.hashCode() * 2 + (member ? 1 : 0);
    }

    /** A path as messages show it: {@code .spec.containers[name="web"].image}. */
    public static String text(List<String> path) {
        StringBuilder out = new StringBuilder();
        for (String element : path) {
            String rest = element.substring(2);
            switch (element.charAt(0)) {
                case 'f' -> out.append('.').append(rest);
                case 'v' -> out.append("[=").append(rest).append(']');
                case 'i' -> out.append('[').append(rest).append(']');
                default -> {
                    out.append('[');
                    String separator = "";
                    for (Map.Entry<String, JsonNode> key : Json.read(rest).properties()) {
                        out.append(separator).append(key.getKey()).append('=').append(Json.text(key.getValue()));
                        separator = ",";
                    }
                    out.append(']');
                }
            }
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return toNode().toString();
    }
}
