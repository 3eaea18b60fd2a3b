package dev.kubejar.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What label keys and values may look like; the lists of problems are worded as apimachinery's, empty where right. */
public final class LabelSyntax {
    private static final String KEY_RULE =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                    + " character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                    + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    private static final String VALUE_RULE =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345',"
                    + " regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    private static final String SUBDOMAIN_RULE =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private static final int MAX_NAME = 63;
    private static final int MAX_SUBDOMAIN = 253;

    private LabelSyntax() {}

    /** What is wrong with a label key, {@code [PREFIX/]NAME}. */
    public static List<String> keyProblems(String key) {
        List<String> problems = new ArrayList<>(0);
        int slash = key.indexOf('/');
        if (slash >= 0 && key.indexOf('/', slash + 1) >= 0) {
            problems.add("a valid label key " + KEY_RULE
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return problems;
        }
        if (slash == 0) {
            problems.add("prefix part must be non-empty");
        } else if (slash > 0) {
            for (String problem : subdomainProblems(key.substring(0, slash))) {
                problems.add("prefix part " + problem);
            }
        }
        String name = key.substring(slash + 1);
        if (name.isEmpty()) {
            problems.add("name part must be non-empty");
        } else if (bytes(name) > MAX_NAME) {
            problems.add("name part must be no more than " + MAX_NAME + " bytes");
        }
        if (!isName(name)) {
            problems.add("name part " + KEY_RULE);
        }
        return problems;
    }

    /** What is wrong with a label value. */
    public static List<String> valueProblems(String value) {
        List<String> problems = new ArrayList<>(0);
        if (bytes(value) > MAX_NAME) {
            problems.add("must be no more than " + MAX_NAME + " bytes");
        }
        if (!value.isEmpty() && !isName(value)) {
            problems.add(VALUE_RULE);
        }
        return problems;
    }

    /** What is wrong with a lower-case DNS subdomain (RFC 1123). */
    public static List<String> subdomainProblems(String value) {
        List<String> problems = new ArrayList<>(0);
        if (bytes(value) > MAX_SUBDOMAIN) {
            problems.add("must be no more than " + MAX_SUBDOMAIN + " bytes");
        }
        if (!isSubdomain(value)) {
            problems.add(SUBDOMAIN_RULE);
        }
        return problems;
    }

    private static int bytes(String text) {
        return text.length() > MAX_SUBDOMAIN ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isName(String name) {
        int end = name.length() - 1;
        if (end < 0 || !alphanumeric(name.charAt(0)) || !alphanumeric(name.charAt(end))) {
            return false;
        }
        for (int i = 1; i < end; i++) {
            char c = name.charAt(i);
            if (!alphanumeric(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isSubdomain(String value) {
        char before = '.';
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (!plain && (c != '-' && c != '.' || before == '.' || c == '.' && before == '-')) {
                return false;
            }
            before = c;
        }
        return before != '.' && before != '-';
    }

    private static boolean alphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
