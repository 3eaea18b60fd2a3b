package dev.kubejar.api;

import dev.kubejar.api.ManagedFields.Manager;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.GoForm;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.merge.FieldSet;
import dev.kubejar.schema.merge.TypedTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Notes with every write who set which fields, and merges what is applied (server-side apply, KEP-555). */
final class FieldManagement {
    private final CustomKinds kinds;
    private final dev.kubejar.sim.Clock clock;

    FieldManagement(CustomKinds kinds, dev.kubejar.sim.Clock clock) {
        this.kinds = kinds;
        this.clock = clock;
    }

    /** Notes what this request changes of an object of the version asked for; {@code before} is null on creation. */
    void track(Call call, Obj before, Obj now) {
        FieldType type = kinds.type(call.kind);
        if (type == null) {
            return;
        }
        Obj live = before == null ? empty(call.kind, type) : before;
        ManagedFields managed = ManagedFields.of(now.has("metadata.managedFields") ? now : live);
        TypedTrees.Comparison changes = TypedTrees.compare(live.node(), now.node(), type);
        Manager manager = managed.known(manager(call, "Update"));
        FieldSet changed = managed(call, changes.changed());
        managed.takeFromOthers(manager, changed.union(changes.removed()));
        FieldSet fields = managed.fields(manager).difference(changes.removed()).union(changed);
        managed.set(manager, managed(call, fields), clock.now());
        managed.write(now);
    }

    private static Obj empty(Kind kind, FieldType type) {
        Obj empty = Obj.create(kind.groupVersion(), kind.kind());
        return kind.custom() ? empty.set("metadata", Obj.create()) : Obj.of(GoForm.of(empty.node(), type));
    }

    /** The status belongs to its subresource, everything else to the object itself. */
    private static FieldSet managed(Call call, FieldSet fields) {
        FieldSet result = ManagedFields.managed(fields);
        if (!call.kind.hasStatus()) {
            return result;
        }
        boolean status = call.request.subresource.equals("status") || call.request.subresource.equals("approval");
        return status ? result.without("f:spec") : result.without("f:status");
    }

    private static Manager manager(Call call, String operation) {
        String name = call.request.fieldManager.isEmpty() ? "unknown" : call.request.fieldManager;
        return new Manager(name, operation, call.kind.groupVersion(), call.request.subresource);
    }

    /**
     * The live object (null: there is none) with what is applied merged into it and what this manager applied before and
     * does no longer taken out.
     */
    Obj applied(Call call, Obj config, Obj live) {
        FieldType type = kinds.type(call.kind);
        declared(call, config, type);
        Obj base = live == null ? empty(call.kind, type) : live;
        ManagedFields managed = ManagedFields.of(base);
        Manager manager = managed.known(manager(call, "Apply"));
        FieldSet before = managed.fields(manager);
        FieldSet fields = managed(call, TypedTrees.fields(config.node(), type));
        Obj merged = Obj.of(TypedTrees.merge(base.node(), config.node(), type));
        prune(managed, manager, before, fields, merged, type);
        conflicts(call, managed, manager, base, merged, type);
        managed.set(manager(call, "Apply"), fields, clock.now());
        managed.write(merged);
        if (manager.name().equals(LastApplied.MANAGER)) {
            LastApplied.sync(merged, config);
        }
        return merged;
    }

    private static void declared(Call call, Obj config, FieldType type) {
        List<String> unknown = TypedTrees.undeclared(config.node(), type);
        if (unknown.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.addAll(unknown);
        String faults = lines.size() == 1 ? lines.get(0) : "errors:\n  " + String.join("\n  ", lines);
        throw new ApiError(
                500,
                "",
                "failed to create typed patch object (" + call.namespace() + "/" + call.request.name + "; "
                        + call.kind.group() + "/" + call.kind.version() + ", Kind=" + call.kind.kind() + "): "
                        + faults);
    }

    /** What nobody applies any more goes; what others manage stays. */
    private static void prune(
            ManagedFields managed, Manager manager, FieldSet before, FieldSet now, Obj merged, FieldType type) {
        FieldSet others = managed.others(manager);
        for (List<String> path : before.difference(now).paths()) {
            if (!others.contains(path) && !now.contains(path)) {
                TypedTrees.remove(merged.node(), path, type);
            }
        }
    }

    private void conflicts(Call call, ManagedFields managed, Manager manager, Obj live, Obj merged, FieldType type) {
        TypedTrees.Comparison changes = TypedTrees.compare(live.node(), merged.node(), type);
        FieldSet changed = managed(call, changes.changed());
        Map<String, List<String>> conflicts = new TreeMap<>();
        FieldSet allowed = manager.name().equals(LastApplied.MANAGER)
                ? LastApplied.fields(live, type, call.kind.groupVersion())
                : new FieldSet();
        int count = 0;
        for (Manager each : managed.managers()) {
            if (each.equals(manager)) {
                continue;
            }
            for (List<String> path : managed.fields(each).intersection(changed).paths()) {
                if (allowed.contains(path)) {
                    continue;
                }
                conflicts.computeIfAbsent(each.text(), key -> new ArrayList<>()).add(FieldSet.text(path));
                count++;
            }
        }
        if (count > 0 && !call.request.force) {
            throw conflict(conflicts, count);
        }
        managed.takeFromOthers(manager, changed.union(changes.removed()));
    }

    private static ApiError conflict(Map<String, List<String>> conflicts, int count) {
        List<ApiError.Cause> causes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        conflicts.forEach((manager, paths) -> {
            lines.add("conflicts with " + manager + ":");
            for (String path : paths) {
                lines.add("- " + path);
                causes.add(new ApiError.Cause("FieldManagerConflict", "conflict with " + manager, path));
            }
        });
        String text = count == 1
                ? "Apply failed with 1 conflict: " + causes.get(0).message() + ": "
                        + causes.get(0).field()
                : "Apply failed with " + count + " conflicts: " + String.join("\n", lines);
        return new ApiError(409, "Conflict", text, ApiError.Details.NONE, causes);
    }

    /** What an apply request must fulfil before anything is merged. */
    static void check(Call call, Obj config) {
        if (call.request.fieldManager.isEmpty()) {
            throw ApiError.invalid(
                    "meta.k8s.io",
                    "PatchOptions",
                    "",
                    List.of(new ApiError.Cause(
                            "FieldValueRequired", "Required value: is required for apply patch", "fieldManager")));
        }
        if (config.has("metadata.managedFields")) {
            throw ApiError.badRequest("metadata.managedFields must be nil");
        }
        String version = config.apiVersion();
        if (!version.equals(call.kind.groupVersion())) {
            throw ApiError.badRequest("Incorrect version specified in apply patch. Specified patch version: "
                    + GoText.quoted(version).replace("\"", "") + ", expected: " + call.kind.groupVersion());
        }
    }
}
