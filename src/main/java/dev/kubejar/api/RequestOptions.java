package dev.kubejar.api;

import dev.kubejar.client.Request;
import dev.kubejar.schema.Problems;
import java.util.List;

/** The rules of a write's options: the field manager, the validation directive, the force of an apply. */
final class RequestOptions {
    private RequestOptions() {}

    static void check(Request request) {
        String kind =
                switch (request.verb) {
                    case CREATE -> "CreateOptions";
                    case UPDATE -> "UpdateOptions";
                    case PATCH -> "PatchOptions";
                    default -> null;
                };
        if (kind == null) {
            return;
        }
        Problems problems = new Problems();
        if (request.verb == dev.kubejar.client.Verb.PATCH
                && request.force
                && request.patchType != Request.PatchType.APPLY) {
            problems.forbidden("force", "may not be specified for non-apply patch");
        }
        Metadata.manager(request.fieldManager, "fieldManager", problems);
        if (!List.of("", "Ignore", "Warn", "Strict").contains(request.fieldValidation)) {
            problems.notSupported("fieldValidation", request.fieldValidation, List.of("", "Ignore", "Strict", "Warn"));
        }
        problems.orThrow("meta.k8s.io", kind, "");
    }
}
