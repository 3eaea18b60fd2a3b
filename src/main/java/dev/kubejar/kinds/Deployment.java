package dev.kubejar.kinds;

import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;

/** Deployment (apps/v1). */
final class Deployment {
    private Deployment() {}

    static Kind build() {
        Kind.Builder kind = KindTable.start("apps/v1", "Deployment")
                .nameColumn()
                .column("Ready", d -> d.number("status.readyReplicas") + "/" + d.number("spec.replicas"))
                .column("Up-to-date", d -> d.number("status.updatedReplicas"))
                .column("Available", d -> d.number("status.availableReplicas"))
                .ageColumn();
        return Workloads.containerColumns(kind, "spec.template.spec")
                .wide("Selector", d -> Cells.selectorText(d.obj("spec.selector")))
                .nameRule(Names::subdomain)
                .defaults(Deployment::defaults)
                .prepareCreate(Workloads::clearStatus)
                .prepareUpdate(Deployment::prepareUpdate)
                .rule(DeploymentRules::check)
                .statusRule(DeploymentRules::status)
                .describe(DeploymentDescription::write)
                .build();
    }

    private static void defaults(Obj deployment) {
        Workloads.template(deployment);
        Obj spec = deployment.child("spec");
        dev.kubejar.kinds.pod.Zeros.drop(spec, "paused", "minReadySeconds");
        spec.orSet("replicas", 1);
        Obj strategy = spec.child("strategy");
        if (strategy.text("type").isEmpty()) {
            strategy.set("type", "RollingUpdate");
        }
        if (strategy.text("type").equals("RollingUpdate")) {
            strategy.child("rollingUpdate").orSet("maxUnavailable", "25%").orSet("maxSurge", "25%");
        }
        spec.orSet("revisionHistoryLimit", 10);
        spec.orSet("progressDeadlineSeconds", 600);
        if (!deployment.has("status")) {
            deployment.set("status", Json.object());
        }
    }

    /** A Deployment's generation counts changes of its annotations too. */
    private static void prepareUpdate(Obj now, Obj before) {
        Workloads.keepStatus(now, before);
        if (!now.annotations().equals(before.annotations())) {
            now.set("metadata.generation", before.generation() + 1);
        }
    }
}
