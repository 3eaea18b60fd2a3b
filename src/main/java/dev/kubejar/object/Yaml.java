package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** YAML text to tree and back, as sigs.k8s.io/yaml has it. Streams of several documents are {@link Documents}' affair. */
public final class Yaml {
    private Yaml() {}

    /** The text that kubectl prints with {@code -o yaml}; it ends with a newline. */
    public static String write(JsonNode node) {
        YamlWriter writer = new YamlWriter();
        writer.document(node);
        return writer.text();
    }

    /** The text that kubectl prints with {@code -o kyaml}, its {@code ---} included. */
    public static String writeKyaml(JsonNode node) {
        return new KyamlWriter().document(node);
    }

    /**
     * Reads one document, as yaml.YAMLToJSON does.
     *
     * @throws ParseError {@code yaml: line 3: …}
     */
    public static JsonNode read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return YamlReader.read(Documents.decoded(bytes), Limits.FILES, null).root();
    }

    /**
     * Reads JSON where the text begins with a brace and YAML otherwise, as apimachinery's yaml.ToJSON does.
     *
     * @throws ParseError in the words of the reader that was chosen
     */
    public static JsonNode readEither(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Documents.looksLikeJson(bytes) ? JsonReader.only(bytes, Limits.FILES) : read(text);
    }
}
