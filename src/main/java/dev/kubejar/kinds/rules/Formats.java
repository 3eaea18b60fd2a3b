package dev.kubejar.kinds.rules;

import dev.kubejar.schema.Names;
import java.util.ArrayList;
import java.util.List;

/** Written forms beside those of names: environment variables, keys of data, ports, paths, addresses. */
public final class Formats {
    private Formats() {}

    /** A port's name: at most 15 of a-z, 0-9 and single dashes, with a letter. */
    public static List<String> portName(String name) {
        List<String> faults = new ArrayList<>();
        if (name.length() > 15) {
            faults.add("must be no more than 15 characters");
        }
        boolean letter = false;
        boolean plain = !name.isEmpty();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            letter |= c >= 'a' && c <= 'z';
            plain &= c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
        }
        if (!plain) {
            faults.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (!letter) {
            faults.add("must contain at least one letter (a-z)");
        }
        if (name.contains("--")) {
            faults.add("must not contain consecutive hyphens");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            faults.add("must not begin or end with a hyphen");
        }
        return faults;
    }

    /** An environment variable's name: printable ASCII but {@code =}. */
    public static List<String> envName(String name) {
        if (name.isEmpty()) {
            return List.of("environment variable name must be non-empty");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 0x20 || c > 0x7E || c == '=') {
                return List.of("a valid environment variable name must consist only of printable ASCII characters"
                        + " other than '='");
            }
        }
        return List.of();
    }

    /** A key of a ConfigMap or a Secret. */
    public static List<String> configKey(String key) {
        List<String> faults = new ArrayList<>();
        if (Names.bytes(key) > 253) {
            faults.add("must be no more than 253 characters");
        }
        boolean plain = !key.isEmpty();
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            plain &= alphanumeric(c) || c == '-' || c == '_' || c == '.';
        }
        if (!plain) {
            faults.add(Names.pattern(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                    "[-._a-zA-Z0-9]+",
                    "key.name",
                    "KEY_NAME",
                    "key-name"));
        }
        if (key.equals(".") || key.equals("..")) {
            faults.add("must not be '" + key + "'");
        } else if (key.startsWith("..")) {
            faults.add("must not start with '..'");
        }
        return faults;
    }

    /** An HTTP header's name. */
    public static List<String> headerName(String name) {
        boolean plain = !name.isEmpty();
        for (int i = 0; i < name.length(); i++) {
            plain &= alphanumeric(name.charAt(i)) || name.charAt(i) == '-';
        }
        return plain
                ? List.of()
                : List.of(Names.pattern(
                        "a valid HTTP header must consist of alphanumeric characters or '-'",
                        "[-A-Za-z0-9]+",
                        "X-Header-Name"));
    }

    /** A path below the folder it is for. */
    public static List<String> descending(String path) {
        List<String> faults = new ArrayList<>();
        if (path.startsWith("/")) {
            faults.add("must be a relative path");
        }
        if (backsteps(path)) {
            faults.add("must not contain '..'");
        }
        return faults;
    }

    /** A path below its folder that does not start with two dots. */
    public static List<String> notReserved(String path) {
        List<String> faults = descending(path);
        if (path.startsWith("..") && !path.startsWith("../")) {
            faults.add("must not start with '..'");
        }
        return faults;
    }

    /** Whether a part of the path is {@code ..}. */
    public static boolean backsteps(String path) {
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                return true;
            }
        }
        return false;
    }

    /** A DNS subdomain whose labels may hold underscores. */
    public static List<String> subdomainUnderscore(String value) {
        List<String> faults = new ArrayList<>();
        if (Names.bytes(value) > 253) {
            faults.add(Names.tooManyCharacters(253));
        }
        if (!Names.subdomain(value.replace('_', 'a')).isEmpty()) {
            faults.add(Names.pattern(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-', '_' or"
                            + " '.', and must start and end with an alphanumeric character",
                    "[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*",
                    "example.com"));
        }
        return faults;
    }

    /** A DNS subdomain after {@code *.}. */
    public static List<String> wildcard(String value) {
        if (value.startsWith("*.") && Names.subdomain(value.substring(2)).isEmpty()) {
            return List.of();
        }
        String label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
        return List.of(Names.pattern(
                "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must"
                        + " consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric"
                        + " character",
                "\\*\\." + label + "(\\." + label + ")*",
                "*.example.com"));
    }

    static boolean alphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
