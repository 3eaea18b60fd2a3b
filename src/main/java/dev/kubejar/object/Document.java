package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One document of a file or stream: its tree, and where its parts stand in the source. */
public final class Document {
    private final String source;
    private final JsonNode root;
    private final List<String> duplicates;
    private final int firstLine;
    private final byte[] text;
    private final boolean json;
    private Map<String, Integer> lines;

    Document(String source, JsonNode root, List<String> duplicates, int firstLine, byte[] text, boolean json) {
        this.source = source;
        this.root = root;
        this.duplicates = List.copyOf(duplicates);
        this.firstLine = firstLine;
        this.text = text;
        this.json = json;
    }

    /** The file's name, {@code STDIN} or a URL. */
    public String source() {
        return source;
    }

    /** The tree; mostly a map, but whatever the author wrote. */
    public JsonNode root() {
        return root;
    }

    /** The tree as an object; an empty one where it is none. */
    public Obj object() {
        return root instanceof ObjectNode node ? Obj.of(node) : Obj.create();
    }

    /** Paths of keys that the author wrote twice ({@code data.k}); the last one counted. */
    public List<String> duplicates() {
        return duplicates;
    }

    /** The line of the source, from 1, on which the document begins. */
    public int firstLine() {
        return firstLine;
    }

    /**
     * The line of the source on which a path's field stands ({@code spec.containers[0].name}), or that of the nearest
     * parent that was written. The first call reads the document again.
     */
    public int line(String path) {
        if (lines == null) {
            lines = new HashMap<>();
            if (json) {
                new JsonReader(text, 0, Limits.FILES, lines).next();
            } else {
                YamlReader.read(Documents.decoded(text), Limits.FILES, lines);
            }
        }
        String known = path;
        while (!known.isEmpty() && !lines.containsKey(known)) {
            known = known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
        }
        return firstLine - 1 + lines.getOrDefault(known, 1);
    }
}
