package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.merge.FieldSet;
import dev.kubejar.schema.merge.TypedTrees;
import java.io.UncheckedIOException;

/** What server-side apply makes of the annotation that client-side apply keeps, so that kubectl can go from one to the other. */
final class LastApplied {
    /** The field manager for which the annotation counts. */
    static final String MANAGER = "kubectl";

    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    private LastApplied() {}

    /** The fields that were applied by the client and still have that value: taking them over is no conflict. */
    static FieldSet fields(Obj live, FieldType type, String groupVersion) {
        ObjectNode applied = configuration(live);
        if (applied == null || !Obj.of(applied).apiVersion().equals(groupVersion)) {
            return new FieldSet();
        }
        TypedTrees.Comparison changes = TypedTrees.compare(applied, live.node(), type);
        return TypedTrees.fields(applied, type).difference(changes.changed()).difference(changes.removed());
    }

    private static ObjectNode configuration(Obj live) {
        String kept = live.annotation(ANNOTATION);
        if (kept.isEmpty()) {
            return null;
        }
        try {
            JsonNode tree = Json.read(kept);
            return tree instanceof ObjectNode object ? object : null;
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    /** Brings the annotation, where there is one, up to what was applied now. */
    static void sync(Obj merged, Obj config) {
        if (merged.annotation(ANNOTATION).isEmpty()) {
            return;
        }
        Obj copy = config.copy();
        if (copy.at("metadata.annotations") instanceof ObjectNode annotations) {
            annotations.remove(ANNOTATION);
        }
        merged.setAnnotation(ANNOTATION, GoJson.compact(copy.node()) + "\n");
    }
}
