package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.shell.Node.Literal;
import dev.kubejar.kubelet.shell.Node.Parameter;
import dev.kubejar.kubelet.shell.Node.Part;
import dev.kubejar.kubelet.shell.Node.Word;
import java.util.ArrayList;
import java.util.List;

/** Reads words: quotes, parameters, substitutions. It shares its position with the {@link Tokens} that asked. */
final class WordReader {
    private static final String SPECIAL = "@*#?$!-";
    private static final int MAX_DEPTH = 100;

    private final Tokens parser;
    private final String text;

    WordReader(Tokens parser, String text) {
        this.parser = parser;
        this.text = text;
    }

    private boolean atEnd() {
        return parser.at >= text.length();
    }

    private char peek() {
        return text.charAt(parser.at);
    }

    private char take() {
        char c = text.charAt(parser.at++);
        if (c == '\n') {
            parser.line++;
        }
        return c;
    }

    /** Collects parts, joining neighbouring literals of the same kind. */
    private static final class Parts {
        final List<Part> list = new ArrayList<>();
        private final StringBuilder plain = new StringBuilder();
        private boolean quoted;

        void text(char c, boolean inQuotes) {
            if (inQuotes != quoted) {
                flush();
                quoted = inQuotes;
            }
            plain.append(c);
        }

        void add(Part part) {
            flush();
            list.add(part);
        }

        void flush() {
            if (plain.length() > 0) {
                list.add(new Literal(plain.toString(), quoted));
                plain.setLength(0);
            }
        }

        Word word() {
            flush();
            return new Word(list);
        }
    }

    /** One word up to a blank or an operator. */
    Word word() throws SyntaxError {
        Parts parts = new Parts();
        if (!atEnd() && peek() == '~') {
            tilde(parts, "");
        }
        while (!atEnd() && !ends(peek())) {
            piece(parts, false);
            if (parts.list.isEmpty() && !atEnd() && peek() == '~' && assigns(parts)) {
                tilde(parts, "");
            }
        }
        return parts.word();
    }

    private static boolean assigns(Parts parts) {
        int length = parts.plain.length();
        return length > 1
                && !parts.quoted
                && (parts.plain.charAt(length - 1) == '='
                        || parts.plain.charAt(length - 1) == ':' && parts.plain.indexOf("=") > 0);
    }

    private static boolean ends(char c) {
        return " \t\n;&|<>()".indexOf(c) >= 0;
    }

