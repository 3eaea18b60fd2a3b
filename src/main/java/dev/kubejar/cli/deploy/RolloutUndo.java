package dev.kubejar.cli.deploy;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Describing;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code kubectl rollout undo}. */
public final class RolloutUndo extends Rollout {
    private static final String HASH = "pod-template-hash";
    private static final Set<String> SKIPPED = Set.of(
            Changing.LAST_APPLIED,
            Revisions.REVISION,
            "deployment.kubernetes.io/revision-history",
            "deployment.kubernetes.io/desired-replicas",
            "deployment.kubernetes.io/max-replicas",
            "deprecated.deployment.rollback.to");

    private DryRun dryRun;

    @Override
    public void flags(Flags declared) {
        PrintFlags.declare(declared);
        FileOptions.declare(declared);
        DryRun.declare(declared);
        declared.string("selector", 'l', "").int64("to-revision", 0);
    }

    @Override
    int work() {
        dryRun = DryRun.of(flags);
        objects().visit(info -> {
            if (!info.object().annotation(Changing.LAST_APPLIED).isEmpty()) {
                call.err()
                        .println("Warning: resource " + info.objectName()
                                + " was previously managed with 'kubectl apply'."
                                + " Rolling back will not update the kubectl.kubernetes.io/last-applied-configuration annotation,"
                                + " which may cause unexpected behavior on future 'kubectl apply' operations. Consider using"
                                + " 'kubectl apply' with your previous configuration file instead.");
            }
            checkKind(info, "rollbacker", "rollbacker");
            PrintFlags.typed(call, dryRun.done(rollback(info))).print(info.object(), call.out());
        });
        return 0;
    }

    private String rollback(Info info) {
        long wanted = flags.number("to-revision");
        if (wanted < 0) {
            throw notFound(wanted);
        }
        Obj workload = info.object();
        boolean deployment = workload.kind().equals("Deployment");
        TreeMap<Long, Revisions.Revision> all = Revisions.of(call, workload);
        Revisions.Revision target = target(workload, all, wanted, deployment);
        if (dryRun.client()) {
            return Describing.podTemplate(call, target.workload());
        }
        if (deployment && workload.bool("spec.paused")) {
            throw new CliError(
                    "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and"
                            + " try again");
        }
        if (withoutHash(target.template()).equals(withoutHash(workload.obj("spec.template")))) {
            return "skipped rollback (current template already matches revision " + wanted + ")";
        }
        try {
            call.call(patch(info, target, deployment).dryRun(dryRun.server()).fieldManager("kubectl"));
        } catch (ApiError e) {
            throw new CliError("failed restoring revision " + wanted + ": " + e.getMessage());
        }
        return "rolled back";
    }

    private static CliError notFound(long wanted) {
        return new CliError("unable to find specified revision " + wanted + " in history");
    }

    private static Revisions.Revision target(
            Obj workload, TreeMap<Long, Revisions.Revision> all, long wanted, boolean deployment) {
        if (wanted > 0) {
            if (!all.containsKey(wanted)) {
                throw notFound(wanted);
            }
            return all.get(wanted);
        }
        if (all.size() < 2) {
            throw new CliError(
                    deployment
                            ? "no rollout history found for deployment " + Go.quote(workload.name())
                            : "no last revision to roll back to");
        }
        return all.lowerEntry(all.lastKey()).getValue();
    }

    private static Obj withoutHash(Obj template) {
        return template.copy().removeLabel(HASH);
    }

    private static Request patch(Info info, Revisions.Revision target, boolean deployment) {
        if (!deployment) {
            return Request.patch(
                    info.ref().resource(),
                    info.namespace(),
                    info.name(),
                    Request.PatchType.STRATEGIC,
                    target.kept().at("data"));
        }
        Map<String, String> annotations = new TreeMap<>();
        info.object().annotations().forEach((key, value) -> {
            if (SKIPPED.contains(key)) {
                annotations.put(key, value);
            }
        });
        target.kept().annotations().forEach((key, value) -> {
            if (!SKIPPED.contains(key)) {
                annotations.put(key, value);
            }
        });
        Obj template = Obj.create()
                .set("op", "replace")
                .set("path", "/spec/template")
                .set("value", withoutHash(target.template()).node());
        Obj notes = Obj.create()
                .set("op", "replace")
                .set("path", "/metadata/annotations")
                .set("value", annotations);
        return Request.patch(
                info.ref().resource(),
                info.namespace(),
                info.name(),
                Request.PatchType.JSON,
                Json.array().add(template.node()).add(notes.node()));
    }
}
