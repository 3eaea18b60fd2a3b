package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Request;
import dev.kubejar.client.Verb;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Brings a stored object to its next state: change, admit, complete, validate, compare and set. */
final class Update {
    /** Subresources that change what an update of the object itself leaves alone. */
    private static final Set<String> RESERVED = Set.of("approval", "finalize");

    private final Parts parts;
    private final Create create;

    Update(Parts parts, Create create) {
        this.parts = parts;
        this.create = create;
    }

    /** What became of an update: the object as stored (or as it was last), and whether it was created by it. */
    record Result(Obj stored, boolean created) {}

    /**
     * Changes the request's object.
     *
     * @param change makes the next state of the object from a thawed copy of the present one (null: there is none), both
     *     in the version asked for
     * @param mayCreate whether an absent object is created
     */
    Result update(Call call, UnaryOperator<Obj> change, boolean mayCreate) {
        Obj before = parts.registry().find(call.stored, call.namespace(), call.request.name);
        if (before == null) {
            if (!mayCreate) {
                throw ApiError.notFound(call.resource(), call.request.name);
            }
            return new Result(create.create(call, change.apply(null)), true);
        }
        before = call.readBack(before);
        Obj present = call.fromStorage(before);
        Obj changed = change.apply(present.copy());
        if (call.request.patchType != Request.PatchType.APPLY) {
            parts.fields().track(call, present, changed);
        }
        Obj now = call.toStorage(changed);
        parts.admissions().admit(call, Verb.UPDATE, now, before);
        currentVersion(call, now, before);
        Create.inNamespace(call, now);
        now = PartOf.object(call.request.subresource, now, before);
        Strategy strategy = parts.strategies().of(call.stored);
        if (call.request.subresource.isEmpty()) {
            strategy.beginUpdate(call, now, before);
        }
        prepare(call, strategy, now, before);
        strategy.prepared(now, before, parts.clock().now());
        now = parts.decoding().canonical(call.stored, now);
        validate(call, strategy, call.judged(now), before);
        parts.admissions().validate(call, Verb.UPDATE, now.copy(), before);
        return new Result(write(call, strategy, now, before), false);
    }

    private Obj write(Call call, Strategy strategy, Obj now, Obj before) {
        if (emptied(strategy, now, before)) {
            if (!parts.registry().remove(call.stored, before)) {
                throw ApiError.modified(call.resource(), now.name());
            }
            strategy.gone(now);
            return now.freeze();
        }
        if (Trees.same(now.node(), before.node())) {
            return before;
        }
        Obj written = parts.registry().put(call.stored, before, now);
        if (written == null) {
            throw ApiError.modified(call.resource(), now.name());
        }
        if (call.dryRun()) {
            return written.copy()
                    .set("metadata.resourceVersion", before.resourceVersion())
                    .freeze();
        }
        strategy.written(written);
        return written;
    }

    /** Whether this update took away the last thing that a deletion waited for. */
    private static boolean emptied(Strategy strategy, Obj now, Obj before) {
        return before.deleting()
                && now.texts("metadata.finalizers").isEmpty()
                && before.number("metadata.deletionGracePeriodSeconds") == 0
                && strategy.finished(now);
    }

    private static void currentVersion(Call call, Obj now, Obj before) {
        String version = now.resourceVersion();
        if (version.isEmpty() || version.equals("0")) {
            if (!call.stored.unconditionalUpdate()) {
                throw ApiError.invalid(
                        call.kind.group(),
                        call.kind.plural(),
                        before.name(),
                        List.of(new ApiError.Cause(
                                "FieldValueInvalid",
                                "Invalid value: 0x0: must be specified for an update",
                                "metadata.resourceVersion")));
            }
            now.set("metadata.resourceVersion", before.resourceVersion());
        } else if (!version.equals(before.resourceVersion())) {
            throw ApiError.modified(call.resource(), before.name());
        }
    }

    private void prepare(Call call, Strategy strategy, Obj now, Obj before) {
        Kind kind = call.stored;
        now.remove("metadata.selfLink");
        Trees.carry("metadata.generation", before, now);
        if (call.request.subresource.equals("status")) {
            keepAllButStatus(strategy, now, before);
        } else {
            if (kind.hasStatus() && call.request.subresource.isEmpty()) {
                Trees.carry("status", before, now);
            }
            if (!RESERVED.contains(call.request.subresource)) {
                kind.prepareUpdate().accept(now, before);
            }
            if (kind.generation() && !Trees.sameSpec(now, before)) {
                now.set("metadata.generation", before.generation() + 1);
            }
        }
        if (now.uid().isEmpty()) {
            now.set("metadata.uid", before.uid());
        }
        Trees.carry("metadata.creationTimestamp", before, now);
        if (before.deleting()) {
            Trees.carry("metadata.deletionTimestamp", before, now);
        }
        if (!now.has("metadata.deletionGracePeriodSeconds")) {
            Trees.carry("metadata.deletionGracePeriodSeconds", before, now);
        }
    }

    private static void keepAllButStatus(Strategy strategy, Obj now, Obj before) {
        for (String field : Trees.keys(now.node())) {
            if (!field.equals("metadata") && !field.equals("status")) {
                now.remove(field);
            }
        }
        for (Map.Entry<String, JsonNode> field : before.node().properties()) {
            if (!field.getKey().equals("metadata") && !field.getKey().equals("status")) {
                now.set(field.getKey(), (JsonNode) field.getValue().deepCopy());
            }
        }
        for (String field : strategy.keptByStatus()) {
            Trees.carry(field, before, now);
        }
    }

    private static void validate(Call call, Strategy strategy, Obj now, Obj before) {
        Kind kind = call.stored;
        Problems problems = new Problems();
        strategy.judge(call, now, before, problems);
        Metadata.check(kind, now, problems);
        Metadata.path(now, problems);
        Metadata.checkUpdate(now, before, problems);
        if (Metadata.judgedTwice(kind)) {
            Metadata.checkUpdate(now, before, problems);
            Metadata.finalizersOfKubernetes(kind, now, problems);
        }
        (kind.custom() ? call.kind : kind)
                .rulesOf(call.request.subresource)
                .forEach(rule -> rule.check(now, before, problems));
        problems.orThrow(kind.group(), kind.kind(), now.name());
        problems.warnings().forEach(call::warn);
    }
}
