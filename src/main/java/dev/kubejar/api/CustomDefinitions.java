package dev.kubejar.api;

import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.time.Instant;
import java.util.List;

/**
 * The life of a CustomResourceDefinition: its names are accepted unless another of its group has them, then it is
 * established; its objects go before it does.
 */
final class CustomDefinitions implements Strategy {
    private static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

    private final Parts parts;

    CustomDefinitions(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void written(Obj definition) {
        Kind kind =
                parts.kinds().byResource(Resources.CUSTOMRESOURCEDEFINITIONS).orElseThrow();
        Obj next = definition.copy();
        if (definition.deleting()) {
            cleanUp(kind, definition);
            return;
        }
        if (!next.texts("metadata.finalizers").contains(FINALIZER)) {
            next.add("metadata.finalizers", dev.kubejar.object.Json.NODES.textNode(FINALIZER));
        }
        names(next);
        Instant now = parts.clock().now();
        String taken = conflict(kind, definition);
        if (taken.isEmpty()) {
            next.set("status.acceptedNames", (com.fasterxml.jackson.databind.JsonNode)
                    next.at("spec.names").deepCopy());
            condition(next, "NamesAccepted", "True", "NoConflicts", "no conflicts found", now);
            condition(next, "Established", "True", "InitialNamesAccepted", "the initial names have been accepted", now);
        } else {
            condition(next, "NamesAccepted", "False", "KindConflict", taken, now);
            condition(next, "Established", "False", "NotAccepted", "not all names are accepted", now);
        }
        if (!Trees.same(next.node(), definition.node())) {
            parts.registry().put(kind, definition, parts.decoding().canonical(kind, next));
        }
    }

    private static void names(Obj definition) {
        String kind = definition.text("spec.names.kind");
        if (definition.text("spec.names.singular").isEmpty()) {
            definition.set("spec.names.singular", kind.toLowerCase(java.util.Locale.ROOT));
        }
        if (definition.text("spec.names.listKind").isEmpty()) {
            definition.set("spec.names.listKind", kind + "List");
        }
        if (definition.texts("status.storedVersions").isEmpty()) {
            for (Obj version : definition.list("spec.versions")) {
                if (version.bool("storage")) {
                    definition.setTexts("status.storedVersions", List.of(version.text("name")));
                }
            }
        }
    }

    private String conflict(Kind kind, Obj definition) {
        String wanted = definition.text("spec.names.kind");
        for (Obj other : parts.registry().objects(parts.registry().space().range(Registry.prefix(kind, ""), "", 0))) {
            if (!other.uid().equals(definition.uid())
                    && other.text("spec.group").equals(definition.text("spec.group"))
                    && other.text("status.acceptedNames.kind").equals(wanted)) {
                return "\"" + wanted + "\" is already in use";
            }
        }
        return "";
    }

    private static void condition(Obj object, String type, String status, String reason, String message, Instant now) {
        Obj condition = Obj.create().set("type", type).set("status", status);
        condition.set("lastTransitionTime", now).set("reason", reason).set("message", message);
        for (Obj there : object.list("status.conditions")) {
            if (there.text("type").equals(type)) {
                if (!there.text("status").equals(status)) {
                    there.node().setAll(condition.node());
                }
                return;
            }
        }
        object.add("status.conditions", condition);
    }

    /** Deletes the definition's objects; takes the finalizer off once none is left. */
    private void cleanUp(Kind kind, Obj definition) {
        if (!definition.texts("metadata.finalizers").contains(FINALIZER)) {
            return;
        }
        String prefix = "/registry/" + definition.text("spec.group") + "/" + definition.text("spec.names.plural") + "/";
        boolean left = false;
        Kind custom = customKind(definition);
        for (Obj object : parts.registry().objects(parts.registry().space().range(prefix, "", 0))) {
            if (object.texts("metadata.finalizers").isEmpty()) {
                parts.registry().remove(custom, object);
            } else {
                left = true;
            }
        }
        if (left) {
            return;
        }
        Obj next = definition.copy();
        List<String> finalizers = new java.util.ArrayList<>(definition.texts("metadata.finalizers"));
        finalizers.remove(FINALIZER);
        if (finalizers.isEmpty()) {
            parts.registry().remove(kind, definition);
            return;
        }
        parts.registry().put(kind, definition, next.setTexts("metadata.finalizers", finalizers));
    }

    private static Kind customKind(Obj definition) {
        for (Obj version : definition.list("spec.versions")) {
            if (version.bool("storage")) {
                return CustomKind.of(definition, version);
            }
        }
        throw new IllegalStateException("a definition without a storage version: " + definition.name());
    }
}
