package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Reads a stream of JSON values byte by byte; it accepts and refuses what Go's encoding/json does, in its words. */
final class JsonReader {
    /** A syntax error, with the number of bytes read up to it. */
    static final class Syntax extends RuntimeException {
        private static final long serialVersionUID = 1;
        final long offset;

        Syntax(String message, long offset) {
            super(message, null, false, false);
            this.offset = offset;
        }
    }

    private final byte[] bytes;
    private final Limits limits;
    private final Map<String, Integer> lines;
    private int pos;
    private int line = 1;
    private int counted;
    private TreeBuilder tree;

    JsonReader(byte[] bytes, int from, Limits limits, Map<String, Integer> lines) {
        this.bytes = bytes;
        this.pos = from;
        this.counted = from;
        this.limits = limits;
        this.lines = lines;
    }

    /** Where the next value would be looked for. */
    int position() {
        return pos;
    }

    List<String> duplicates() {
        return tree.duplicates();
    }

    /**
     * The next value; null at the end of the stream.
     *
     * @throws Syntax as a json.SyntaxError
     * @throws ParseError for what is not a syntax error, {@code unexpected EOF} above all
     */
    JsonNode next() {
        space();
        if (pos >= bytes.length) {
            return null;
        }
        tree = new TreeBuilder(limits, lines);
        begin();
        while (tree.top() != null) {
            if (tree.top().node.isArray()) {
                afterElement();
            } else {
                afterField();
            }
        }
        return tree.root();
    }

    /** One value alone, as json.Unmarshal reads it. */
    static JsonNode only(byte[] bytes, Limits limits) {
        try {
            JsonReader reader = new JsonReader(bytes, 0, limits, null);
            JsonNode value = reader.next();
            if (value == null) {
                throw new ParseError("unexpected end of JSON input");
            }
            reader.space();
            if (reader.pos < bytes.length) {
                throw reader.fault("after top-level value");
            }
            return value;
        } catch (Syntax e) {
            throw new ParseError(e.getMessage());
        } catch (ParseError e) {
            throw e.getMessage().equals("unexpected EOF") ? new ParseError("unexpected end of JSON input") : e;
        }
    }

    private Syntax fault(String context) {
        String quoted = GoText.quoted(bytes[pos] & 0xFF);
        return new Syntax("invalid character " + quoted + " " + context, pos + 1L);
    }

    private int peek() {
        if (pos >= bytes.length) {
            throw new ParseError("unexpected EOF");
        }
        return bytes[pos];
    }

    private void space() {
        while (pos < bytes.length && blank(bytes[pos])) {
            pos++;
        }
    }

