package dev.kubejar.bootstrap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kubejar.object.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bootstrap's small text tables: a line an entry, {@code #} for remarks. */
final class Lines {
    private Lines() {}

    static List<String> of(String resource) {
        try (InputStream in = Lines.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A comma-separated list as an array; {@code core} is the empty group. */
    static ArrayNode list(String words) {
        ArrayNode list = Json.array();
        for (String word : words.split(",")) {
            list.add(word.equals("core") ? "" : word);
        }
        return list;
    }
}
