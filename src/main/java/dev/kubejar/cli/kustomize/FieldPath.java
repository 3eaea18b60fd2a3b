package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as replacements write it: fields parted by dots, {@code [name=web]} for the element of a list, {@code *} for
 * all of them, a number for one, {@code -} for a new one.
 */
final class FieldPath {
    /** Where a value stands, so that another can be put there. */
    interface Place {
        JsonNode value();

        void set(JsonNode value);
    }

    private final List<String> parts;

    private FieldPath(List<String> parts) {
        this.parts = parts;
    }

    static FieldPath of(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '.') {
                part.append('.');
                i++;
            } else if (c == '.' && depth == 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                depth += c == '[' ? 1 : c == ']' ? -1 : 0;
                part.append(c);
            }
        }
        parts.add(part.toString());
        parts.replaceAll(each -> key(each) ? each.substring(1, each.length() - 1) : each);
        return new FieldPath(parts);
    }

    /** {@code [some.key]} is the key itself. */
    private static boolean key(String part) {
        return part.startsWith("[") && part.endsWith("]") && !part.contains("=");
    }

    List<Place> find(ObjectNode object, boolean create) {
        List<Place> found = new ArrayList<>();
        walk(object, 0, create, found);
        return found;
    }

    private void walk(JsonNode node, int at, boolean create, List<Place> found) {
        if (node instanceof ArrayNode array) {
            elements(array, at, create, found);
        } else if (node instanceof ObjectNode object) {
            field(object, at, create, found);
        }
    }

    private void field(ObjectNode object, int at, boolean create, List<Place> found) {
        String name = parts.get(at);
        if (name.equals("*")) {
            object.fieldNames().forEachRemaining(each -> descend(place(object, each), at, create, found));
            return;
        }
        if (!object.has(name)) {
            if (!create) {
                return;
            }
            if (at < parts.size() - 1) {
                boolean list =
                        parts.get(at + 1).startsWith("[") || parts.get(at + 1).equals("-");
                object.set(name, list ? Json.array() : Json.object());
            }
        }
        descend(place(object, name), at, create, found);
    }

    private void elements(ArrayNode array, int at, boolean create, List<Place> found) {
        String part = parts.get(at);
        if (part.startsWith("[") && part.endsWith("]")) {
            matching(array, part.substring(1, part.length() - 1), at, create, found);
        } else if (part.equals("*")) {
            for (int i = 0; i < array.size(); i++) {
                descend(place(array, i), at, create, found);
            }
        } else if (part.equals("-")) {
            array.add(Json.object());
            descend(place(array, array.size() - 1), at, create, found);
        } else if (part.matches("\\d+") && Integer.parseInt(part) < array.size()) {
            descend(place(array, Integer.parseInt(part)), at, create, found);
        }
    }

    private void matching(ArrayNode array, String condition, int at, boolean create, List<Place> found) {
        int equals = condition.indexOf('=');
        String key = condition.substring(0, equals);
        String value = condition.substring(equals + 1);
        boolean any = false;
        for (int i = 0; i < array.size(); i++) {
            JsonNode item = array.get(i);
            if (key.isEmpty()
                    ? item.asText().equals(value)
                    : item.path(key).asText("").equals(value)) {
                any = true;
                descend(place(array, i), at, create, found);
            }
        }
        if (!any && create) {
            array.add(Json.object().put(key, value));
            descend(place(array, array.size() - 1), at, true, found);
        }
    }

    private void descend(Place place, int at, boolean create, List<Place> found) {
        if (at == parts.size() - 1) {
            found.add(place);
        } else {
            walk(place.value(), at + 1, create, found);
        }
    }

    private static Place place(ObjectNode object, String name) {
        return new Place() {
            @Override
            public JsonNode value() {
                return object.path(name);
            }

            @Override
            public void set(JsonNode value) {
                object.set(name, value);
            }
        };
    }

    private static Place place(ArrayNode array, int index) {
        return new Place() {
            @Override
            public JsonNode value() {
                return array.path(index);
            }

            @Override
            public void set(JsonNode value) {
                array.set(index, value);
            }
        };
    }
}