    private static boolean blank(byte c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private int line() {
        if (lines != null) {
            for (; counted < pos; counted++) {
                line += bytes[counted] == '\n' ? 1 : 0;
            }
        }
        return line;
    }

    /** A value's first character: a scalar is read whole, a map or list is opened. */
    private void begin() {
        int c = peek();
        switch (c) {
            case '{' -> {
                start(true);
                space();
                if (peek() == '}') {
                    close();
                } else {
                    field();
                }
            }
            case '[' -> {
                start(false);
                space();
                if (peek() == ']') {
                    close();
                } else {
                    begin1();
                }
            }
            default -> scalar(c);
        }
    }

    // begin() calls itself through here once for each opening bracket that follows another directly.
    private void begin1() {
        while (true) {
            int c = peek();
            if (c != '[') {
                begin();
                return;
            }
            start(false);
            space();
            if (peek() == ']') {
                close();
                return;
            }
        }
    }

    private void start(boolean map) {
        try {
            tree.start(map ? Json.object() : Json.array(), line());
        } catch (ParseError e) {
            throw e.getMessage().startsWith("exceeded") ? new Syntax("exceeded max depth", pos + 1L) : e;
        }
        pos++;
    }

    private void close() {
        pos++;
        tree.end();
    }

    private void afterElement() {
        space();
        int c = peek();
        if (c == ']') {
            close();
        } else if (c == ',') {
            pos++;
            space();
            begin();
        } else {
            throw fault("after array element");
        }
    }

    private void afterField() {
        if (tree.top().key != null) {
            space();
            begin();
            return;
        }
        space();
        int c = peek();
        if (c == '}') {
            close();
        } else if (c == ',') {
            pos++;
            space();
            field();
        } else {
            throw fault("after object key:value pair");
        }
    }

    /** A key and its colon; the value follows in the main loop, so that depth costs no stack. */
    private void field() {
        if (peek() != '"') {
            throw fault("looking for beginning of object key string");
        }
        int at = line();
        tree.key(string(), at);
        space();
        if (peek() != ':') {
            throw fault("after object key");
        }
        pos++;
    }

    private void scalar(int c) {
        int at = line();
        switch (c) {
            case '"' -> tree.scalar(Json.NODES.textNode(string()), at);
            case 't' -> {
                literal("true");
                tree.scalar(Json.NODES.booleanNode(true), at);
            }
            case 'f' -> {
                literal("false");
                tree.scalar(Json.NODES.booleanNode(false), at);
            }
            case 'n' -> {
                literal("null");
                tree.scalar(Json.NODES.nullNode(), at);
            }
            default -> {
                if (c != '-' && !digit(c)) {
                    throw fault("looking for beginning of value");
                }
                tree.scalar(number(), at);
            }
        }
    }

    private void literal(String word) {
        pos++;
        for (int i = 1; i < word.length(); i++, pos++) {
            if (peek() != word.charAt(i)) {
                throw fault("in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private JsonNode number() {
        int start = pos;
        if (bytes[pos] == '-') {
            pos++;
        }
        if (!digit(peek())) {
            throw fault("in numeric literal");
        }
        if (bytes[pos] == '0') {
            pos++;
        } else {
            digits();
        }
        boolean whole = true;
        if (pos < bytes.length && bytes[pos] == '.') {
            whole = false;
            pos++;
            if (!digit(peek())) {
                throw fault("after decimal point in numeric literal");
            }
            digits();
        }
        if (pos < bytes.length && (bytes[pos] == 'e' || bytes[pos] == 'E')) {
            whole = false;
            pos++;
            if (peek() == '+' || peek() == '-') {
                pos++;
            }
            if (!digit(peek())) {
                throw fault("in exponent of numeric literal");
            }
            digits();
        }
        String text = new String(bytes, start, pos - start, StandardCharsets.ISO_8859_1);
        JsonNode node = GoNumber.node(text, whole);
        if (node == null) {
            throw new ParseError("json: cannot unmarshal number " + text + " into Go value of type float64");
        }
        return node;
    }

    private void digits() {
        while (pos < bytes.length && digit(bytes[pos])) {
            pos++;
        }
    }

    private String string() {
        int start = ++pos;
        while (true) {
            int c = peek();
            if (c == '"') {
                String text = new String(bytes, start, pos - start, StandardCharsets.UTF_8);
                pos++;
                return text;
            }
            if (c == '\\') {
                return escaped(start);
            }
            control(c);
            pos++;
        }
    }

    private void control(int c) {
        if (c >= 0 && c < 0x20) {
            throw fault("in string literal");
        }
    }

    private String escaped(int start) {
        StringBuilder out = new StringBuilder();
        int from = start;
        while (true) {
            int c = peek();
            if (c != '"' && c != '\\') {
                control(c);
                pos++;
                continue;
            }
            out.append(new String(bytes, from, pos - from, StandardCharsets.UTF_8));
            pos++;
            if (c == '"') {
                return lone(out);
            }
            out.append(escape());
            from = pos;
        }
    }

    private char escape() {
        int c = peek();
        int plain = "\"\\/bfnrt".indexOf(c);
        if (plain >= 0 && c > 0) {
            pos++;
            return "\"\\/\b\f\n\r\t".charAt(plain);
        }
        if (c != 'u') {
            throw fault("in string escape code");
        }
        pos++;
        int code = 0;
        for (int i = 0; i < 4; i++, pos++) {
            int digit = peek() < 0 ? -1 : Character.digit(bytes[pos], 16);
            if (digit < 0) {
                throw fault("in \\u hexadecimal character escape");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    /** Half a surrogate pair becomes U+FFFD, as in Go. */
    private static String lone(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    i++;
                } else {
                    text.setCharAt(i, '\uFFFD');
                }
            }
        }
        return text.toString();
    }
}
