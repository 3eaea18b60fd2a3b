package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.GoForm;
import dev.kubejar.schema.StrictDecoder;
import java.util.List;

/** {@code --overrides}: JSON laid over an object that a command made. */
public final class Overrides {
    private Overrides() {}

    /** Declares the flags. */
    public static void declare(Flags flags) {
        flags.string("override-type", "merge").string("overrides", "");
    }

    /** The object with the overrides applied. */
    public static Obj apply(Flags flags, Obj object) {
        String text = flags.text("overrides");
        if (text.isEmpty()) {
            return object;
        }
        String type = flags.text("override-type");
        PatchType kind =
                switch (type) {
                    case "merge", "" -> PatchType.MERGE;
                    case "strategic" -> PatchType.STRATEGIC;
                    case "json" -> PatchType.JSON;
                    default -> throw new CliError("invalid override type: " + type);
                };
        JsonNode patch;
        try {
            patch = GoJson.read(text);
        } catch (ParseError e) {
            throw new CliError(kind == PatchType.MERGE ? "Invalid JSON Patch" : e.getMessage());
        }
        return decoded(LocalPatch.apply(kind, object, patch));
    }

    /** The object as its Go structure reads it: without fields that it does not know. */
    private static Obj decoded(Obj object) {
        FieldType type = FieldSchema.forKind(object.apiVersion(), object.kind());
        if (type == null) {
            return object;
        }
        String error = StrictDecoder.decode(object.node(), type, List.of()).error();
        if (error != null) {
            throw new CliError(error);
        }
        return Obj.of(GoForm.of(object.node(), type));
    }
}
