package dev.kubejar.schema.custom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Paths such as {@code .spec.labels['a.b']} into what a schema describes. */
public final class FieldPaths {
    /** The path as messages write it, its first field and the schema it ends at; or what is wrong with it. */
    public record Found(String path, String root, JsonNode schema, String fault) {}

    private FieldPaths() {}

    /** Follows a path; {@code brackets}: whether it may use {@code ['name']}. */
    public static Found find(String text, JsonNode schema, boolean brackets) {
        List<String> tokens = tokens(text);
        StringBuilder path = new StringBuilder();
        String root = "";
        JsonNode at = schema;
        for (int i = 0; i < tokens.size(); ) {
            String token = tokens.get(i++);
            String name;
            boolean bracket = token.equals("[");
            if (bracket) {
                if (!brackets) {
                    return fault("array notation is not allowed");
                }
                if (i >= tokens.size()) {
                    return fault("unexpected end of JSON path");
                }
                String quoted = tokens.get(i++);
                if (quoted.length() < 2 || quoted.charAt(0) != '\'' || !quoted.endsWith("'")) {
                    return fault("expected single quoted string but got " + quoted);
                }
                name = unescaped(quoted.substring(1, quoted.length() - 1));
                if (name == null) {
                    return fault("invalid string literal: invalid escape char " + quoted);
                }
            } else if (token.equals(".")) {
                if (i >= tokens.size()) {
                    return fault("unexpected end of JSON path");
                }
                name = tokens.get(i++);
            } else {
                return fault("expected [ or . but got: " + token);
            }
            JsonNode properties = at.path("properties");
            boolean named = properties.isObject() && !properties.isEmpty();
            if (named) {
                if (!properties.has(name)) {
                    return fault("does not refer to a valid field");
                }
                at = properties.get(name);
                path.append(path.length() > 0 ? "." : "").append(name);
            } else if (at.path("additionalProperties").isObject()) {
                at = at.get("additionalProperties");
                path.append('[').append(name).append(']');
            } else {
                return fault("does not refer to a valid field");
            }
            root = root.isEmpty() ? name : root;
            if (bracket) {
                if (i >= tokens.size()) {
                    return fault("unexpected end of JSON path");
                }
                if (!tokens.get(i).equals("]")) {
                    return fault("expected ] but got " + tokens.get(i));
                }
                i++;
            }
        }
        return new Found(path.toString(), root, at, null);
    }

    private static Found fault(String why) {
        return new Found("", "", null, why);
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (start == i && c == '\'') {
                i++;
                while (i < text.length() && !(text.charAt(i) == '\'' && text.charAt(i - 1) != '\\')) {
                    i++;
                }
                i = Math.min(i + 1, text.length());
                tokens.add(text.substring(start, i));
                start = i;
            } else if (c == '.' || c == '[' || c == ']') {
                if (i > start) {
                    tokens.add(text.substring(start, i));
                }
                tokens.add(String.valueOf(c));
                start = ++i;
            } else {
                i++;
            }
        }
        if (start < text.length()) {
            tokens.add(text.substring(start));
        }
        return tokens;
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 >= text.length()) {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            int known = "abfnrtv'\\".indexOf(next);
            if (known < 0) {
                return null;
            }
            out.append("\u0007\b\f\n\r\t\u000b'\\".charAt(known));
        }
        return out.toString();
    }
}
