package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Set;

/** Nothing is created in a namespace that is not there or is ending, and three namespaces stay for ever. */
final class NamespaceLifecycle implements Admission {
    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    @Override
    public void admit(Attributes request) {
        if (request.aboutAny(Resources.NAMESPACES)) {
            if (request.deletes() && IMMORTAL.contains(request.name())) {
                throw ApiError.forbidden(Resources.NAMESPACES, request.name(), "this namespace may not be deleted");
            }
            return;
        }
        String namespace = request.namespace();
        if (namespace.isEmpty() || request.deletes()) {
            return;
        }
        Obj found = request.reader().find(Resources.NAMESPACES, "", namespace);
        if (found == null) {
            throw ApiError.notFound(Resources.NAMESPACES, namespace);
        }
        if (request.creates() && found.text("status.phase").equals("Terminating")) {
            ApiError error = request.forbidden(
                    "unable to create new content in namespace " + namespace + " because it is being terminated");
            throw new ApiError(
                    error.code(),
                    error.reason(),
                    error.getMessage(),
                    error.details(),
                    List.of(new ApiError.Cause(
                            "NamespaceTerminating",
                            "namespace " + namespace + " is being terminated",
                            "metadata.namespace")));
        }
    }
}
