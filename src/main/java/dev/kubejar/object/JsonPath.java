package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/**
 * A template in kubectl's dialect of JSONPath: text, and expressions in braces with fields, wildcards, slices, unions,
 * filters, recursive descent and {@code {range}…{end}}. It reads, finds and complains as client-go's package does.
 */
public final class JsonPath {
    private final List<JsonPathNode> nodes;
    private boolean missingKeysAllowed;

    private JsonPath(List<JsonPathNode> nodes) {
        this.nodes = nodes;
    }

    /**
     * Reads a template.
     *
     * @throws ParseError such as {@code unclosed action}
     */
    public static JsonPath parse(String template) {
        return new JsonPath(new JsonPathParser(template).parse());
    }

    /**
     * Writes {@code x.y}, {@code .x.y}, {@code {x.y}} and {@code {.x.y}} as {@code {.x.y}}: what custom columns, sorting
     * and waiting accept.
     */
    public static String relaxed(String expression) {
        if (expression.isEmpty()) {
            return expression;
        }
        int end = expression.length();
        boolean braces = expression.charAt(0) == '{' && expression.charAt(end - 1) == '}';
        int from = braces ? 1 : 0;
        int to = braces ? end - 1 : end;
        if (to - from > 1 && expression.charAt(from) == '.') {
            from++;
        }
        String path = expression.substring(from, Math.max(from, to));
        if (path.isEmpty() || path.indexOf('{') >= 0 || path.indexOf('}') >= 0) {
            throw new ParseError("unexpected path string, expected a 'name1.name2' or '.name1.name2' or"
                    + " '{name1.name2}' or '{.name1.name2}'");
        }
        return "{." + path + "}";
    }

    /** Whether a field that is not there is nothing (true) or an error (false, at first). */
    public JsonPath allowMissingKeys(boolean allowed) {
        missingKeysAllowed = allowed;
        return this;
    }

    /**
     * What each part of the template finds, in order.
     *
     * @throws ParseError such as {@code x is not found}
     */
    public List<List<JsonNode>> find(JsonNode data) {
        return new JsonPathFinder(nodes, missingKeysAllowed).find(data);
    }

    /** The results as text: scalars as Go prints them, maps and lists as JSON on one line. */
    public String text(JsonNode data) {
        StringBuilder out = new StringBuilder();
        for (List<JsonNode> results : find(data)) {
            for (int i = 0; i < results.size(); i++) {
                out.append(i == 0 ? "" : " ").append(text1(results.get(i)));
            }
        }
        return out.toString();
    }

    private static String text1(JsonNode value) {
        if (value.isContainerNode()) {
            return GoJson.compact(value);
        }
        return value.isNull() ? "null" : GoText.value(value);
    }

    /** The results of each part as a JSON list of its own, over several lines. */
    public String json(JsonNode data) {
        StringBuilder out = new StringBuilder();
        for (List<JsonNode> results : find(data)) {
            ArrayNode list = Json.array().addAll(results);
            out.append(GoJson.indented(list, "    ")).append('\n');
        }
        return out.toString();
    }
}
