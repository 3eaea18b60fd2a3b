package dev.kubejar.api;

import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;

/** The life of custom objects beside their definition's: none begins while it ends, and the last that goes lets it go. */
final class CustomObjects implements Strategy {
    private final Parts parts;
    private final CustomDefinitions definitions;

    CustomObjects(Parts parts, CustomDefinitions definitions) {
        this.parts = parts;
        this.definitions = definitions;
    }

    @Override
    public void beginCreate(Call call, Obj object) {
        Obj definition = parts.registry().find(kind(), "", call.resource().groupResource());
        if (definition != null && definition.deleting()) {
            throw ApiError.methodNotAllowed("create not allowed while custom resource definition is terminating");
        }
    }

    @Override
    public void gone(Obj object) {
        for (Obj definition :
                parts.registry().objects(parts.registry().space().range(Registry.prefix(kind(), ""), "", 0))) {
            if (definition.deleting()
                    && definition.text("spec.group").equals(object.group())
                    && definition.text("spec.names.kind").equals(object.kind())) {
                definitions.written(definition);
            }
        }
    }

    private Kind kind() {
        return parts.kinds().byResource(Resources.CUSTOMRESOURCEDEFINITIONS).orElseThrow();
    }
}
