package dev.kubejar.print;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The functions of Go templates, and kubectl's two. */
final class TemplateFunctions {
    /** An error that a function returns. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message, null, false, false);
        }
    }

    static final Set<String> NAMES = Set.of(
            "and",
            "base64decode",
            "call",
            "eq",
            "exists",
            "ge",
            "gt",
            "html",
            "index",
            "js",
            "le",
            "len",
            "lt",
            "ne",
            "not",
            "or",
            "print",
            "printf",
            "println",
            "slice",
            "urlquery");

    private TemplateFunctions() {}

    static void checkCount(TemplateRun run, String function, int count) {
        int least = 0;
        int most = Integer.MAX_VALUE;
        switch (function) {
            case "not", "len", "base64decode" -> least = most = 1;
            case "ne", "lt", "le", "gt", "ge" -> least = most = 2;
            case "index", "slice", "eq", "exists", "call", "printf" -> least = 1;
            default -> {
                // any number
            }
        }
        if (count < least || count > most) {
            String want = least == most ? Integer.toString(least) : "at least " + least;
            throw run.fault("wrong number of args for " + function + ": want " + want + " got " + count);
        }
    }

    static Object call(String function, List<Object> args) {
        return switch (function) {
            case "not" -> !TemplateValue.truth(args.get(0));
            case "eq" -> TemplateCompare.equal(args);
            case "ne" -> !TemplateCompare.equal(args);
            case "lt", "le", "gt", "ge" -> TemplateCompare.order(function, args.get(0), args.get(1));
            case "len" -> length(args.get(0));
            case "index" -> index(args);
            case "slice" -> slice(args);
            case "exists" -> exists(args);
            case "print" -> GoFormat.print(args);
            case "println" -> GoFormat.println(args);
            case "printf" -> GoFormat.printf((String) args.get(0), args.subList(1, args.size()));
            case "html" -> html(all(args));
            case "js" -> js(all(args));
            case "urlquery" ->
                URLEncoder.encode(all(args), StandardCharsets.UTF_8)
                        .replace("*", "%2A")
                        .replace("%7E", "~");
            case "base64decode" -> decoded((String) args.get(0));
            default -> throw new Failure("call of nil");
        };
    }

    private static String all(List<Object> args) {
        return args.size() == 1 && args.get(0) instanceof String text ? text : GoFormat.print(args);
    }

    private static Object length(Object value) {
        if (TemplateValue.nothing(value)) {
            throw new Failure("len of nil pointer");
        }
        if (value instanceof String text) {
            return (long) text.getBytes(StandardCharsets.UTF_8).length;
        }
        if (value instanceof JsonNode node) {
            return (long) node.size();
        }
        throw new Failure("len of type " + TemplateValue.type(value));
    }

    private static Object index(List<Object> args) {
        Object item = args.get(0);
        if (TemplateValue.nothing(item)) {
            throw new Failure("index of untyped nil");
        }
        for (Object key : args.subList(1, args.size())) {
            if (TemplateValue.nothing(item)) {
                throw new Failure("index of nil pointer");
            }
            item = item instanceof JsonNode node && node.isObject() ? entry(node, key) : element(item, key);
        }
        return item;
    }

    private static Object entry(JsonNode map, Object key) {
        if (key instanceof String name) {
            JsonNode found = map.get(name);
            return found == null ? TemplateValue.NONE : TemplateValue.of(found);
        }
        throw new Failure(
                TemplateValue.nothing(key)
                        ? "value is nil; should be of type string"
                        : "value has type " + TemplateValue.type(key) + "; should be string");
    }

    private static Object element(Object item, Object key) {
        boolean text = item instanceof String;
        if (!text && !(item instanceof JsonNode)) {
            throw new Failure("can't index item of type " + TemplateValue.type(item));
        }
        byte[] bytes = text ? ((String) item).getBytes(StandardCharsets.UTF_8) : null;
        int size = text ? bytes.length : ((JsonNode) item).size();
        int at = position(key, size, size - 1);
        return text ? (Object) (long) (bytes[at] & 0xFF) : TemplateValue.of(((JsonNode) item).get(at));
    }

    private static int position(Object key, int size, int most) {
        if (!(key instanceof Long)) {
            throw new Failure("cannot index slice/array with "
                    + (TemplateValue.nothing(key) ? "nil" : "type " + TemplateValue.type(key)));
        }
        long at = (Long) key;
        if (at < 0 || at > most) {
            throw new Failure("index out of range: " + at);
        }
        return (int) at;
    }

    private static Object slice(List<Object> args) {
        Object item = args.get(0);
        if (TemplateValue.nothing(item)) {
            throw new Failure("slice of untyped nil");
        }
        if (args.size() > 4) {
            throw new Failure("too many slice indexes: " + (args.size() - 1));
        }
        boolean text = item instanceof String;
        if (!text && !(item instanceof JsonNode node && node.isArray())) {
            throw new Failure("can't slice item of type " + TemplateValue.type(item));
        }
        byte[] bytes = text ? ((String) item).getBytes(StandardCharsets.UTF_8) : null;
        int size = text ? bytes.length : ((JsonNode) item).size();
        int from = args.size() > 1 ? position(args.get(1), size, size) : 0;
        int to = args.size() > 2 ? position(args.get(2), size, size) : size;
        if (from > to) {
            throw new Failure("invalid slice index: " + from + " > " + to);
        }
        if (text) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        var part = Json.array();
        for (int i = from; i < to; i++) {
            part.add(((JsonNode) item).get(i));
        }
        return part;
    }

    /** kubectl's: whether an index or key leads to something that is not null. */
    private static Object exists(List<Object> args) {
        Object item = args.get(0);
        for (Object key : args.subList(1, args.size())) {
            if (item instanceof JsonNode node && node.isObject() && key instanceof String name) {
                item = TemplateValue.of(node.get(name));
            } else if (item instanceof JsonNode node && node.isArray() && key instanceof Long at) {
                item = at < 0 || at >= node.size() ? TemplateValue.NONE : TemplateValue.of(node.get(at.intValue()));
            } else if (item instanceof String text && key instanceof Long at) {
                item = at < 0 || at >= text.getBytes(StandardCharsets.UTF_8).length ? TemplateValue.NONE : (Object) at;
            } else {
                return false;
            }
        }
        return !TemplateValue.nothing(item);
    }

    private static String decoded(String text) {
        String bare = text.replace("\n", "").replace("\r", "");
        try {
            if (bare.length() % 4 != 0) {
                throw new IllegalArgumentException();
            }
            return new String(Base64.getDecoder().decode(bare), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Failure("base64 decode failed: illegal base64 data at input byte " + firstWrong(text));
        }
    }

    private static int firstWrong(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean known =
                    c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
            if (!known && c != '\n' && c != '\r') {
                return i;
            }
        }
        return text.length() / 4 * 4;
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("'", "&#39;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("\0", "\uFFFD");
    }

    private static String js(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\', '\'', '"' -> out.append('\\').append(c);
                case '<', '>', '&', '=' -> unicode(c, out);
                default -> {
                    if (c < 0x20 || c > 0x7E && !GoText.printable(c) && !Character.isSurrogate(c)) {
                        unicode(c, out);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    private static void unicode(char c, StringBuilder out) {
        String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
        out.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
    }
}
