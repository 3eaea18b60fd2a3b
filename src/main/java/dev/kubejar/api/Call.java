package dev.kubejar.api;

import dev.kubejar.client.Identity;
import dev.kubejar.client.Request;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.util.ArrayList;
import java.util.List;

/** One request on its way through the pipeline: who asks what of which kind, and the warnings gathered so far. */
public final class Call {
    public final Identity user;
    public final Request request;
    /** The kind in the version asked for. */
    public final Kind kind;
    /** The kind in the version that is stored; most often the same. */
    public final Kind stored;

    private final List<String> warnings = new ArrayList<>();

    /** What the request spelled out as empty; null: nothing was decoded. */
    private ExplicitEmpties empties;

    Call(Identity user, Request request, Kind kind, Kind stored) {
        this.user = user;
        this.request = request;
        this.kind = kind;
        this.stored = stored;
    }

    /** Adds a warning once, in order. */
    public void warn(String text) {
        if (!text.isEmpty() && !warnings.contains(text)) {
            warnings.add(text);
        }
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    public GroupVersionResource resource() {
        return kind.resource();
    }

    public boolean dryRun() {
        return request.dryRun;
    }

    /** The namespace that applies: none for cluster-scoped kinds. */
    public String namespace() {
        return kind.namespaced() ? request.namespace : "";
    }

    void spelledOut(ExplicitEmpties value) {
        empties = value;
    }

    /** An object as the rules are to see it. */
    Obj judged(Obj object) {
        return empties == null ? object : empties.shown(object);
    }

    /** An object of the version asked for as it is stored. */
    Obj toStorage(Obj object) {
        return kind == stored ? object : kind.toStorage().apply(object);
    }

    /** A stored object with what its definition has come to say of it since. */
    Obj readBack(Obj object) {
        if (!stored.custom()) {
            return object;
        }
        Obj complete = object.copy();
        stored.readBack().accept(complete);
        return complete.freeze();
    }

    /** A stored object in the version asked for. */
    Obj fromStorage(Obj object) {
        if (object == null) {
            return null;
        }
        Obj complete = readBack(object);
        return kind == stored ? complete : kind.fromStorage().apply(complete);
    }
}
