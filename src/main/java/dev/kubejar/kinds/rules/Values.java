package dev.kubejar.kinds.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks of single values that the rules of many kinds share; messages are apimachinery's. */
public final class Values {
    public static final String NOT_NEGATIVE = "must be greater than or equal to 0";
    public static final String POSITIVE = "must be greater than zero";
    public static final String IMMUTABLE = "field is immutable";
    private static final String PERCENT = Names.pattern(
            "a valid percent string must be a numeric string followed by an ending '%'", "[0-9]+%", "1%", "93%");

    private Values() {}

    /** Texts as messages show them. */
    public static JsonNode array(List<String> texts) {
        ArrayNode array = Json.array();
        texts.forEach(array::add);
        return array;
    }

    /** An integer of 0 or more, where the field is there. */
    public static void notNegative(Problems problems, String path, Obj object, String field) {
        if (object.has(field) && object.number(field) < 0) {
            problems.invalid(path + "." + field, object.number(field), NOT_NEGATIVE);
        }
    }

    /** An integer over 0. */
    public static void positive(Problems problems, String path, long value) {
        if (value <= 0) {
            problems.invalid(path, value, POSITIVE);
        }
    }

    /** {@code must be between A and B, inclusive}. */
    public static boolean range(Problems problems, String path, long value, long least, long most) {
        if (value < least || value > most) {
            problems.invalid(path, value, between(least, most));
            return false;
        }
        return true;
    }

    public static String between(long least, long most) {
        return "must be between " + least + " and " + most + ", inclusive";
    }

    /** A port's number: 1 to 65535. */
    public static void port(Problems problems, String path, long value) {
        range(problems, path, value, 1, 65535);
    }

    /** A port by number or by name. */
    public static void portOrName(Problems problems, String path, JsonNode value) {
        if (value.isTextual()) {
            named(problems, path, value.textValue(), Formats.portName(value.textValue()));
        } else {
            port(problems, path, value.asLong(0));
        }
    }

    /** Adds each fault of a text. */
    public static void named(Problems problems, String path, String value, List<String> faults) {
        for (String fault : faults) {
            problems.invalid(path, value, fault);
        }
    }

    /** A text that must not be empty. */
    public static boolean required(Problems problems, String path, Obj object, String field) {
        if (object.text(field).isEmpty()) {
            problems.required(path + "." + field, "");
            return false;
        }
        return true;
    }

    /** A text that must not be empty, known to messages under another name. */
    public static boolean required(Problems problems, String path, Obj object, String field, String shown) {
        if (object.text(field).isEmpty()) {
            problems.required(path + "." + shown, "");
            return false;
        }
        return true;
    }

    /** One of some texts, in the order in which they are to be told; an empty one is refused as missing. */
    public static boolean oneOf(Problems problems, String path, String value, String... supported) {
        if (value.isEmpty()) {
            problems.required(path, "");
            return false;
        }
        return supported(problems, path, value, supported);
    }

    /** One of some texts, in the order in which they are to be told. */
    public static boolean supported(Problems problems, String path, String value, String... supported) {
        List<String> known = Arrays.asList(supported);
        if (!known.contains(value)) {
            problems.notSupported(path, value, known);
            return false;
        }
        return true;
    }

    /** A domain, a slash and a path. */
    public static void domainPath(Problems problems, String path, String value) {
        int slash = value.indexOf('/');
        if (value.isEmpty()) {
            problems.required(path, "");
        } else if (slash <= 0 || slash == value.length() - 1) {
            problems.invalid(path, value, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        } else {
            String host = value.substring(0, slash);
            named(problems, path, host, Names.subdomain(host));
            String rest = value.substring(slash + 1);
            if (!rest.matches("[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+")) {
                problems.invalid(
                        path, rest, "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')");
            }
        }
    }

    /** Whether two nodes mean the same; absent, null and empty containers do. */
    public static boolean same(JsonNode a, JsonNode b) {
        return empty(a) ? empty(b) : !empty(b) && equal(a, b);
    }

    private static boolean equal(JsonNode a, JsonNode b) {
        if (a.isObject() && b.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            a.properties().forEach(each -> fields.put(each.getKey(), each.getValue()));
            b.properties().forEach(each -> fields.putIfAbsent(each.getKey(), each.getValue()));
            for (String field : fields.keySet()) {
                if (!same(a.path(field), b.path(field))) {
                    return false;
                }
            }
            return true;
        }
        if (a.isArray() && b.isArray()) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return a.equals(b) || a.isNumber() && b.isNumber() && a.decimalValue().compareTo(b.decimalValue()) == 0;
    }

    private static boolean empty(JsonNode node) {
        return node.isMissingNode() || node.isNull() || node.isContainerNode() && node.isEmpty();
    }

    /** {@code field is immutable} where the field differs from what it was. */
    public static boolean immutable(Problems problems, String path, Obj now, Obj before, String field) {
        if (!same(now.at(field), before.at(field))) {
            problems.invalid(path, GoStructs.sorted(now.at(field)), IMMUTABLE);
            return false;
        }
        return true;
    }

    /** A count or a percentage of 0 or more. */
    public static void countOrPercent(Problems problems, String path, JsonNode value) {
        if (value.isTextual()) {
            if (!percent(value.textValue())) {
                problems.invalid(path, value.textValue(), PERCENT);
            }
        } else if (value.asLong(0) < 0) {
            problems.invalid(path, value.asLong(), NOT_NEGATIVE);
        }
    }

    /** A percentage over 100 is refused. */
    public static void notOverHundred(Problems problems, String path, JsonNode value) {
        if (value.isTextual() && percent(value.textValue()) && percentage(value) > 100) {
            problems.invalid(path, value.textValue(), "must not be greater than 100%");
        }
    }

    /** The number before the percent sign, 0 where the node is none. */
    public static int percentage(JsonNode value) {
        String text = value.asText("");
        if (!value.isTextual() || !percent(text)) {
            return 0;
        }
        try {
            return Integer.parseInt(text.substring(0, text.length() - 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A count, or the percentage's number. */
    public static int countOrPercentage(JsonNode value) {
        return value.isTextual() ? percentage(value) : value.asInt(0);
    }

    private static boolean percent(String text) {
        if (text.length() < 2 || !text.endsWith("%")) {
            return false;
        }
        for (int i = 0; i < text.length() - 1; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
