package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The documents of a file or stream, one after the other, as kubectl's YAMLOrJSONDecoder finds them: a stream that
 * begins with a brace is read as JSON values until one is not JSON, anything else as YAML documents parted by lines
 * that begin with {@code ---}. Empty ones are passed over.
 */
public final class Documents {
    private static final int GUESS = 4_096;

    private final String source;
    private final byte[] bytes;
    private final Limits limits;
    private JsonReader json;
    private int jsonDocuments;
    private int pos;
    private int chunkStart;
    private int counted;
    private int line = 1;
    private RuntimeException jsonError;
    private boolean ended;

    private Documents(String source, byte[] bytes, Limits limits) {
        this.source = source;
        this.bytes = bytes;
        this.limits = limits;
        if (bytes.length > limits.bytes()) {
            throw tooLarge(source, limits);
        }
        if (looksLikeJson(bytes)) {
            json = new JsonReader(bytes, 0, limits, null);
        }
    }

    /** Opens a stream's bytes; nothing is read yet. */
    public static Documents open(String source, byte[] bytes, Limits limits) {
        return new Documents(source, bytes, limits);
    }

    /**
     * Reads a whole stream, within limits.
     *
     * @throws ParseError {@code error parsing SOURCE: …}
     */
    public static List<Document> read(String source, InputStream in, Limits limits) {
        try {
            byte[] bytes = in.readNBytes(limits.bytes() == Integer.MAX_VALUE ? limits.bytes() : limits.bytes() + 1);
            return read(source, bytes, limits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All documents of a stream.
     *
     * @throws ParseError {@code error parsing SOURCE: …}
     */
    public static List<Document> read(String source, byte[] bytes, Limits limits) {
        Documents documents = open(source, bytes, limits);
        List<Document> all = new ArrayList<>();
        for (Document each = documents.next(); each != null; each = documents.next()) {
            all.add(each);
        }
        return all;
    }

    private static ParseError tooLarge(String source, Limits limits) {
        return new ParseError("error parsing " + source + ": more than " + limits.bytes() + " bytes");
    }

    /** Whether the first character that is no space is an opening brace. */
    public static boolean looksLikeJson(byte[] bytes) {
        int end = Math.min(bytes.length, GUESS);
        int i = 0;
        while (i < end && (bytes[i] == ' ' || bytes[i] >= '\t' && bytes[i] <= '\r')) {
            i++;
        }
        return i < end && bytes[i] == '{';
    }

    /**
     * The next document that is not empty; null at the end.
     *
     * @throws ParseError {@code error parsing SOURCE: …}; nothing follows it
     */
    public Document next() {
        while (!ended) {
            Document found;
            try {
                found = json != null ? nextJson() : nextYaml();
            } catch (ParseError e) {
                ended = true;
                throw new ParseError("error parsing " + source + ": " + e.getMessage(), e.line());
            }
            if (found != null && !found.root().isNull()) {
                return found;
            }
        }
        return null;
    }

    /**
     * After a fault: goes on behind the document that has it.
     *
     * @return the text of that document; null where nothing more can be told apart
     */
    public String skip() {
        if (json != null || jsonError != null || pos <= chunkStart) {
            return null;
        }
        ended = false;
        return new String(bytes, chunkStart, pos - chunkStart, StandardCharsets.UTF_8);
    }

    private Document nextJson() {
        try {
            JsonNode root = json.next();
            if (root == null) {
                ended = true;
                return null;
            }
            jsonDocuments++;
            int start = skipSpace(pos);
            pos = json.position();
            byte[] text = Arrays.copyOfRange(bytes, start, pos);
            return new Document(source, root, json.duplicates(), lineAt(start), text, true);
        } catch (JsonReader.Syntax e) {
            switchToYaml(
                    jsonDocuments > 1 ? e.getMessage() : "json: offset " + e.offset + ": " + e.getMessage(),
                    lineOf((int) e.offset - 1));
        } catch (ParseError e) {
            switchToYaml(e.getMessage(), lineOf(bytes.length - 1));
        }
        return null;
    }

    // Two JSON values leave no doubt; after fewer the rest may still be YAML, such as {a: b}.
    private void switchToYaml(String message, int where) {
        ParseError error = new ParseError(message, where);
        if (jsonDocuments > 1) {
            throw error;
        }
        jsonError = error;
        json = null;
        while (pos < bytes.length && Character.isWhitespace(bytes[pos])) {
            if (bytes[pos++] == '\n') {
                break;
            }
        }
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < bytes.length && Character.isWhitespace(bytes[at])) {
            at++;
        }
        return at;
    }

    private int lineOf(int offset) {
        int found = 1;
        for (int i = 0; i < offset; i++) {
            found += bytes[i] == '\n' ? 1 : 0;
        }
        return found;
    }

    private int lineAt(int offset) {
        for (; counted < offset; counted++) {
            line += bytes[counted] == '\n' ? 1 : 0;
        }
        return line;
    }

    private Document nextYaml() {
        int start = pos;
        chunkStart = start;
        int end = chunk();
        if (end < 0) {
            ended = true;
            return null;
        }
        if (blank(start, end)) {
            return null;
        }
        try {
            byte[] text = Arrays.copyOfRange(bytes, start, end);
            YamlReader.Result result = YamlReader.read(decoded(text), limits, null);
            return new Document(source, result.root(), result.duplicates(), lineAt(start), text, false);
        } catch (ParseError e) {
            if (jsonError != null) {
                throw jsonError;
            }
            int at = e.line() == 0 ? lineAt(start) : lineAt(start) - 1 + e.line();
            throw new ParseError("error converting YAML to JSON: " + e.getMessage(), at);
        }
    }

    /** Moves past the next document and its separator; the end of the document, or -1 where there is none. */
    private int chunk() {
        if (pos >= bytes.length) {
            return -1;
        }
        int start = pos;
        while (pos < bytes.length) {
            int lineStart = pos;
            int newline = pos;
            while (newline < bytes.length && bytes[newline] != '\n') {
                newline++;
            }
            pos = Math.min(bytes.length, newline + 1);
            if (separator(lineStart, newline) && lineStart > start) {
                return lineStart;
            }
        }
        return pos;
    }

    private boolean separator(int from, int to) {
        if (to - from < 3 || bytes[from] != '-' || bytes[from + 1] != '-' || bytes[from + 2] != '-') {
            return false;
        }
        String rest = new String(bytes, from + 3, to - from - 3, StandardCharsets.UTF_8).strip();
        if (!rest.isEmpty() && rest.charAt(0) != '#') {
            throw jsonError != null ? jsonError : new ParseError("invalid Yaml document separator: " + rest);
        }
        return true;
    }

    /** Nothing but comments, separators and space: there is no need to wake the YAML parser. */
    private boolean blank(int start, int end) {
        boolean comment = false;
        boolean lineStart = true;
        for (int i = start; i < end; i++) {
            byte c = bytes[i];
            if (c == '\n') {
                comment = false;
                lineStart = true;
            } else if (lineStart && c == '-' && i + 2 < end && bytes[i + 1] == '-' && bytes[i + 2] == '-') {
                comment = true;
            } else if (c == '#' && lineStart) {
                comment = true;
            } else if (!comment && c != ' ' && c != '\r') {
                return false;
            }
            lineStart = lineStart && c == ' ' || c == '\n';
        }
        return true;
    }

    /** The text of a YAML document, checked as go-yaml's reader does. */
    static String decoded(byte[] bytes) {
        int from = bytes.length > 2 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF
                ? 3
                : 0;
        int plain = from;
        while (plain < bytes.length && (bytes[plain] >= 0x20 && bytes[plain] < 0x7F || bytes[plain] == '\n')) {
            plain++;
        }
        if (plain < bytes.length) {
            Utf8.check(bytes, plain);
        }
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }
}
