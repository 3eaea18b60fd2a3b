package dev.kubejar.object;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions as Go's regexp package (RE2) reads them, over the JDK's engine, with Go's words for what is wrong. */
public final class GoRegex {
    private static final int MAX_REPEAT = 1000;

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int depth;

    private GoRegex(String source) {
        this.source = source;
    }

    /**
     * The expression in the JDK's form.
     *
     * @throws ParseError in Go's words: {@code error parsing regexp: missing closing ): `(a`}
     */
    public static Pattern compile(String expression) {
        GoRegex reader = new GoRegex(expression);
        reader.translate();
        try {
            return Pattern.compile(reader.out.toString());
        } catch (PatternSyntaxException e) {
            throw fault("invalid or unsupported Perl syntax", expression);
        }
    }

    /** What is wrong with the expression; empty where nothing is. */
    public static String fault(String expression) {
        try {
            compile(expression);
            return "";
        } catch (ParseError e) {
            return e.getMessage();
        }
    }

    private static ParseError fault(String what, String where) {
        return new ParseError("error parsing regexp: " + what + ": `" + where + "`");
    }

    private void translate() {
        boolean repeatable = false;
        int repeatAt = -1;
        while (at < source.length()) {
            char c = source.charAt(at);
            switch (c) {
                case '*', '+', '?' -> {
                    if (!repeatable) {
                        throw repeatAt < 0
                                ? fault("missing argument to repetition operator", String.valueOf(c))
                                : fault("invalid nested repetition operator", source.substring(repeatAt, at + 1));
                    }
                    repeatAt = at;
                    copy(1);
                    lazy();
                    repeatable = false;
                    continue;
                }
                case '{' -> {
                    int end = repeatEnd();
                    if (end < 0) {
                        out.append("\\{");
                        at++;
                        repeatable = true;
                        repeatAt = -1;
                        continue;
                    }
                    if (!repeatable) {
                        throw repeatAt < 0
                                ? fault("missing argument to repetition operator", source.substring(at, end))
                                : fault("invalid nested repetition operator", source.substring(repeatAt, end));
                    }
                    repeatAt = at;
                    copy(end - at);
                    lazy();
                    repeatable = false;
                    continue;
                }
                case '(' -> {
                    open();
                    repeatable = false;
                }
                case ')' -> {
                    if (--depth < 0) {
                        throw fault("unexpected )", source);
                    }
                    copy(1);
                    repeatable = true;
                }
                case '|' -> {
                    copy(1);
                    repeatable = false;
                }
                case '[' -> {
                    set();
                    repeatable = true;
                }
                case '\\' -> {
                    escape();
                    repeatable = true;
                }
                case '$' -> {
                    out.append("\\z");
                    at++;
                    repeatable = true;
                }
                default -> {
                    if (c == '}' || c == ']') {
                        out.append('\\');
                    }
                    copy(1);
                    repeatable = true;
                }
            }
            repeatAt = -1;
        }
        if (depth > 0) {
            throw fault("missing closing )", source);
        }
    }

    private void lazy() {
        if (at < source.length() && source.charAt(at) == '?') {
            copy(1);
        }
    }

    private void copy(int count) {
        out.append(source, at, at + count);
        at += count;
    }

    private int repeatEnd() {
        int close = source.indexOf('}', at);
        if (close < 0) {
            return -1;
        }
        String inside = source.substring(at + 1, close);
        int comma = inside.indexOf(',');
        String low = comma < 0 ? inside : inside.substring(0, comma);
        String high = comma < 0 ? low : inside.substring(comma + 1);
        if (!digits(low) || !high.isEmpty() && !digits(high)) {
            return -1;
        }
        int least = number(low);
        int most = high.isEmpty() ? least : number(high);
        if (least > MAX_REPEAT || most > MAX_REPEAT || most < least) {
            throw fault("invalid repeat count", source.substring(at, close + 1));
        }
        return close + 1;
    }

