package dev.kubejar.cli.advanced;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.Changing;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Request;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.merge.FieldSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Hands what client-side apply manages over to server-side apply, as client-go's csaupgrade does. */
final class ManagerMigration {
    private static final String SERVER_SIDE = "kubectl";
    private static final String ANNOTATION_MANAGER = "kubectl-last-applied";
    private static final int RETRIES = 5;
    private static final List<String> ANNOTATION_PATH =
            List.of("f:metadata", "f:annotations", "f:" + Changing.LAST_APPLIED);

    private final Invocation call;
    private final DryRun dryRun;
    private final String manager;

    ManagerMigration(Invocation call, DryRun dryRun, String manager) {
        this.call = call;
        this.dryRun = dryRun;
        this.manager = manager;
    }

    /** Migrates an object that was applied by the server; true where there was something to migrate. */
    boolean run(Info info) {
        try {
            keepAnnotation(info);
        } catch (ApiError e) {
            warn("failed to migrate kubectl.kubernetes.io/last-applied-configuration for Server-Side Apply", e);
            return false;
        }
        try {
            return migrate(info);
        } catch (ApiError e) {
            warn("server rejected managed fields migration to Server-Side Apply", e);
            return false;
        }
    }

    /** Tells of a step that failed without harm. */
    void warn(String what, ApiError e) {
        call.err()
                .println("Warning: " + what + ". This is non-fatal and will be retried next time you apply. Error: "
                        + e.getMessage());
    }

    /** Gives the annotation a manager of its own, so that it does not go with the old one. */
    private void keepAnnotation(Info info) {
        Obj object = info.object();
        String annotation = object.annotation(Changing.LAST_APPLIED);
        if (!manager.equals(SERVER_SIDE)
                || annotation.isEmpty()
                || !owners(object, "Apply").isEmpty()) {
            return;
        }
        Obj only = Obj.create(object.apiVersion(), object.kind()).set("metadata.name", object.name());
        if (!object.namespace().isEmpty()) {
            only.set("metadata.namespace", object.namespace());
        }
        only.setAnnotation(Changing.LAST_APPLIED, annotation);
        info.refresh(call.call(patch(info, PatchType.APPLY, only.node()).fieldManager(ANNOTATION_MANAGER))
                .object());
    }

    private Request patch(Info info, PatchType type, com.fasterxml.jackson.databind.JsonNode body) {
        return Changing.options(
                        Request.patch(info.ref().resource(), info.namespace(), info.name(), type, body),
                        call.flags(),
                        dryRun)
                .fieldManager(manager);
    }

    private boolean migrate(Info info) {
        Set<String> old = owners(info.object(), "Update");
        for (int tried = 1; ; tried++) {
            List<Obj> before = info.object().list("metadata.managedFields");
            List<Obj> after = before;
            for (String each : old) {
                after = upgraded(after, each);
            }
            if (after.equals(before)) {
                return false;
            }
            try {
                info.refresh(call.call(patch(info, PatchType.JSON, replacement(info.object(), after)))
                        .object());
                return true;
            } catch (ApiError e) {
                if (!e.is("Conflict") || tried == RETRIES) {
                    throw e;
                }
                info.get(call);
            }
        }
    }

    private static ArrayNode replacement(Obj object, List<Obj> entries) {
        ArrayNode list = Json.array();
        entries.forEach(entry -> list.add(entry.node()));
        ArrayNode patch = Json.array();
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/managedFields")
                .set("value", list);
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/resourceVersion")
                .put("value", object.resourceVersion());
        return patch;
    }

    /** The managers that own the annotation by this operation. */
    private static Set<String> owners(Obj object, String operation) {
        Set<String> owners = new TreeSet<>();
        for (Obj entry : object.list("metadata.managedFields")) {
            if (entry.text("operation").equals(operation)
                    && FieldSet.of(entry.at("fieldsV1")).contains(ANNOTATION_PATH)) {
                owners.add(entry.text("manager"));
            }
        }
        return owners;
    }

    /** The entries with one old manager's fields joined to those of the new one. */
    private List<Obj> upgraded(List<Obj> before, String old) {
        List<Obj> entries = new ArrayList<>();
        before.forEach(entry -> entries.add(entry.copy()));
        int target = index(entries, manager, "Apply", null);
        if (target < 0) {
            target = index(entries, old, "Update", null);
            if (target < 0) {
                return before;
            }
            entries.get(target).set("operation", "Apply").set("manager", manager);
        }
        Obj kept = entries.get(target);
        int same = index(entries, old, "Update", kept.apiVersion());
        if (same >= 0) {
            FieldSet joined = FieldSet.of(kept.at("fieldsV1"))
                    .union(FieldSet.of(entries.get(same).at("fieldsV1")));
            ObjectNode fields = joined.toNode();
            kept.set("fieldsV1", fields);
        }
        entries.removeIf(entry -> is(entry, old, "Update", null));
        return entries;
    }

    private static int index(List<Obj> entries, String manager, String operation, String apiVersion) {
        for (int i = 0; i < entries.size(); i++) {
            if (is(entries.get(i), manager, operation, apiVersion)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean is(Obj entry, String manager, String operation, String apiVersion) {
        return entry.text("manager").equals(manager)
                && entry.text("operation").equals(operation)
                && entry.text("subresource").isEmpty()
                && (apiVersion == null || entry.apiVersion().equals(apiVersion));
    }
}
