package dev.kubejar.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * The written forms that names, label keys and their like must have; each check returns the faults in apimachinery's
 * words, none where the text is right. Lengths are those of UTF-8 bytes. Matched by hand: regular expressions cost
 * start-up time.
 */
public final class Names {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

    private Names() {}

    /** {@code must be no more than N bytes}. */
    public static String tooLong(int bytes) {
        return "must be no more than " + bytes + " bytes";
    }

    /** {@code must be no more than N characters}, as the rules of DNS names say it. */
    public static String tooManyCharacters(int most) {
        return "must be no more than " + most + " characters";
    }

    /** A rule's text with examples and its expression, as Go's RegexError writes it. */
    public static String pattern(String rule, String expression, String... examples) {
        StringBuilder text = new StringBuilder(rule).append(examples.length == 0 ? " (" : " (e.g. ");
        for (int i = 0; i < examples.length; i++) {
            text.append(i == 0 ? "'" : " or '").append(examples[i]).append("', ");
        }
        return text.append("regex used for validation is '")
                .append(expression)
                .append("')")
                .toString();
    }

    /** RFC 1123 label: {@code my-name}, at most 63 bytes. */
    public static List<String> label(String value) {
        List<String> faults = new ArrayList<>(2);
        if (bytes(value) > 63) {
            faults.add(tooManyCharacters(63));
        }
        if (!isLabel(value)) {
            faults.add(
                    isSubdomain(value)
                            ? "must not contain dots"
                            : pattern(
                                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                                            + " and must start and end with an alphanumeric character",
                                    LABEL,
                                    "my-name",
                                    "123-abc"));
        }
        return faults;
    }

    /** RFC 1123 subdomain: {@code example.com}, at most 253 bytes. */
    public static List<String> subdomain(String value) {
        List<String> faults = new ArrayList<>(2);
        if (bytes(value) > 253) {
            faults.add(tooManyCharacters(253));
        }
        if (!isSubdomain(value)) {
            faults.add(pattern(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                            + " must start and end with an alphanumeric character",
                    SUBDOMAIN,
                    "example.com"));
        }
        return faults;
    }

    /** RFC 1035 label: starts with a letter, at most 63 bytes. */
    public static List<String> label1035(String value) {
        List<String> faults = new ArrayList<>(2);
        if (bytes(value) > 63) {
            faults.add(tooManyCharacters(63));
        }
        if (!isLabel(value) || value.charAt(0) < 'a') {
            faults.add(pattern(
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                            + " alphabetic character, and end with an alphanumeric character",
                    "[a-z]([-a-z0-9]*[a-z0-9])?",
                    "my-name",
                    "abc-123"));
        }
        return faults;
    }

    /** A label's key, a finalizer, a resource's name: {@code example.com/MyName}. */
    public static List<String> qualified(String value) {
        String keyRule = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                + " alphanumeric character";
        List<String> faults = new ArrayList<>(2);
        int slash = value.indexOf('/');
        if (slash >= 0 && value.indexOf('/', slash + 1) >= 0) {
            faults.add("a valid label key " + pattern(keyRule, KEY, "MyName", "my.name", "123-abc")
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return faults;
        }
        if (slash == 0) {
            faults.add("prefix part must be non-empty");
        } else if (slash > 0) {
            subdomain(value.substring(0, slash)).forEach(fault -> faults.add("prefix part " + fault));
        }
        String name = value.substring(slash + 1);
        if (name.isEmpty()) {
            faults.add("name part must be non-empty");
        } else if (bytes(name) > 63) {
            faults.add("name part " + tooLong(63));
        }
        if (!isKey(name)) {
            faults.add("name part " + pattern(keyRule, KEY, "MyName", "my.name", "123-abc"));
        }
        return faults;
    }

    /** A label's value: empty or as the name part of a key, at most 63 bytes. */
    public static List<String> labelValue(String value) {
        List<String> faults = new ArrayList<>(2);
        if (bytes(value) > 63) {
            faults.add(tooLong(63));
        }
        if (!value.isEmpty() && !isKey(value)) {
            faults.add(pattern(
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                            + " must start and end with an alphanumeric character",
                    "(" + KEY + ")?",
                    "MyValue",
                    "my_value",
                    "12345"));
        }
        return faults;
    }

    /** What may stand between two slashes of a path: RBAC's names. */
    public static List<String> pathSegment(String value) {
        if (value.equals(".") || value.equals("..")) {
            return List.of("may not be '" + value + "'");
        }
        List<String> faults = new ArrayList<>(2);
        for (String part : List.of("/", "%")) {
            if (value.contains(part)) {
                faults.add("may not contain '" + part + "'");
            }
        }
        return faults;
    }

    /** A generateName prefix with its trailing dash made a letter, so that a name rule can judge it. */
    public static String unmasked(String prefix) {
        return prefix.length() > 1 && prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 2) + "a" : prefix;
    }

    /** Length in UTF-8. */
    public static int bytes(String value) {
        int bytes = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    private static boolean isSubdomain(String value) {
        int start = 0;
        while (true) {
            int dot = value.indexOf('.', start);
            if (!isLabel(dot < 0 ? value.substring(start) : value.substring(start, dot))) {
                return false;
            }
            if (dot < 0) {
                return true;
            }
            start = dot + 1;
        }
    }

    private static boolean isLabel(String value) {
        int n = value.length();
        if (n == 0 || value.charAt(0) == '-' || value.charAt(n - 1) == '-') {
            return false;
        }
        for (int i = 0; i < n; i++) {
            char c = value.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKey(String value) {
        int n = value.length();
        if (n == 0 || !alphanumeric(value.charAt(0)) || !alphanumeric(value.charAt(n - 1))) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            char c = value.charAt(i);
            if (!alphanumeric(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean alphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
