package dev.kubejar.cli.advanced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Deletion;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Errors;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.LocalPatch;
import dev.kubejar.cli.MergeDiff;
import dev.kubejar.cli.StrategicDiff;
import dev.kubejar.cli.Trees;
import dev.kubejar.client.Request;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;

/** Brings one live object what a manifest changed since it was last applied. */
final class Patcher {
    private static final int RETRIES = 5;

    private final Invocation call;
    private final Info info;
    private final DryRun dryRun;
    private ObjectNode patch = Json.object();

    Patcher(Invocation call, Info info, DryRun dryRun) {
        this.call = call;
        this.info = info;
        this.dryRun = dryRun;
    }

    /** The patch as it was sent; {@code {}} where nothing changes. */
    String text() {
        return Json.text(Trees.sorted(patch));
    }

    /** Patches the object and gives what it has become. */
    Obj apply(JsonNode modified) {
        try {
            for (int left = RETRIES; ; left--) {
                try {
                    return once(modified);
                } catch (ApiError e) {
                    if (!e.is("Conflict") || left == 0) {
                        throw e;
                    }
                    info.get(call);
                }
            }
        } catch (ApiError e) {
            if (call.flags().has("force") && call.flags().on("force") && (e.is("Conflict") || e.is("Invalid"))) {
                return again(modified);
            }
            throw Errors.during("patching", info.source(), e);
        }
    }

    private Obj once(JsonNode modified) {
        Obj current = info.object();
        JsonNode original = original(current);
        FieldType type = FieldSchema.forKind(current.apiVersion(), current.kind());
        patch = type != null
                ? StrategicDiff.threeWay(original, modified, current.node(), type)
                : MergeDiff.threeWay(original, modified, current.node());
        if (patch.isEmpty()) {
            return current;
        }
        if (dryRun.client()) {
            return LocalPatch.apply(type != null ? PatchType.STRATEGIC : PatchType.MERGE, current, patch);
        }
        return call.call(Changing.options(
                        Request.patch(
                                info.ref().resource(),
                                info.namespace(),
                                info.name(),
                                type != null ? PatchType.STRATEGIC : PatchType.MERGE,
                                patch),
                        call.flags(),
                        dryRun))
                .object();
    }

    private static JsonNode original(Obj current) {
        String kept = current.annotation(Changing.LAST_APPLIED);
        if (kept.isEmpty()) {
            return Json.object();
        }
        try {
            return Json.read(kept);
        } catch (java.io.UncheckedIOException e) {
            throw new CliError("retrieving original configuration from:\n" + current + "\nfor: " + e.getMessage());
        }
    }

    /** What {@code --force} does where a patch is refused: away with the object, and a new one in its place. */
    private Obj again(JsonNode modified) {
        Deletion.now(call, info);
        Obj fresh = Obj.of((ObjectNode) modified.deepCopy());
        fresh.remove("metadata.resourceVersion");
        patch = (ObjectNode) modified;
        return call.call(Changing.options(
                        Request.create(info.ref().resource(), info.namespace(), fresh), call.flags(), dryRun))
                .object();
    }
}
