package dev.kubejar.cli.advanced;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Go;
import dev.kubejar.object.GoText;
import dev.kubejar.object.JsonPath;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code wait --for} waits for. */
final class WaitCondition {
    private final String word;
    private final String name;
    private final String value;
    private final JsonPath path;

    private WaitCondition(String word, String name, String value, JsonPath path) {
        this.word = word;
        this.name = name;
        this.value = value;
        this.path = path;
    }

    static List<WaitCondition> all(List<String> texts) {
        if (texts.isEmpty()) {
            throw new CliError("unrecognized condition: []");
        }
        List<WaitCondition> all = new ArrayList<>();
        texts.forEach(text -> all.add(of(text)));
        return all;
    }

    private static WaitCondition of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("delete") || lower.equals("create")) {
            return new WaitCondition(lower, "", "", null);
        }
        if (text.startsWith("condition=")) {
            String rest = text.substring("condition=".length());
            int equals = rest.indexOf('=');
            return equals < 0
                    ? new WaitCondition("condition", rest, "true", null)
                    : new WaitCondition("condition", rest.substring(0, equals), rest.substring(equals + 1), null);
        }
        if (text.startsWith("jsonpath=")) {
            return jsonPath(text.substring("jsonpath=".length()));
        }
        throw new CliError("unrecognized condition: " + Go.quote(text));
    }

    private static WaitCondition jsonPath(String text) {
        List<String> parts = split(text);
        if (parts.size() > 2) {
            throw new CliError("jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or"
                    + " --for=jsonpath='{.status.readyReplicas}'");
        }
        try {
            String expression = JsonPath.relaxed(parts.get(0));
            String wanted = parts.size() < 2 ? "" : parts.get(1).replaceAll("^['\"]+|['\"]+$", "");
            if (parts.size() == 2 && wanted.isEmpty()) {
                throw new CliError("jsonpath wait has to have a value after equal sign, like"
                        + " --for=jsonpath='{.status.readyReplicas}'=3");
            }
            if (expression.isEmpty()) {
                throw new CliError("jsonpath expression cannot be empty");
            }
            return new WaitCondition(
                    "jsonpath", "", wanted, JsonPath.parse(expression).allowMissingKeys(true));
        } catch (ParseError e) {
            throw new CliError(e.getMessage());
        }
    }

    /** Parts at single equal signs; a double one belongs to the expression. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '=') {
                part.append(c);
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '=') {
                part.append("==");
                i++;
            } else {
                parts.add(part.toString());
                part.setLength(0);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    boolean deletion() {
        return word.equals("delete");
    }

    boolean creation() {
        return word.equals("create");
    }

    boolean holds(Obj object) {
        return path == null ? condition(object) : value(object);
    }

    private boolean condition(Obj object) {
        for (Obj condition : object.list("status.conditions")) {
            if (!condition.text("type").equalsIgnoreCase(name)) {
                continue;
            }
            Obj observed = condition.has("observedGeneration") ? condition : object.obj("status");
            if (object.has("metadata.generation")
                    && observed.has("observedGeneration")
                    && observed.number("observedGeneration") < object.generation()) {
                return false;
            }
            return condition.text("status").equalsIgnoreCase(value);
        }
        return false;
    }

    private boolean value(Obj object) {
        List<List<JsonNode>> found;
        try {
            found = path.find(object.node());
        } catch (ParseError e) {
            throw new CliError(e.getMessage());
        }
        if (found.isEmpty() || found.get(0).isEmpty()) {
            return false;
        }
        if (found.size() > 1) {
            throw new CliError("given jsonpath expression matches more than one list");
        }
        if (found.get(0).size() > 1) {
            throw new CliError("given jsonpath expression matches more than one value");
        }
        JsonNode result = found.get(0).get(0);
        if (value.isEmpty()) {
            return true;
        }
        if (result.isContainerNode()) {
            throw new CliError("jsonpath leads to a nested object or list which is not supported");
        }
        return GoText.value(result).strip().equals(value.strip());
    }
}
