package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.Request;
import dev.kubejar.client.Verb;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.patch.JsonPatch;
import dev.kubejar.schema.patch.MergePatch;
import dev.kubejar.schema.patch.PatchError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The scale subresource: an autoscaling/v1 Scale as another view of an object's replicas. */
final class Scales {
    private final Parts parts;
    private final Update update;

    Scales(Parts parts, Update update) {
        this.parts = parts;
        this.update = update;
    }

    Obj handle(Call call) {
        Obj present = parts.registry().find(call.stored, call.namespace(), call.request.name);
        if (present == null) {
            throw ApiError.notFound(call.resource(), call.request.name);
        }
        Obj scale = scale(call.kind, call.fromStorage(present));
        if (call.request.verb == Verb.GET) {
            return scale;
        }
        Obj wanted = wanted(call.request, scale);
        check(wanted, scale, call);
        Update.Result result = update.update(
                call,
                object -> {
                    object.set(call.kind.scale().replicas(), wanted.number("spec.replicas"));
                    return object;
                },
                false);
        return scale(call.kind, call.fromStorage(result.stored()));
    }

    private static Obj wanted(Request request, Obj scale) {
        try {
            JsonNode wanted =
                    switch (request.verb) {
                        case UPDATE -> request.body;
                        default ->
                            request.patchType == Request.PatchType.JSON
                                    ? JsonPatch.apply(scale.node(), request.body)
                                    : MergePatch.apply(scale.node(), request.body);
                    };
            if (wanted instanceof ObjectNode object) {
                return Obj.of(object.deepCopy());
            }
            throw ApiError.badRequest("the object provided is unrecognized (must be of type Scale)");
        } catch (PatchError e) {
            throw ApiError.badRequest(e.getMessage());
        }
    }

    private static void check(Obj wanted, Obj scale, Call call) {
        JsonNode replicas = wanted.at("spec.replicas");
        if (!replicas.isMissingNode() && !replicas.isIntegralNumber()) {
            throw ApiError.badRequest("Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal "
                    + Decoding.goKind(replicas) + " into Go struct field ScaleSpec.spec.replicas of type int32");
        }
        if (replicas.asLong() < 0) {
            throw ApiError.invalid(
                    "autoscaling",
                    "Scale",
                    scale.name(),
                    List.of(new ApiError.Cause(
                            "FieldValueInvalid",
                            "Invalid value: " + replicas + ": must be greater than or equal to 0",
                            "spec.replicas")));
        }
        String version = wanted.resourceVersion();
        if (!version.isEmpty() && !version.equals(scale.resourceVersion())) {
            throw ApiError.modified(call.resource(), scale.name());
        }
    }

    /** The Scale that stands for an object. */
    static Obj scale(Kind kind, Obj object) {
        Kind.Scale paths = kind.scale();
        Obj scale = Obj.create("autoscaling/v1", "Scale");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            Trees.carry("metadata." + field, object, scale);
        }
        scale.child("spec");
        long replicas = object.number(paths.replicas());
        if (replicas != 0) {
            scale.set("spec.replicas", replicas);
        }
        scale.set("status.replicas", object.number(paths.statusReplicas()));
        String selector = selector(object.at(paths.selector()));
        return selector.isEmpty() ? scale : scale.set("status.selector", selector);
    }

    private static String selector(JsonNode selector) {
        if (!selector.isObject()) {
            return selector.asText("");
        }
        boolean structured = selector.has("matchLabels") || selector.has("matchExpressions");
        if (structured) {
            return LabelSelector.of(selector).toString();
        }
        Map<String, String> labels = new TreeMap<>();
        selector.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return LabelSelector.ofMap(labels).toString();
    }
}
