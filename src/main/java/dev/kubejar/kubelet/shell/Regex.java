package dev.kubejar.kubelet.shell;

import java.util.regex.Matcher;
import java.util.regex.PatternSyntaxException;

/** POSIX regular expressions, basic and extended, on top of Java's, with a bound on the work a match may take. */
public final class Regex {
    private static final int MAX_LOOKS = 2_000_000;

    /** Text that counts how often it is looked at. */
    private static final class Counted implements CharSequence {
        private final String text;
        private int left = MAX_LOOKS;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new StackOverflowError();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final java.util.regex.Pattern pattern;

    private Regex(String source, boolean ignoreCase) {
        java.util.regex.Pattern compiled;
        try {
            compiled = java.util.regex.Pattern.compile(
                    source,
                    java.util.regex.Pattern.DOTALL | (ignoreCase ? java.util.regex.Pattern.CASE_INSENSITIVE : 0));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription(), e);
        }
        this.pattern = compiled;
    }

    /** A basic regular expression. */
    public static Regex basic(String text, boolean ignoreCase) {
        return new Regex(translate(text, false), ignoreCase);
    }

    /** An extended one. */
    public static Regex extended(String text, boolean ignoreCase) {
        return new Regex(translate(text, true), ignoreCase);
    }

    /** A text that means itself. */
    public static Regex literal(String text, boolean ignoreCase) {
        return new Regex(java.util.regex.Pattern.quote(text), ignoreCase);
    }

    /** Where it is found: begin and end of the whole, then of each group, -1 where a group took no part. */
    public record Found(int[] bounds) {
        public int begin() {
            return bounds[0];
        }

        public int end() {
            return bounds[1];
        }

        /** The text of a group, empty where it took no part. */
        public String group(String text, int number) {
            return 2 * number >= bounds.length || bounds[2 * number] < 0
                    ? ""
                    : text.substring(bounds[2 * number], bounds[2 * number + 1]);
        }
    }

    /** The first match from a position on, or null. */
    public Found find(String text, int from) {
        Matcher matcher = pattern.matcher(new Counted(text));
        try {
            if (from > text.length() || !matcher.find(from)) {
                return null;
            }
        } catch (StackOverflowError e) {
            return null;
        }
        int[] bounds = new int[2 * (matcher.groupCount() + 1)];
        for (int i = 0; i <= matcher.groupCount(); i++) {
            bounds[2 * i] = matcher.start(i);
            bounds[2 * i + 1] = matcher.end(i);
        }
        return new Found(bounds);
    }

    private static String translate(String text, boolean extended) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        boolean start = true;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '[') {
                i = set(text, i, out);
                start = false;
                continue;
            }
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(i + 1);
                i += 2;
                start = escape(next, extended, out);
                continue;
            }
            i++;
            if (c == '*' && start) {
                out.append("\\*");
            } else if (c == '^') {
                out.append(start || extended ? "^" : "\\^");
                continue;
            } else if (c == '$') {
                boolean end = i == text.length() || extended || text.startsWith("\\)", i) || text.startsWith("\\|", i);
                out.append(end ? "\\z" : "\\$");
            } else if ("+?(){}|".indexOf(c) >= 0) {
                boolean plain = !extended
                        || c == '{'
                                && (i == text.length() || !Character.isDigit(text.charAt(i)) && text.charAt(i) != ',')
                        || c == '}' && out.lastIndexOf("{") < 0;
                out.append(plain ? "\\" : "").append(c);
                if (extended && (c == '(' || c == '|')) {
                    start = true;
                    continue;
                }
            } else {
                out.append(c);
            }
            start = false;
        }
        return out.toString();
    }

    private static boolean escape(char next, boolean extended, StringBuilder out) {
        if (!extended && "(){}|+?".indexOf(next) >= 0) {
            out.append(next);
            return next == '(' || next == '|';
        }
        switch (next) {
            case '<' -> out.append("\\b(?=\\w)");
            case '>' -> out.append("\\b(?<=\\w)");
            case '`' -> out.append("\\A");
            case '\'' -> out.append("\\z");
            case 'w', 'W', 's', 'S', 'b', 'B', 'n', 't' -> out.append('\\').append(next);
            default -> {
                if (next >= '1' && next <= '9') {
                    out.append('\\').append(next);
                } else {
                    out.append(java.util.regex.Pattern.quote(String.valueOf(next)));
                }
            }
        }
        return false;
    }

    private static int set(String text, int open, StringBuilder out) {
        int i = open + 1;
        StringBuilder inside = new StringBuilder("[");
        if (i < text.length() && text.charAt(i) == '^') {
            inside.append('^');
            i++;
        }
        boolean first = true;
        while (i < text.length() && (text.charAt(i) != ']' || first)) {
            first = false;
            if (text.startsWith("[:", i) && text.indexOf(":]", i) > 0) {
                int close = text.indexOf(":]", i);
                inside.append(posix(text.substring(i + 2, close)));
                i = close + 2;
                continue;
            }
            char c = text.charAt(i++);
            boolean range = c == '-' && inside.length() > 1 && i < text.length() && text.charAt(i) != ']';
            if (!range && !Text.namePart(c)) {
                inside.append('\\');
            }
            inside.append(c);
        }
        if (i >= text.length()) {
            throw new IllegalArgumentException("Unmatched [, [^, [:, [., or [=");
        }
        out.append(inside).append(']');
        return i + 1;
    }

    private static String posix(String name) {
        return switch (name) {
            case "alpha" -> "a-zA-Z";
            case "digit" -> "0-9";
            case "alnum" -> "a-zA-Z0-9";
            case "upper" -> "A-Z";
            case "lower" -> "a-z";
            case "space" -> " \\t\\n\\r\\f\\x0B";
            case "blank" -> " \\t";
            case "xdigit" -> "0-9A-Fa-f";
            case "punct" -> "!-\\/:-@\\[-`{-~";
            case "print" -> " -~";
            case "graph" -> "!-~";
            case "cntrl" -> "\\x00-\\x1F\\x7F";
            default -> throw new IllegalArgumentException("Invalid character class name");
        };
    }
}
