package dev.kubejar.api;

import dev.kubejar.client.Response;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;
import java.time.Instant;
import java.util.List;

/** An answer in the form that was asked for: a table, or the objects' metadata alone; a Status stays as it is. */
final class Forms {
    private static final String META = "meta.k8s.io/v1";

    private Forms() {}

    static Response of(Call call, Response response, Instant now) {
        boolean list = response.isList();
        if (!list && response.object().kind().equals("Status")) {
            return response;
        }
        if (call.request.table) {
            return table(call, response, now);
        }
        if (!list) {
            return Response.of(partial(response.object()), call.warnings());
        }
        Obj head = Obj.create(META, "PartialObjectMetadataList")
                .set("metadata", response.object().at("metadata"));
        return Response.of(head, response.items().stream().map(Forms::partial).toList(), call.warnings());
    }

    private static Response table(Call call, Response response, Instant now) {
        String include = call.request.includeObject;
        if (!List.of("", "None", "Metadata", "Object").contains(include)) {
            throw ApiError.badRequest("Unable to convert to Table as requested: includeObject: Invalid value: "
                    + GoText.quoted(include) + ": must be 'Metadata', 'Object', 'None', or empty");
        }
        Obj head = Obj.create();
        if (response.isList()) {
            head.set("metadata", response.object().at("metadata"));
        } else {
            head.set("metadata.resourceVersion", response.object().resourceVersion());
        }
        List<Obj> objects = response.isList() ? response.items() : List.of(response.object());
        return Response.of(Tables.table(call.kind, objects, head.at("metadata"), include, now), call.warnings());
    }

    static Obj partial(Obj object) {
        return Obj.create(META, "PartialObjectMetadata")
                .set("metadata", object.at("metadata"))
                .freeze();
    }
}