    private static boolean digits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int number(String digits) {
        return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private void open() {
        depth++;
        if (!source.startsWith("(?", at)) {
            copy(1);
            return;
        }
        if (source.startsWith("(?P<", at) || source.startsWith("(?<", at)) {
            boolean behind = source.startsWith("(?<=", at) || source.startsWith("(?<!", at);
            int end = source.indexOf('>', at);
            if (behind) {
                throw fault("invalid or unsupported Perl syntax", source.substring(at, at + 4));
            }
            if (end < 0) {
                throw fault("invalid named capture", source.substring(at));
            }
            String name = source.substring(source.indexOf('<', at) + 1, end);
            if (!name.matches("[A-Za-z0-9_]+")) {
                throw fault("invalid named capture", source.substring(at, end + 1));
            }
            out.append('(');
            at = end + 1;
            return;
        }
        int end = at + 2;
        while (end < source.length() && "imsU-".indexOf(source.charAt(end)) >= 0) {
            end++;
        }
        if (end >= source.length()) {
            throw fault("missing argument to repetition operator", "?");
        }
        char c = source.charAt(end);
        if (c != ':' && c != ')') {
            throw fault("invalid or unsupported Perl syntax", source.substring(at, end + 1));
        }
        if (c == ')') {
            depth--;
        }
        out.append(source.substring(at, end + 1).replace("U", ""));
        at = end + 1;
    }

    private void set() {
        int start = at;
        copy(1);
        if (at < source.length() && source.charAt(at) == '^') {
            copy(1);
        }
        boolean first = true;
        while (at < source.length() && (first || source.charAt(at) != ']')) {
            first = false;
            char c = source.charAt(at);
            if (source.startsWith("[:", at) && source.indexOf(":]", at) > 0) {
                named();
            } else if (c == '\\') {
                escape();
            } else {
                range();
            }
        }
        if (at >= source.length()) {
            throw fault("missing closing ]", source.substring(start));
        }
        copy(1);
    }

    private void range() {
        char c = source.charAt(at);
        if (at + 2 < source.length()
                && source.charAt(at + 1) == '-'
                && source.charAt(at + 2) != ']'
                && source.charAt(at + 2) != '\\'
                && source.charAt(at + 2) < c) {
            throw fault("invalid character class range", source.substring(at, at + 3));
        }
        if (c == '[' || c == '&' || c == ']') {
            out.append('\\');
        }
        copy(1);
    }

    private void named() {
        int end = source.indexOf(":]", at);
        String name = source.substring(at + 2, end);
        boolean not = name.startsWith("^");
        String java =
                switch (not ? name.substring(1) : name) {
                    case "alnum" -> "Alnum";
                    case "alpha" -> "Alpha";
                    case "ascii" -> "ASCII";
                    case "blank" -> "Blank";
                    case "cntrl" -> "Cntrl";
                    case "digit" -> "Digit";
                    case "graph" -> "Graph";
                    case "lower" -> "Lower";
                    case "print" -> "Print";
                    case "punct" -> "Punct";
                    case "space" -> "Space";
                    case "upper" -> "Upper";
                    case "xdigit" -> "XDigit";
                    case "word" -> "w";
                    default -> throw fault("invalid character class range", source.substring(at, end + 2));
                };
        if (java.equals("w")) {
            out.append(not ? "\\W" : "\\w");
        } else {
            out.append(not ? "\\P{" : "\\p{").append(java).append('}');
        }
        at = end + 2;
    }

    private void escape() {
        if (at + 1 >= source.length()) {
            throw fault("trailing backslash at end of expression", "");
        }
        char c = source.charAt(at + 1);
        if (c == 'Q') {
            int end = source.indexOf("\\E", at);
            String inside = source.substring(at + 2, end < 0 ? source.length() : end);
            out.append(Pattern.quote(inside));
            at = end < 0 ? source.length() : end + 2;
        } else if (c == 'x' && at + 2 < source.length() && source.charAt(at + 2) == '{') {
            int end = source.indexOf('}', at);
            if (end < 0) {
                throw fault("invalid escape sequence", source.substring(at, at + 3));
            }
            copy(end + 1 - at);
        } else if (c == 'C') {
            out.append("(?s:.)");
            at += 2;
        } else if ("pPdDsSwWbBAzafnrtvx0".indexOf(c) >= 0) {
            copy(2);
        } else if (c < 128 && !Character.isLetterOrDigit(c)) {
            copy(2);
        } else {
            throw fault("invalid escape sequence", "\\" + c);
        }
    }
}
