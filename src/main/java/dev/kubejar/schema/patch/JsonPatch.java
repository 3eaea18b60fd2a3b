package dev.kubejar.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON patch (RFC 6902) as evanphx/json-patch applies it, which Kubernetes uses: negative indices count from the end, and
 * to replace a member that is not there adds it.
 */
public final class JsonPatch {
    /** As the server is set up by default; written in bytes as JSON. */
    private static final int MOST_COPIED = 3 * 1024 * 1024;

    private JsonNode document;
    private long copied;

    private JsonPatch(JsonNode document) {
        this.document = document;
    }

    /**
     * The patched document; neither argument is changed.
     *
     * @throws PatchError where an operation does not apply
     */
    public static JsonNode apply(JsonNode document, JsonNode patch) {
        if (!patch.isArray()) {
            throw new PatchError(
                    "json: cannot unmarshal " + kind(patch) + " into Go value of type jsonpatch.Patch", true);
        }
        JsonPatch work = new JsonPatch(document.deepCopy());
        for (JsonNode operation : patch) {
            if (!operation.isObject()) {
                throw new PatchError(
                        "json: cannot unmarshal " + kind(operation) + " into Go value of type jsonpatch.Operation",
                        true);
            }
            work.run(operation);
        }
        return work.document;
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            default -> "number";
        };
    }

    private void run(JsonNode operation) {
        String op = operation.path("op").asText("unknown");
        switch (op) {
            case "add" ->
                add(place(operation, "add operation does not apply: doc is missing path: \"", "\""), operation);
            case "remove" -> remove(place(operation, "remove operation does not apply: doc is missing path: \"", "\""));
            case "replace" -> replace(operation);
            case "move" -> move(operation);
            case "test" -> test(operation);
            case "copy" -> copy(operation);
            default -> throw new PatchError("Unexpected kind: " + op);
        }
    }

    /** The container that a pointer's last part is in, and that part. */
    private record Place(JsonNode container, String key, String path) {
        JsonNode get() {
            if (container instanceof ArrayNode array) {
                return array.get(index(array, key, array.size() - 1));
            }
            return container.get(key);
        }
    }

    private Place place(JsonNode operation, String missing, String end) {
        return place(member(operation, "path"), missing, end);
    }

    private Place place(String path, String missing, String end) {
        List<String> parts = parts(path);
        JsonNode container = parts == null ? null : document;
        for (int i = 0; container != null && i < parts.size() - 1; i++) {
            container = child(container, parts.get(i));
        }
        if (container == null || !container.isContainerNode()) {
            throw new PatchError(missing + path + end + ": missing value");
        }
        return new Place(container, parts.get(parts.size() - 1), path);
    }

    private static JsonNode child(JsonNode container, String key) {
        if (container instanceof ArrayNode array) {
            try {
                return array.get(index(array, key, array.size() - 1));
            } catch (PatchError e) {
                return null;
            }
        }
        return container.get(key);
    }

    private static String member(JsonNode operation, String name) {
        if (!operation.path(name).isTextual()) {
            throw new PatchError(
                    operation.path("op").asText() + " operation failed to decode " + name + ": missing value");
        }
        return operation.get(name).textValue();
    }

    private static List<String> parts(String path) {
        if (!path.startsWith("/")) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        for (String part : path.substring(1).split("/", -1)) {
            parts.add(part.replace("~1", "/").replace("~0", "~"));
        }
        return parts;
    }

    private static int index(ArrayNode array, String key, int last) {
        int index;
        try {
            index = Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw new PatchError("strconv.Atoi: parsing \"" + key + "\": invalid syntax");
        }
        if (index > last || index < -(last + 1)) {
            throw new PatchError("Unable to access invalid index: " + index + ": invalid index referenced");
        }
        return index < 0 ? index + last + 1 : index;
    }

    private static JsonNode value(JsonNode operation) {
        JsonNode value = operation.get("value");
        return value == null ? Json.NODES.nullNode() : value.deepCopy();
    }

    private static void add(Place place, JsonNode operation) {
        put(place, value(operation));
    }

    private static void put(Place place, JsonNode value) {
        if (place.container() instanceof ArrayNode array) {
            if (place.key().equals("-")) {
                array.add(value);
                return;
            }
            try {
                array.insert(index(array, place.key(), array.size()), value);
            } catch (PatchError e) {
                boolean number = e.getMessage().startsWith("Unable");
                throw new PatchError("error in add for path: '" + place.path() + "': "
                        + (number ? "" : "value was not a proper array index: '" + place.key() + "': ")
                        + e.getMessage());
            }
        } else {
            ((ObjectNode) place.container()).set(place.key(), value);
        }
    }

    private static JsonNode remove(Place place) {
        if (place.container() instanceof ArrayNode array) {
            try {
                return array.remove(index(array, place.key(), array.size() - 1));
            } catch (PatchError e) {
                throw new PatchError("error in remove for path: '" + place.path() + "': " + e.getMessage());
            }
        }
        if (!place.container().has(place.key())) {
            throw new PatchError("error in remove for path: '" + place.path() + "': Unable to remove nonexistent key: "
                    + place.key() + ": missing value");
        }
        return ((ObjectNode) place.container()).remove(place.key());
    }

    private void replace(JsonNode operation) {
        if (member(operation, "path").isEmpty()) {
            document = value(operation);
            return;
        }
        Place place = place(operation, "replace operation does not apply: doc is missing path: ", "");
        if (place.container() instanceof ArrayNode array) {
            try {
                array.set(index(array, place.key(), array.size() - 1), value(operation));
            } catch (PatchError e) {
                throw new PatchError(
                        "replace operation does not apply: doc is missing key: " + place.path() + ": missing value");
            }
        } else {
            ((ObjectNode) place.container()).set(place.key(), value(operation));
        }
    }

    private void move(JsonNode operation) {
        Place from = place(member(operation, "from"), "move operation does not apply: doc is missing from path: ", "");
        JsonNode value = remove(from);
        put(place(operation, "move operation does not apply: doc is missing destination path: ", ""), value);
    }

    private void copy(JsonNode operation) {
        Place from = place(member(operation, "from"), "copy operation does not apply: doc is missing from path: ", "");
        JsonNode value = from.get();
        Place to = place(operation, "copy operation does not apply: doc is missing destination path: ", "");
        JsonNode copy = value == null ? Json.NODES.nullNode() : value.deepCopy();
        copied += copy.toString().getBytes(StandardCharsets.UTF_8).length;
        if (copied > MOST_COPIED) {
            throw new PatchError("Unable to complete the copy, the accumulated size increase of copy is " + copied
                    + ", exceeding the limit " + MOST_COPIED);
        }
        put(to, copy);
    }

    private void test(JsonNode operation) {
        String path = member(operation, "path");
        JsonNode there = path.isEmpty()
                ? document
                : place(operation, "test operation does not apply: is missing path: ", "")
                        .get();
        JsonNode wanted = operation.get("value");
        boolean nothing = there == null || there.isNull();
        if (nothing ? wanted != null && !wanted.isNull() : !there.equals(wanted)) {
            throw new PatchError("testing value " + path + " failed: test failed");
        }
    }
}
