package dev.kubejar.api;

import dev.kubejar.client.Request;
import dev.kubejar.client.Verb;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Problems;

/** Brings a new object into the store: admit, complete, validate, write. */
final class Create {
    /** How many generated names are tried; Kubernetes' own bound (KEP-4420). */
    private static final int NAMES_TRIED = 8;

    private static final int LONGEST_PREFIX = 58;

    private final Parts parts;

    Create(Parts parts) {
        this.parts = parts;
    }

    /**
     * Creates a decoded and defaulted object of the version asked for.
     *
     * @return it as it was stored, in the storage version
     */
    Obj create(Call call, Obj object) {
        inNamespace(call, object);
        if (call.request.patchType != Request.PatchType.APPLY) {
            parts.fields().track(call, null, object);
        }
        Obj admitted = call.toStorage(object);
        parts.admissions().admit(call, Verb.CREATE, admitted, null);
        return stored(call, admitted);
    }

    /** The part after the mutating plugins: names may be drawn more than once. */
    Obj stored(Call call, Obj admitted) {
        boolean generate = admitted.name().isEmpty() && admitted.has("metadata.generateName");
        for (int tried = 1; ; tried++) {
            try {
                return attempt(call, admitted.copy());
            } catch (ApiError e) {
                if (!generate || tried == NAMES_TRIED || !e.is("AlreadyExists")) {
                    throw e;
                }
            }
        }
    }

    private Obj attempt(Call call, Obj object) {
        Kind kind = call.stored;
        Strategy strategy = parts.strategies().of(kind);
        initialize(object);
        strategy.beginCreate(call, object);
        prepare(kind, strategy, object);
        strategy.prepared(object, null, parts.clock().now());
        object = parts.decoding().canonical(kind, object);
        validate(call, kind, strategy, call.judged(object));
        parts.admissions().validate(call, Verb.CREATE, object.copy(), null);
        if (object.has("metadata.resourceVersion") && !call.dryRun()) {
            throw new ApiError(500, "", "resourceVersion should not be set on objects to be created");
        }
        kind.readBack().accept(object);
        Obj written = parts.registry().put(kind, null, object);
        if (written == null) {
            throw exists(call, object);
        }
        if (call.dryRun()) {
            return written.copy().remove("metadata.resourceVersion").freeze();
        }
        strategy.written(written);
        return written;
    }

    /** Puts an object into the request's namespace, or refuses one that names another. */
    static void inNamespace(Call call, Obj object) {
        String wanted = call.namespace();
        if (wanted.isEmpty()) {
            object.remove("metadata.namespace");
        } else if (object.namespace().isEmpty()) {
            object.set("metadata.namespace", wanted);
        } else if (!object.namespace().equals(wanted)) {
            throw ApiError.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    /** An object that the server makes itself, with its identity and time. */
    Obj initialized(Obj object) {
        initialize(object);
        return object;
    }

    private void initialize(Obj object) {
        object.remove("metadata.deletionTimestamp");
        object.remove("metadata.deletionGracePeriodSeconds");
        object.remove("metadata.selfLink");
        object.set("metadata.creationTimestamp", parts.clock().now());
        object.set("metadata.uid", parts.randoms().uid());
        String prefix = object.text("metadata.generateName");
        if (object.name().isEmpty() && !prefix.isEmpty()) {
            String kept = prefix.length() > LONGEST_PREFIX ? prefix.substring(0, LONGEST_PREFIX) : prefix;
            object.set("metadata.name", kept + parts.randoms().suffix("name/" + kept, 5));
        }
    }

    private static void prepare(Kind kind, Strategy strategy, Obj object) {
        if (kind.hasStatus() && !strategy.keepsStatus()) {
            object.remove("status");
        }
        if (kind.generation()) {
            object.set("metadata.generation", 1);
        }
        kind.prepareCreate().accept(object);
    }

    private static void validate(Call call, Kind kind, Strategy strategy, Obj object) {
        Problems problems = new Problems();
        strategy.judge(call, object, null, problems);
        Metadata.name(kind, object, problems);
        Metadata.check(kind, object, problems);
        Metadata.finalizersOfKubernetes(kind, object, problems);
        (call.kind.custom() ? call.kind : kind).rules().forEach(rule -> rule.check(object, null, problems));
        problems.orThrow(kind.group(), kind.kind(), object.name());
        Metadata.path(object, problems);
        problems.orThrow(kind.group(), kind.kind(), object.name());
        problems.warnings().forEach(call::warn);
    }

    private ApiError exists(Call call, Obj object) {
        ApiError error = ApiError.alreadyExists(call.resource(), object.name());
        Obj there = parts.registry().find(call.stored, object.namespace(), object.name());
        if (there == null || !there.deleting()) {
            return error;
        }
        return new ApiError(
                error.code(),
                error.reason(),
                "object is being deleted: " + error.getMessage(),
                error.details(),
                error.causes());
    }
}
