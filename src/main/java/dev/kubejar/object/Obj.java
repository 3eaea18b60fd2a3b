package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An API object or a part of one: a JSON tree with named accessors. Paths are field names joined by dots
 * ({@code spec.template.metadata.labels}); keys that hold dots themselves go through {@link #map}, {@link #labels} and
 * their like. As in Go an absent field reads as its zero value: {@code ""}, 0, false, an empty list.
 *
 * <p>What a client returns is frozen: changing it throws. {@link #copy()} thaws.
 */
public final class Obj {
    private static final Obj EMPTY = new Obj(Json.object(), true);
    private static final int MOST_PATHS = 4096;
    private static final Map<String, String[]> PATHS = new ConcurrentHashMap<>();

    private final ObjectNode node;
    private final boolean frozen;

    private Obj(ObjectNode node, boolean frozen) {
        this.node = node;
        this.frozen = frozen;
    }

    public static Obj of(ObjectNode node) {
        return new Obj(node, false);
    }

    /** An empty, changeable object. */
    public static Obj create() {
        return of(Json.object());
    }

    public static Obj create(String apiVersion, String kind) {
        return create().set("apiVersion", apiVersion).set("kind", kind);
    }

    /** A new object with its name; {@code namespace} is empty for cluster-scoped kinds. */
    public static Obj create(String apiVersion, String kind, String namespace, String name) {
        Obj made = create(apiVersion, kind).set("metadata.name", name);
        return namespace.isEmpty() ? made : made.set("metadata.namespace", namespace);
    }

    /** The object that trusted JSON text describes. */
    public static Obj parse(String json) {
        return of((ObjectNode) Json.read(json));
    }

    /** The same tree, read-only. */
    public Obj freeze() {
        return frozen ? this : new Obj(node, true);
    }

    public boolean frozen() {
        return frozen;
    }

    /** A deep, changeable copy. */
    public Obj copy() {
        return new Obj(node.deepCopy(), false);
    }

    /** The tree itself; whoever changes it must own it. */
    public ObjectNode node() {
        return node;
    }

    public String apiVersion() {
        return text("apiVersion");
    }

    public String kind() {
        return text("kind");
    }

    /** The API group, empty for core. */
    public String group() {
        String apiVersion = apiVersion();
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    public String name() {
        return text("metadata.name");
    }

    public String namespace() {
        return text("metadata.namespace");
    }

    public String uid() {
        return text("metadata.uid");
    }

    public String resourceVersion() {
        return text("metadata.resourceVersion");
    }

    public long generation() {
        return number("metadata.generation");
    }

    public boolean deleting() {
        return has("metadata.deletionTimestamp");
    }

    public Map<String, String> labels() {
        return map("metadata.labels");
    }

    public Map<String, String> annotations() {
        return map("metadata.annotations");
    }

    public String label(String key) {
        return at("metadata.labels").path(key).asText("");
    }

    public String annotation(String key) {
        return at("metadata.annotations").path(key).asText("");
    }

    public Obj setLabel(String key, String value) {
        child("metadata.labels").node.put(key, value);
        return this;
    }

    public Obj setAnnotation(String key, String value) {
        child("metadata.annotations").node.put(key, value);
        return this;
    }

    /** Removes an annotation, and the map with its last one. */
    public Obj removeAnnotation(String key) {
        return removeKey("metadata.annotations", key);
    }

    public Obj removeLabel(String key) {
        return removeKey("metadata.labels", key);
    }

    private Obj removeKey(String path, String key) {
        thawed();
        if (at(path) instanceof ObjectNode map && map.remove(key) != null && map.isEmpty()) {
            remove(path);
        }
        return this;
    }

    /** The owner reference whose {@code controller} is true, or null. */
    public Obj controller() {
        for (Obj owner : list("metadata.ownerReferences")) {
            if (owner.bool("controller")) {
                return owner;
            }
        }
        return null;
    }

    /** The node at a path, a missing node where there is none; never null. */
    public JsonNode at(String path) {
        JsonNode current = node;
        for (String field : fields(path)) {
            current = current.path(field);
            if (current.isMissingNode()) {
                return current;
            }
        }
        return current;
    }

    /** The path's fields; the paths that the program's text holds are taken apart only once. */
    private static String[] fields(String path) {
        String[] known = PATHS.get(path);
        if (known == null) {
            known = path.split("\\.", -1);
            if (PATHS.size() < MOST_PATHS) {
                PATHS.put(path, known);
            }
        }
        return known;
    }

    /** Whether the path leads to a value other than null. */
    public boolean has(String path) {
        JsonNode found = at(path);
        return !found.isMissingNode() && !found.isNull();
    }

    public String text(String path) {
        return at(path).asText("");
    }

    public String text(String path, String absent) {
        return has(path) ? text(path) : absent;
    }

    public long number(String path) {
        return at(path).asLong(0);
    }

    public long number(String path, long absent) {
        return has(path) ? number(path) : absent;
    }

    public boolean bool(String path) {
        return at(path).asBoolean(false);
    }

    public boolean bool(String path, boolean absent) {
        return has(path) ? bool(path) : absent;
    }

    /** The instant at a path, or null. */
    public Instant time(String path) {
        return has(path) ? Times.parse(text(path)) : null;
    }

    /** The object at a path; an empty frozen one where there is none. */
    public Obj obj(String path) {
        return at(path) instanceof ObjectNode found ? new Obj(found, frozen) : EMPTY;
    }

    /** The objects of the list at a path, each still part of this tree. */
    public List<Obj> list(String path) {
        JsonNode found = at(path);
        if (!found.isArray() || found.isEmpty()) {
            return List.of();
        }
        List<Obj> items = new ArrayList<>(found.size());
        for (JsonNode item : found) {
            if (item instanceof ObjectNode object) {
                items.add(new Obj(object, frozen));
            }
        }
        return items;
    }

    /** The strings of the list at a path. */
    public List<String> texts(String path) {
        JsonNode found = at(path);
        List<String> items = new ArrayList<>(found.size());
        if (found.isArray()) {
            found.forEach(item -> items.add(item.asText("")));
        }
        return items;
    }

    /** The map of strings at a path, in tree order, unmodifiable. */
    public Map<String, String> map(String path) {
        JsonNode found = at(path);
        if (!found.isObject() || found.isEmpty()) {
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : found.properties()) {
            map.put(field.getKey(), field.getValue().asText(""));
        }
        return Collections.unmodifiableMap(map);
    }

    /** The changeable object at a path, made with its parents where absent. */
    public Obj child(String path) {
        thawed();
        ObjectNode current = node;
        for (String field : fields(path)) {
            current = current.get(field) instanceof ObjectNode next ? next : current.putObject(field);
        }
        return new Obj(current, false);
    }

    public Obj set(String path, String value) {
        return set(path, Json.NODES.textNode(value));
    }

    public Obj set(String path, long value) {
        return set(path, value == (int) value ? Json.NODES.numberNode((int) value) : Json.NODES.numberNode(value));
    }

    public Obj set(String path, boolean value) {
        return set(path, Json.NODES.booleanNode(value));
    }

    /** Sets a time to the second, as metav1.Time is written. */
    public Obj set(String path, Instant value) {
        return set(path, Times.seconds(value));
    }

    public Obj set(String path, Obj value) {
        return set(path, value.node);
    }

    public Obj set(String path, Map<String, String> value) {
        ObjectNode map = Json.object();
        value.forEach(map::put);
        return set(path, map);
    }

    public Obj set(String path, List<Obj> value) {
        ArrayNode items = Json.array();
        value.forEach(item -> items.add(item.node));
        return set(path, items);
    }

    public Obj setTexts(String path, Iterable<String> value) {
        ArrayNode items = Json.array();
        value.forEach(items::add);
        return set(path, items);
    }

    /** Puts a node, which becomes part of this tree; parents are made where absent. */
    public Obj set(String path, JsonNode value) {
        thawed();
        int dot = path.lastIndexOf('.');
        (dot < 0 ? node : child(path.substring(0, dot)).node).set(path.substring(dot + 1), value);
        return this;
    }

    /** Sets a value where there is none yet: a default. */
    public Obj orSet(String path, String value) {
        return has(path) ? this : set(path, value);
    }

    public Obj orSet(String path, long value) {
        return has(path) ? this : set(path, value);
    }

    public Obj orSet(String path, boolean value) {
        return has(path) ? this : set(path, value);
    }

    /** Appends to the list at a path, made where absent. */
    public Obj add(String path, Obj item) {
        return add(path, item.node);
    }

    public Obj add(String path, JsonNode item) {
        thawed();
        if (at(path) instanceof ArrayNode items) {
            items.add(item);
        } else {
            set(path, Json.array().add(item));
        }
        return this;
    }

    public Obj remove(String path) {
        thawed();
        int dot = path.lastIndexOf('.');
        JsonNode parent = dot < 0 ? node : at(path.substring(0, dot));
        if (parent instanceof ObjectNode object) {
            object.remove(path.substring(dot + 1));
        }
        return this;
    }

    private void thawed() {
        if (frozen) {
            throw new IllegalStateException("a frozen object cannot be changed: copy() it first");
        }
    }

    public boolean isEmpty() {
        return node.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Obj that && node.equals(that.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /** Compact JSON. */
    @Override
    public String toString() {
        return Json.text(node);
    }

    /** The node, or a missing node where it is null: for chained reads. */
    public static JsonNode orMissing(JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }
}
