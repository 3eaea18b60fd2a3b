package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.describe.QuotaParts;
import dev.kubejar.kinds.pod.Canonical;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;

/** ResourceQuota (v1). */
final class ResourceQuota {
    private ResourceQuota() {}

    static Kind build() {
        return KindTable.start("v1", "ResourceQuota")
                .nameColumn()
                .column("Request", quota -> amounts(quota, false))
                .column("Limit", quota -> amounts(quota, true))
                .ageColumn()
                .nameRule(Names::subdomain)
                .defaults(ResourceQuota::defaults)
                .prepareCreate(Workloads::clearStatus)
                .prepareUpdate(Workloads::keepStatus)
                .rule(QuotaRules::quota)
                .statusRule(QuotaRules::status)
                .describe((quota, out, related) -> QuotaParts.quota(quota, out))
                .build();
    }

    private static void defaults(Obj quota) {
        quota.child("spec");
        Canonical.quantities(quota, "spec.hard");
        Canonical.quantities(quota, "status.hard");
        Canonical.quantities(quota, "status.used");
        if (!quota.has("status")) {
            quota.child("status");
        }
    }

    private static String amounts(Obj quota, boolean limits) {
        StringBuilder out = new StringBuilder();
        Obj used = quota.obj("status.used");
        Parts.sorted(quota.obj("status.hard")).forEach((name, hard) -> {
            if (name.startsWith("limits.") == limits) {
                out.append(out.length() == 0 ? "" : ", ")
                        .append(name)
                        .append(": ")
                        .append(Quantity.of(used.node().path(name)))
                        .append('/')
                        .append(Quantity.of(hard));
            }
        });
        return out.toString();
    }
}
