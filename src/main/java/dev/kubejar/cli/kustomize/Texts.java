package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Document;
import dev.kubejar.object.Documents;
import dev.kubejar.object.Limits;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import java.util.ArrayList;
import java.util.List;

/** YAML as kustomize reads it: objects with their metadata, lists taken apart. */
final class Texts {
    private Texts() {}

    /** Every document that is not empty. */
    static List<JsonNode> documents(byte[] text) {
        List<JsonNode> found = new ArrayList<>();
        try {
            Documents documents = Documents.open("", text, Limits.FILES);
            for (Document next = documents.next(); next != null; next = documents.next()) {
                found.add(next.root());
            }
        } catch (ParseError e) {
            String message = e.getMessage();
            int yaml = message.indexOf("yaml: ");
            throw KustomizeError.malformed("MalformedYAMLError: " + (yaml < 0 ? message : message.substring(yaml)));
        }
        return found;
    }

    /** The objects of a text; throws where one has no kind or name. */
    static List<Res> objects(byte[] text) {
        List<Res> found = new ArrayList<>();
        for (JsonNode document : documents(text)) {
            collect(document, found);
        }
        return found;
    }

    private static void collect(JsonNode document, List<Res> found) {
        if (!(document instanceof ObjectNode node)) {
            throw new KustomizeError("wrong node kind: expected MappingNode but got "
                    + (document.isArray() ? "SequenceNode" : "ScalarNode"));
        }
        if (node.isEmpty()) {
            return;
        }
        Obj object = Obj.of(node);
        if (!object.has("kind") && !object.has("metadata")) {
            throw new KustomizeError("missing Resource metadata");
        }
        if (object.kind().endsWith("List") && object.at("items").isArray()) {
            object.at("items").forEach(item -> collect(item, found));
            return;
        }
        if (object.kind().isEmpty()) {
            throw new KustomizeError("missing kind in object " + object);
        }
        if (object.name().isEmpty() && !object.kind().endsWith("List")) {
            throw new KustomizeError("missing metadata.name in object {{" + object.apiVersion() + " " + object.kind()
                    + "} {{ } map[] map[]}}");
        }
        found.add(new Res(node));
    }
}
