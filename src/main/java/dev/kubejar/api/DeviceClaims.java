package dev.kubejar.api;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Problems;
import java.util.List;

/** Claims and templates of them may ask for administrators' access only in a namespace that is marked for it. */
final class DeviceClaims implements Strategy {
    private static final String LABEL = "resource.kubernetes.io/admin-access";
    private static final String WHY =
            "admin access to devices requires the `" + LABEL + ": true` label on the containing namespace";

    private final Parts parts;

    DeviceClaims(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void judge(Call call, Obj now, Obj before, Problems problems) {
        if (call.request.subresource.equals("status")) {
            String results = "status.allocation.devices.results";
            if (asking(before.list(results), "adminAccess") < 0) {
                judge(now, asking(now.list(results), "adminAccess"), results, problems);
            }
        } else if (before == null) {
            boolean template = now.has("spec.spec");
            String requests = template ? "spec.spec.devices.requests" : "spec.devices.requests";
            judge(now, asking(now.list(requests), "exactly.adminAccess"), "spec.devices.requests", problems);
        }
    }

    private static int asking(List<Obj> items, String field) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).bool(field)) {
                return i;
            }
        }
        return -1;
    }

    private void judge(Obj now, int asking, String path, Problems problems) {
        if (asking < 0) {
            return;
        }
        Kind namespaces = parts.kinds().byKind("v1", "Namespace").orElseThrow();
        Obj namespace = parts.registry().find(namespaces, "", now.namespace());
        if (namespace == null || !"true".equals(namespace.labels().get(LABEL))) {
            problems.forbidden(path + "[" + asking + "].adminAccess", WHY);
        }
    }
}
