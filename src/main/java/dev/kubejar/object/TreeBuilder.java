package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts a document's tree together, start by start and end by end, without recursion and within limits. */
final class TreeBuilder {
    /** A map or list that is still open. */
    static final class Frame {
        final ContainerNode<?> node;
        final Frame parent;
        String key;
        int keyLine;

        /** YAML only: the anchor's name, the number of values when it began, and whether {@code <<} awaits its value. */
        String anchor;

        int valuesBefore;
        boolean merge;

        private Frame(ContainerNode<?> node, Frame parent) {
            this.node = node;
            this.parent = parent;
        }

        boolean awaitsKey() {
            return node.isObject() && key == null && !merge;
        }
    }

    private final Limits limits;
    private final Map<String, Integer> lines;
    private final List<String> duplicates = new ArrayList<>(0);
    private Frame top;
    private JsonNode root;
    private int depth;
    private int values;

    /** @param lines where to note each path's line; null where nobody asks */
    TreeBuilder(Limits limits, Map<String, Integer> lines) {
        this.limits = limits;
        this.lines = lines;
    }

    Frame top() {
        return top;
    }

    JsonNode root() {
        return root;
    }

    List<String> duplicates() {
        return duplicates;
    }

    int values() {
        return values;
    }

    void start(ContainerNode<?> node, int line) {
        count(1);
        depth++;
        if (depth > limits.depth()) {
            throw new ParseError("exceeded max depth of " + limits.depth());
        }
        note(line);
        Frame frame = new Frame(node, top);
        frame.valuesBefore = values - 1;
        top = frame;
    }

    /** Closes the innermost map or list and hands it to its parent. */
    JsonNode end() {
        JsonNode done = top.node;
        top = top.parent;
        depth--;
        attach(done);
        return done;
    }

    void scalar(JsonNode value, int line) {
        count(1);
        note(line);
        attach(value);
    }

    /** Takes a finished tree, whose values have been counted. */
    void attach(JsonNode value) {
        if (top == null) {
            root = value;
        } else if (top.node instanceof ArrayNode list) {
            list.add(value);
        } else if (top.merge) {
            top.merge = false;
            merge((ObjectNode) top.node, value);
        } else {
            ((ObjectNode) top.node).set(top.key, value);
            top.key = null;
        }
    }

    void key(String key, int line) {
        top.key = key;
        top.keyLine = line;
        if (top.node.has(key)) {
            duplicates.add(path());
        }
    }

    void count(int more) {
        values += more;
        if (values > limits.values() || values < 0) {
            throw new ParseError("document has more than " + limits.values() + " values");
        }
    }

    private static void merge(ObjectNode into, JsonNode from) {
        if (from instanceof ObjectNode map) {
            map.properties().forEach(field -> into.set(field.getKey(), field.getValue()));
            return;
        }
        if (!from.isArray()) {
            throw mergeFault();
        }
        for (int i = from.size() - 1; i >= 0; i--) {
            if (!from.get(i).isObject()) {
                throw mergeFault();
            }
            merge(into, from.get(i));
        }
    }

    static ParseError mergeFault() {
        return new ParseError("yaml: map merge requires map or sequence of maps as the value");
    }

    private void note(int line) {
        if (lines != null) {
            boolean keyed = top != null && top.node.isObject() && top.key != null;
            lines.put(path(), keyed ? top.keyLine : line);
        }
    }

    /** The path of the value that comes next: {@code spec.containers[0].name}. */
    private String path() {
        List<String> parts = new ArrayList<>();
        for (Frame frame = top; frame != null; frame = frame.parent) {
            parts.add(
                    frame.node.isArray() ? "[" + frame.node.size() + "]" : "." + (frame.key == null ? "" : frame.key));
        }
        StringBuilder out = new StringBuilder();
        for (int i = parts.size() - 1; i >= 0; i--) {
            out.append(parts.get(i));
        }
        return out.length() > 0 && out.charAt(0) == '.' ? out.substring(1) : out.toString();
    }
}
