package dev.kubejar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Manifests, what a real server made of them, and its verdicts on damaged ones. */
public final class Corpus {
    private Corpus() {}

    /** One damaged manifest and the server's answer. */
    public record Verdict(String base, String verb, JsonNode patch, int code, String message, JsonNode node) {}

    public static JsonNode base(String name) throws IOException {
        return read("base/" + name);
    }

    public static JsonNode defaulted(String name) throws IOException {
        return read("defaulted/" + name);
    }

    private static JsonNode read(String name) throws IOException {
        try (InputStream in = Corpus.class.getResourceAsStream("/corpus/" + name + ".json")) {
            return Json.read(in.readAllBytes());
        }
    }

    public static List<Verdict> verdicts() throws IOException {
        List<Verdict> verdicts = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Corpus.class.getResourceAsStream("/corpus/verdicts.jsonl.gz")),
                StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode node = Json.read(line);
                verdicts.add(new Verdict(
                        node.get("base").asText(),
                        node.path("verb").asText("create"),
                        node.get("patch"),
                        node.get("code").asInt(),
                        node.path("message").asText(),
                        node));
            }
        }
        return verdicts;
    }

    /** The base manifest with the verdict's damage. */
    public static JsonNode damaged(Verdict verdict) throws IOException {
        JsonNode object = base(verdict.base()).deepCopy();
        for (JsonNode operation : verdict.patch()) {
            apply(object, operation);
        }
        return object;
    }

    private static void apply(JsonNode object, JsonNode operation) {
        String[] path = operation.get("path").asText().substring(1).split("/", -1);
        JsonNode at = object;
        for (int i = 0; i < path.length - 1; i++) {
            at = at.isArray() ? at.get(Integer.parseInt(path[i])) : at.get(unescape(path[i]));
        }
        String last = unescape(path[path.length - 1]);
        boolean remove = operation.get("op").asText().equals("remove");
        if (at instanceof ArrayNode array) {
            if (remove) {
                array.remove(Integer.parseInt(last));
            } else if (last.equals("-")) {
                array.add(operation.get("value"));
            } else {
                array.set(Integer.parseInt(last), operation.get("value"));
            }
        } else if (remove) {
            ((ObjectNode) at).remove(last);
        } else {
            ((ObjectNode) at).set(last, operation.get("value"));
        }
    }

    private static String unescape(String part) {
        return part.replace("~1", "/").replace("~0", "~");
    }
}
