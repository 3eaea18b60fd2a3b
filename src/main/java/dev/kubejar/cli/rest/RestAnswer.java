package dev.kubejar.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An HTTP answer of the REST API. */
public record RestAnswer(int code, String contentType, byte[] body) {
    private static final String JSON = "application/json";

    static RestAnswer text(int code, String text) {
        return new RestAnswer(code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** An object, its kind and metadata first, as the server writes it. */
    static RestAnswer of(RestCall call, int code, Obj object) {
        ObjectNode node = ordered(object.node());
        String text = call.pretty() ? GoJson.indentedInOrder(node, "  ") : Json.text(node) + "\n";
        return new RestAnswer(code, JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode ordered(JsonNode given) {
        ObjectNode node = Json.object();
        for (String field : List.of("kind", "apiVersion", "metadata")) {
            if (given.has(field)) {
                node.set(field, given.get(field));
            }
        }
        given.properties().forEach(each -> node.set(each.getKey(), each.getValue()));
        return node;
    }

    /** A refusal as the Status that says so. */
    static RestAnswer of(RestCall call, ApiError error) {
        return of(call, error.code(), error.status());
    }
}
