package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.JsonPathNode.Field;
import dev.kubejar.object.JsonPathNode.Filter;
import dev.kubejar.object.JsonPathNode.Identifier;
import dev.kubejar.object.JsonPathNode.Literal;
import dev.kubejar.object.JsonPathNode.Recursive;
import dev.kubejar.object.JsonPathNode.Slice;
import dev.kubejar.object.JsonPathNode.Steps;
import dev.kubejar.object.JsonPathNode.Union;
import dev.kubejar.object.JsonPathNode.Wildcard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of a JSONPath template over a tree. */
final class JsonPathFinder {
    private static final int MAX_RESULTS = 5_000_000;
    private static final int MAX_STEPS = 5_000_000;

    private final List<JsonPathNode> nodes;
    private final boolean missingKeysAllowed;
    private int beginning;
    private int ranges;
    private int walked;
    private int ending;
    private int lastEnd = -1;
    private int found;

    JsonPathFinder(List<JsonPathNode> nodes, boolean missingKeysAllowed) {
        this.nodes = nodes;
        this.missingKeysAllowed = missingKeysAllowed;
    }

    List<List<JsonNode>> find(JsonNode data) {
        return find(data, 0);
    }

    /** The results of the nodes from one on, to the end of the range that is open. */
    private List<List<JsonNode>> find(JsonNode data, int from) {
        List<List<JsonNode>> all = new ArrayList<>();
        for (int i = from; i < nodes.size(); i++) {
            List<JsonNode> results = walk(List.of(data), nodes.get(i));
            if (ending > 0 && ending <= ranges) {
                ending--;
                lastEnd = i;
                break;
            }
            if (beginning == 0) {
                all.add(results);
                continue;
            }
            beginning--;
            ranges++;
            for (JsonNode each : results) {
                all.addAll(find(each, i + 1));
            }
            if (results.isEmpty()) { // the body is walked all the same, to find its end
                find(Json.NODES.nullNode(), i + 1);
            }
            ranges--;
            i = Math.max(i, lastEnd);
        }
        return all;
    }

    private List<JsonNode> walk(List<JsonNode> input, JsonPathNode node) {
        if (++walked > MAX_STEPS) { // ranges that nobody ends double the work with each of them
            throw new ParseError("more than " + MAX_STEPS + " steps");
        }
        if (node instanceof Field field) {
            return field(input, field.name());
        }
        if (node instanceof Literal literal) {
            return literals(input, literal.value());
        }
        if (node instanceof Steps steps) {
            return steps(input, steps);
        }
        if (node instanceof Slice slice) {
            return slices(input, slice);
        }
        if (node instanceof Filter filter) {
            return filtered(input, filter);
        }
        if (node instanceof Identifier word) {
            return word(input, word.name());
        }
        List<JsonNode> results = new ArrayList<>();
        if (node instanceof Union union) {
            union.parts().forEach(part -> results.addAll(steps(input, part)));
        } else if (node instanceof Wildcard) {
            input.forEach(value -> add(results, children(value)));
        } else if (node instanceof Recursive) {
            input.forEach(value -> descend(value, results));
        }
        return results;
    }

    private void add(List<JsonNode> results, List<JsonNode> more) {
        found += more.size();
        if (found > MAX_RESULTS) {
            throw new ParseError("more than " + MAX_RESULTS + " results");
        }
        results.addAll(more);
    }

    private static List<JsonNode> literals(List<JsonNode> input, JsonNode value) {
        if (value.isTextual()) {
            return List.of(value);
        }
        List<JsonNode> results = new ArrayList<>(input.size());
        input.forEach(each -> results.add(value));
        return results;
    }

    private List<JsonNode> steps(List<JsonNode> input, Steps steps) {
        List<JsonNode> current = input;
        for (JsonPathNode each : steps.nodes()) {
            current = walk(current, each);
        }
        return current;
    }

    private List<JsonNode> word(List<JsonNode> input, String name) {
        if (name.equals("range")) {
            beginning++;
            return input;
        }
        if (!name.equals("end")) {
            throw new ParseError("unrecognized identifier " + name);
        }
        if (ranges == 0) {
            throw new ParseError("not in range, nothing to end");
        }
        ending++;
        return List.of();
    }

