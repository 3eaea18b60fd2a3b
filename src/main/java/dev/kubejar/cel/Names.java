package dev.kubejar.cel;

import java.util.Set;

/** Property names as identifiers: what is no identifier is escaped. */
public final class Names {
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private Names() {}

    /** The identifier; null where there is none for it. */
    public static String escape(String name) {
        if (name.isEmpty() || name.charAt(0) >= '0' && name.charAt(0) <= '9') {
            return null;
        }
        if (RESERVED.contains(name)) {
            return "__" + name + "__";
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_' && i + 1 < name.length() && name.charAt(i + 1) == '_') {
                out.append("__underscores__");
                i++;
            } else if (c == '.') {
                out.append("__dot__");
            } else if (c == '-') {
                out.append("__dash__");
            } else if (c == '/') {
                out.append("__slash__");
            } else if (c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
                out.append(c);
            } else {
                return null;
            }
        }
        return out.toString();
    }

    /** The property's name. */
    public static String unescape(String name) {
        if (!name.contains("__")) {
            return name;
        }
        if (name.startsWith("__") && name.endsWith("__") && name.length() > 4) {
            String inside = name.substring(2, name.length() - 2);
            if (RESERVED.contains(inside)) {
                return inside;
            }
        }
        return name.replace("__dot__", ".")
                .replace("__dash__", "-")
                .replace("__slash__", "/")
                .replace("__underscores__", "__");
    }
}