    private void tilde(Parts parts, String stops) {
        int end = parser.at + 1;
        while (end < text.length() && (Text.namePart(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        if (end == text.length()
                || ends(text.charAt(end))
                || text.charAt(end) == '/'
                || text.charAt(end) == ':'
                || stops.indexOf(text.charAt(end)) >= 0) {
            parts.add(new Node.Tilde(text.substring(parser.at + 1, end)));
            parser.at = end;
        }
    }

    /** One piece outside of double quotes; in an argument of {@code ${…}} that itself stands in quotes, quotes mean little. */
    private void piece(Parts parts, boolean inQuotes) throws SyntaxError {
        char c = take();
        switch (c) {
            case '\\' -> escape(parts, inQuotes);
            case '\'' -> {
                if (inQuotes) {
                    parts.text(c, true);
                } else {
                    single(parts);
                }
            }
            case '"' -> doubled(parts);
            case '$' -> dollar(parts, inQuotes);
            case '`' -> parts.add(backquoted(inQuotes));
            default -> parts.text(c, inQuotes);
        }
    }

    private void escape(Parts parts, boolean inQuotes) {
        if (atEnd()) {
            parts.text('\\', inQuotes);
            return;
        }
        char c = take();
        if (c == '\n') {
            return;
        }
        if (inQuotes && "$`\"\\}".indexOf(c) < 0) {
            parts.text('\\', true);
        }
        parts.text(c, true);
    }

    private void single(Parts parts) throws SyntaxError {
        parts.add(new Literal("", true));
        int start = parser.line;
        while (true) {
            if (atEnd()) {
                throw new SyntaxError("syntax error: unterminated quoted string", start, true);
            }
            char c = take();
            if (c == '\'') {
                return;
            }
            parts.text(c, true);
        }
    }

    private void doubled(Parts parts) throws SyntaxError {
        parts.add(new Literal("", true));
        int start = parser.line;
        while (true) {
            if (atEnd()) {
                throw new SyntaxError("syntax error: unterminated quoted string", start, true);
            }
            char c = take();
            switch (c) {
                case '"' -> {
                    return;
                }
                case '\\' -> quotedEscape(parts, "$`\"\\");
                case '$' -> dollar(parts, true);
                case '`' -> parts.add(backquoted(true));
                default -> parts.text(c, true);
            }
        }
    }

    private void quotedEscape(Parts parts, String escapable) {
        if (atEnd()) {
            parts.text('\\', true);
            return;
        }
        char c = take();
        if (c == '\n') {
            return;
        }
        if (escapable.indexOf(c) < 0) {
            parts.text('\\', true);
        }
        parts.text(c, true);
    }

    private void dollar(Parts parts, boolean quoted) throws SyntaxError {
        if (atEnd()) {
            parts.text('$', quoted);
            return;
        }
        char c = peek();
        if (text.startsWith("((", parser.at)) {
            int mark = parser.at;
            int line = parser.line;
            parser.at += 2;
            Word expression = arithmetic();
            if (expression != null) {
                parts.add(new Node.Arithmetic(expression, quoted));
                return;
            }
            parser.at = mark;
            parser.line = line;
        }
        if (c == '(') {
            parser.at++;
            parts.add(new Node.Substitution(parser.nested(")"), quoted));
        } else if (c == '{') {
            parser.at++;
            parts.add(braced(quoted));
        } else if (Text.nameStart(c)) {
            parts.add(new Parameter(name(), "", null, null, quoted));
        } else if (c >= '0' && c <= '9' || SPECIAL.indexOf(c) >= 0) {
            parser.at++;
            parts.add(new Parameter(String.valueOf(c), "", null, null, quoted));
        } else if (c == '\'' && !quoted) {
            parser.at++;
            ansi(parts);
        } else {
            parts.text('$', quoted);
        }
    }

    /** {@code $'…'} with backslash escapes. */
    private void ansi(Parts parts) throws SyntaxError {
        parts.add(new Literal("", true));
        StringBuilder raw = new StringBuilder();
        while (true) {
            if (atEnd()) {
                throw new SyntaxError("syntax error: unterminated quoted string", parser.line, true);
            }
            char c = take();
            if (c == '\'') {
                break;
            }
            raw.append(c);
            if (c == '\\' && !atEnd()) {
                raw.append(take());
            }
        }
        for (char c : Escapes.decode(raw.toString(), true).text().toCharArray()) {
            parts.text(c, true);
        }
    }

    private String name() {
        int start = parser.at;
        while (!atEnd() && Text.namePart(peek())) {
            parser.at++;
        }
        return text.substring(start, parser.at);
    }

    private Part braced(boolean quoted) throws SyntaxError {
        parser.deeper(MAX_DEPTH);
        int line = parser.line;
        String operator = "";
        if (!atEnd() && peek() == '#' && parser.at + 1 < text.length() && text.charAt(parser.at + 1) != '}') {
            parser.at++;
            operator = "#len";
        }
        String name = parameterName(line);
        if (atEnd()) {
            throw new SyntaxError("syntax error: missing '}'", line, true);
        }
        if (peek() == '}') {
            parser.at++;
            parser.shallower();
            return new Parameter(name, operator, null, null, quoted);
        }
        operator = operator();
        boolean trims = operator.startsWith("%") || operator.startsWith("#");
        Word argument = argument(quoted && !trims, operator.startsWith("/") ? "/}" : operator.equals(":") ? ":}" : "}");
        Word second = null;
        if (peek() != '}') {
            parser.at++;
            second = argument(quoted && !trims, "}");
        }
        parser.at++;
        parser.shallower();
        return new Parameter(name, operator, argument, second, quoted);
    }

    private String parameterName(int line) throws SyntaxError {
        if (!atEnd() && Text.nameStart(peek())) {
            return name();
        }
        int start = parser.at;
        while (!atEnd() && peek() >= '0' && peek() <= '9') {
            parser.at++;
        }
        if (parser.at == start && !atEnd() && SPECIAL.indexOf(peek()) >= 0) {
            parser.at++;
        }
        if (parser.at == start) {
            throw new SyntaxError("syntax error: bad substitution", line, atEnd());
        }
        return text.substring(start, parser.at);
    }

    private String operator() throws SyntaxError {
        for (String each : List.of(":-", ":=", ":?", ":+", "%%", "##", "//", "-", "=", "?", "+", "%", "#", "/", ":")) {
            if (text.startsWith(each, parser.at)) {
                parser.at += each.length();
                return each;
            }
        }
        throw new SyntaxError("syntax error: bad substitution", parser.line, false);
    }

    private Word argument(boolean inQuotes, String stops) throws SyntaxError {
        Parts parts = new Parts();
        int start = parser.line;
        if (!atEnd() && peek() == '~' && !inQuotes) {
            tilde(parts, "}");
        }
        while (true) {
            if (atEnd()) {
                throw new SyntaxError("syntax error: missing '}'", start, true);
            }
            if (stops.indexOf(peek()) >= 0) {
                return parts.word();
            }
            piece(parts, inQuotes);
        }
    }

    /** The inside of {@code $((…))}, or null where it turns out to be a command in parentheses. */
    private Word arithmetic() throws SyntaxError {
        Parts parts = new Parts();
        int depth = 0;
        int start = parser.line;
        while (true) {
            if (atEnd()) {
                throw new SyntaxError("syntax error: missing '))'", start, true);
            }
            char c = take();
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                if (depth == 0) {
                    if (atEnd() || peek() != ')') {
                        return null;
                    }
                    parser.at++;
                    return parts.word();
                }
                depth--;
            }
            switch (c) {
                case '\\' -> quotedEscape(parts, "$`\"\\");
                case '$' -> dollar(parts, true);
                case '`' -> parts.add(backquoted(true));
                case '"' -> {}
                default -> parts.text(c, true);
            }
        }
    }

    private Part backquoted(boolean quoted) throws SyntaxError {
        StringBuilder script = new StringBuilder();
        int start = parser.line;
        while (true) {
            if (atEnd()) {
                throw new SyntaxError("syntax error: EOF in backquote substitution", start, true);
            }
            char c = take();
            if (c == '`') {
                return new Node.Substitution(new Parser(script.toString(), start).whole(), quoted);
            }
            if (c == '\\' && !atEnd()) {
                char next = take();
                if (next == '\n') {
                    continue;
                }
                if (next != '`' && next != '\\' && next != '$' && !(quoted && next == '"')) {
                    script.append('\\');
                }
                script.append(next);
            } else {
                script.append(c);
            }
        }
    }

    /** The text of a here-document, in which parameters and substitutions are replaced. */
    static Word document(String text, int line) throws SyntaxError {
        Parser parser = new Parser(text, line);
        WordReader reader = new WordReader(parser, text);
        Parts parts = new Parts();
        while (!reader.atEnd()) {
            char c = reader.take();
            switch (c) {
                case '\\' -> reader.quotedEscape(parts, "$`\\");
                case '$' -> reader.dollar(parts, true);
                case '`' -> parts.add(reader.backquoted(true));
                default -> parts.text(c, true);
            }
        }
        return parts.word();
    }
}