    private List<JsonNode> field(List<JsonNode> input, String name) {
        List<JsonNode> results = new ArrayList<>(1);
        for (JsonNode value : input) {
            JsonNode field = value.get(name);
            if (field != null && value.isObject()) {
                results.add(field);
            }
        }
        if (results.isEmpty() && !input.isEmpty() && !missingKeysAllowed) {
            throw new ParseError(name + " is not found");
        }
        return results;
    }

    /** The values of a map or list; of a string its bytes, as Go has it. */
    private static List<JsonNode> children(JsonNode value) {
        List<JsonNode> results = new ArrayList<>();
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : GoText.sorted(value)) {
                results.add(field.getValue());
            }
        } else if (value.isArray()) {
            value.forEach(results::add);
        } else if (value.isTextual()) {
            for (byte b : value.textValue().getBytes(StandardCharsets.UTF_8)) {
                results.add(Json.NODES.numberNode(b & 0xFF));
            }
        }
        return results;
    }

    private void descend(JsonNode value, List<JsonNode> results) {
        boolean text = value.isTextual() && !value.textValue().isEmpty();
        if (text || value.isContainerNode() && !value.isEmpty()) {
            add(results, List.of(value));
        }
        if (value.isContainerNode()) {
            children(value).forEach(child -> descend(child, results));
        }
    }

    private static List<JsonNode> slices(List<JsonNode> input, Slice slice) {
        List<JsonNode> results = new ArrayList<>();
        for (JsonNode value : input) {
            if (value.isNull()) {
                continue;
            }
            if (!value.isArray()) {
                throw new ParseError(type(value) + " is not array or slice");
            }
            if (!slice(value, slice, results)) {
                return results;
            }
        }
        return results;
    }

    private static boolean slice(JsonNode list, Slice slice, List<JsonNode> results) {
        int length = list.size();
        long start = slice.start() == null ? 0 : slice.start();
        long end = slice.end() == null ? length : slice.end();
        if (slice.single()) {
            end = start + 1;
        }
        if (start < 0) {
            start += length;
        }
        if (end < 0 || end == 0 && slice.single()) {
            end += length;
        }
        if (start == end) {
            return false;
        }
        if (start >= length || start < 0) {
            throw outOfBounds(start, length);
        }
        if (end > length || end < 0) {
            throw outOfBounds(end - 1, length);
        }
        if (start > end) {
            throw new ParseError("starting index " + start + " is greater than ending index " + end);
        }
        int step = slice.step() == null ? 1 : slice.step();
        if (step <= 0) {
            throw new ParseError("step must be > 0");
        }
        for (long i = start; i < end; i += step) {
            results.add(list.get((int) i));
        }
        return true;
    }

    private static ParseError outOfBounds(long index, int length) {
        return new ParseError("array index out of bounds: index " + index + ", length " + length);
    }

    private static String type(JsonNode value) {
        if (value.isObject()) {
            return "map[string]interface {}";
        }
        if (value.isNumber()) {
            return GoNumber.isInteger(value) ? "int64" : "float64";
        }
        return value.isBoolean() ? "bool" : "string";
    }

    private List<JsonNode> filtered(List<JsonNode> input, Filter filter) {
        List<JsonNode> results = new ArrayList<>();
        for (JsonNode value : input) {
            if (!value.isArray()) {
                throw new ParseError(GoText.value(value) + " is not array or slice and cannot be filtered");
            }
            for (JsonNode item : value) {
                if (passes(item, filter)) {
                    results.add(item);
                }
            }
        }
        return results;
    }

    private boolean passes(JsonNode item, Filter filter) {
        List<JsonNode> left;
        try {
            left = steps(List.of(item), filter.left());
        } catch (ParseError e) {
            if (filter.operator().equals("exists")) {
                return false;
            }
            throw e;
        }
        if (filter.operator().equals("exists")) {
            return !left.isEmpty();
        }
        if (left.isEmpty()) {
            return false;
        }
        single(left);
        List<JsonNode> right = steps(List.of(item), filter.right());
        if (right.isEmpty()) {
            return false;
        }
        single(right);
        return GoCompare.test(filter.operator(), left.get(0), right.get(0));
    }

    private static void single(List<JsonNode> values) {
        if (values.size() > 1) {
            throw new ParseError("can only compare one element at a time");
        }
    }
}
