package dev.kubejar.api;

import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.client.Verb;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Deletes objects: at once, after a grace period, or when their finalizers are gone. */
final class Delete {
    private final Parts parts;

    Delete(Parts parts) {
        this.parts = parts;
    }

    /** How far a deletion has come: what is left of the object, and whether it is gone. */
    private record Step(Obj object, boolean gone) {}

    Response delete(Call call) {
        Obj before = parts.registry().find(call.stored, call.namespace(), call.request.name);
        if (before == null) {
            throw ApiError.notFound(call.resource(), call.request.name);
        }
        Step step = delete(call, before);
        boolean object = !step.gone() || parts.strategies().of(call.stored).returnsDeleted();
        return Response.of(object ? call.fromStorage(step.object()) : success(call, before), call.warnings());
    }

    /** Deletes all that are listed; answers with the list. */
    Response deleteAll(Call call, List<Obj> objects) {
        List<Obj> deleted = new ArrayList<>();
        for (Obj object : objects) {
            deleted.add(call.fromStorage(delete(call, object).object()));
        }
        Obj head = Obj.create(call.kind.groupVersion(), call.kind.kind() + "List")
                .set(
                        "metadata.resourceVersion",
                        Long.toString(parts.registry().space().revision()));
        return Response.of(head, deleted, call.warnings());
    }

    private static Obj success(Call call, Obj gone) {
        Obj status = Obj.create("v1", "Status").set("status", "Success").set("details.name", gone.name());
        if (!call.kind.group().isEmpty()) {
            status.set("details.group", call.kind.group());
        }
        status.child("metadata");
        return status.set("details.kind", call.kind.plural()).set("details.uid", gone.uid());
    }

    private Step delete(Call call, Obj before) {
        Kind kind = call.stored;
        Strategy strategy = parts.strategies().of(kind);
        preconditions(call, before);
        parts.admissions().admit(call, Verb.DELETE, null, before);
        parts.admissions().validate(call, Verb.DELETE, null, before);
        Obj marked = before.copy();
        Long grace = strategy.grace(before, asked(call.request));
        boolean graceful = grace != null && shortens(marked, grace, call.request);
        if (grace != null
                && !graceful
                && before.deleting()
                && before.number("metadata.deletionGracePeriodSeconds") > 0) {
            return new Step(before, false);
        }
        setFinalizers(call, strategy, marked);
        boolean waits = !marked.texts("metadata.finalizers").isEmpty() || !strategy.finished(marked);
        if (waits && !graceful) {
            mark(marked);
        }
        strategy.marked(marked);
        Obj last = before;
        if ((waits || graceful) && !Trees.same(marked.node(), before.node())) {
            last = parts.registry().put(kind, before, marked);
            if (last == null) {
                throw ApiError.modified(call.resource(), before.name());
            }
        }
        if (waits) {
            strategy.written(last);
        }
        if (waits || graceful && grace > 0) {
            return new Step(last, false);
        }
        if (!parts.registry().remove(kind, last)) {
            throw ApiError.modified(call.resource(), before.name());
        }
        strategy.gone(last);
        return new Step(last, true);
    }

    private static Long asked(Request request) {
        Long seconds = request.gracePeriodSeconds;
        return seconds != null && seconds < 0 ? Long.valueOf(1) : seconds;
    }

    /** Sets or shortens the grace period; false where it is running already and would not become shorter. */
    private boolean shortens(Obj object, long grace, Request request) {
        Instant now = parts.clock().now();
        if (!object.deleting()) {
            object.set("metadata.deletionTimestamp", now.plusSeconds(grace));
            object.set("metadata.deletionGracePeriodSeconds", grace);
            if (object.generation() > 0) {
                object.set("metadata.generation", object.generation() + 1);
            }
            return true;
        }
        long running = object.number("metadata.deletionGracePeriodSeconds");
        Long asked = asked(request);
        if (running == 0 || asked == null || asked >= running) {
            return false;
        }
        long period = asked;
        Instant due =
                object.time("metadata.deletionTimestamp").minusSeconds(running).plusSeconds(period);
        if (due.isBefore(now)) {
            due = now;
            period = period == 0 ? 0 : 1;
        }
        object.set("metadata.deletionTimestamp", due);
        object.set("metadata.deletionGracePeriodSeconds", period);
        return true;
    }

    /** An object that waits for its finalizers: as good as deleted, without grace. */
    private void mark(Obj object) {
        if (!object.deleting() && object.generation() > 0) {
            object.set("metadata.generation", object.generation() + 1);
        }
        Instant now = parts.clock().now();
        Instant due = object.time("metadata.deletionTimestamp");
        if (due == null || due.isAfter(now)) {
            object.set("metadata.deletionTimestamp", now);
        }
        object.set("metadata.deletionGracePeriodSeconds", 0);
    }

    /** Sets the garbage collector's finalizers as the options, the object or the resource's default say. */
    private static void setFinalizers(Call call, Strategy strategy, Obj object) {
        List<String> present = object.texts("metadata.finalizers");
        List<String> wanted = new ArrayList<>(present);
        wanted.removeAll(List.of(Metadata.ORPHAN, Metadata.FOREGROUND));
        String policy = call.request.propagationPolicy;
        if (policy.isEmpty()) {
            policy = present.contains(Metadata.ORPHAN)
                    ? "Orphan"
                    : present.contains(Metadata.FOREGROUND) ? "Foreground" : strategy.propagation();
        }
        if (strategy.propagation().isEmpty()) {
            policy = "";
        }
        if (policy.equals("Orphan")) {
            wanted.add(Metadata.ORPHAN);
        } else if (policy.equals("Foreground")) {
            wanted.add(Metadata.FOREGROUND);
        }
        if (wanted.size() == present.size() && wanted.containsAll(present)) {
            return;
        }
        if (wanted.isEmpty()) {
            object.remove("metadata.finalizers");
        } else {
            object.setTexts("metadata.finalizers", wanted);
        }
    }

    private static void preconditions(Call call, Obj before) {
        String uid = call.request.uidPrecondition;
        Kind kind = call.stored;
        dev.kubejar.object.GroupVersionResource named =
                new dev.kubejar.object.GroupVersionResource(kind.group(), kind.version(), kind.kind());
        if (!uid.isEmpty() && !uid.equals(before.uid())) {
            throw ApiError.conflict(
                    named,
                    before.name(),
                    "the UID in the precondition (" + uid + ") does not match the UID in record (" + before.uid()
                            + "). The object might have been deleted and then recreated");
        }
        String version = call.request.resourceVersionPrecondition;
        if (!version.isEmpty() && !version.equals(before.resourceVersion())) {
            throw ApiError.conflict(
                    named,
                    before.name(),
                    "the ResourceVersion in the precondition (" + version
                            + ") does not match the ResourceVersion in record (" + before.resourceVersion()
                            + "). The object might have been modified");
        }
    }
}
