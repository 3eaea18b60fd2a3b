package dev.kubejar.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        return of(call, error.code(), status(error));
    }

    private static Obj status(ApiError error) {
        Obj status = Obj.create("v1", "Status");
        status.set("metadata", Json.object()).set("status", "Failure").set("message", error.getMessage());
        if (!error.reason().isEmpty()) {
            status.set("reason", error.reason());
        }
        Obj details = status.child("details");
        ApiError.Details about = error.details();
        String[][] fields = {{"name", about.name()}, {"group", about.group()}, {"kind", about.kind()}};
        for (String[] field : fields) {
            if (!field[1].isEmpty()) {
                details.set(field[0], field[1]);
            }
        }
        List<Obj> causes = new ArrayList<>();
        for (ApiError.Cause cause : error.causes()) {
            causes.add(Obj.create()
                    .set("reason", cause.reason())
                    .set("message", cause.message())
                    .set("field", cause.field()));
        }
        if (!causes.isEmpty()) {
            details.set("causes", causes);
        }
        return status.set("code", error.code());
    }
}
