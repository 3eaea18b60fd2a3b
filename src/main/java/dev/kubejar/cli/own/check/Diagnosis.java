package dev.kubejar.cli.own.check;

import dev.kubejar.client.Conditions;
import dev.kubejar.object.Obj;
import java.util.List;

/** Goes through the workloads once time is up, and tells of those that are not ready the root causes. */
final class Diagnosis {
    private final World world;
    private final Workloads workloads;
    private final Behaviours behaviours;
    private final PodCauses pods;

    Diagnosis(World world, Workloads workloads) {
        this.world = world;
        this.workloads = workloads;
        this.behaviours = new Behaviours(world, workloads);
        this.pods = new PodCauses(world, workloads, behaviours);
    }

    void run() {
        for (Manifest each : world.manifests()) {
            if (each.accepted() && each.template() != null && !each.kind().equals("PodTemplate")) {
                workload(each);
            }
        }
        new ImageTrials(world, workloads).run();
        new Claims(world, workloads).lone();
        definitions();
        Links links = new Links(world, workloads);
        links.check();
        behaviours.conclude(links);
    }

    private void workload(Manifest manifest) {
        boolean told = false;
        List<Obj> all = workloads.pods(manifest);
        boolean ready = workloads.ready(manifest);
        for (Obj pod : all) {
            boolean gone = world.client
                    .find(dev.kubejar.object.Ref.of(dev.kubejar.client.Resources.PODS, pod))
                    .isEmpty();
            if (!gone || !ready) {
                told |= !(ready && job(manifest)) && pods.tell(manifest, pod);
            }
        }
        if (ready || told) {
            return;
        }
        told = created(manifest);
        if (!told && !manifest.mended && !running(manifest, all)) {
            unready(manifest);
        }
    }

    private static boolean job(Manifest manifest) {
        return manifest.kind().equals("Job") || manifest.kind().equals("CronJob");
    }

    /** A Job that takes its time, and does nothing wrong. */
    private boolean running(Manifest manifest, List<Obj> all) {
        if (!job(manifest)
                || workloads.failure(manifest, "BackoffLimitExceeded") != null
                || workloads.failure(manifest, "DeadlineExceeded") != null) {
            return false;
        }
        return all.stream().anyMatch(pod -> pod.text("status.phase").equals("Running"));
    }

    /** Pods that are not there because they are refused. */
    private boolean created(Manifest manifest) {
        String message = workloads.failure(manifest, "FailedCreate");
        if (message == null) {
            return false;
        }
        String quota = Refusals.quota(message);
        if (quota != null) {
            world.findings.shared(
                    Refusals.key(manifest, quota, message),
                    "quota",
                    manifest,
                    crowded(manifest, message),
                    "pods are refused: " + Refusals.bare(message));
        } else {
            world.findings.add(
                    "pods-refused",
                    manifest,
                    Refusals.blamed(manifest, message),
                    "pods are refused: " + Refusals.bare(message));
        }
        return true;
    }

    private static String crowded(Manifest manifest, String message) {
        boolean count = message.contains("requested: pods=") || message.contains("requested: count/pods=");
        if (count && manifest.sent.has("spec.replicas")) {
            return "spec.replicas";
        }
        Obj first = manifest.pod().list("spec.containers").get(0);
        return manifest.podField("spec.containers[0]" + (first.has("resources") ? ".resources" : ""));
    }

    private void unready(Manifest manifest) {
        Obj live = workloads.live(manifest);
        if (live.isEmpty()) {
            world.findings.add("not-ready", manifest, "", "it is gone again");
            return;
        }
        if (manifest.kind().equals("DaemonSet") && live.number("status.desiredNumberScheduled") == 0) {
            Obj spec = manifest.pod().obj("spec");
            String field =
                    spec.has("nodeSelector") ? "spec.nodeSelector" : spec.has("affinity") ? "spec.affinity" : "spec";
            world.findings.add("unschedulable", manifest, manifest.podField(field), "no node matches: it has no pods");
            return;
        }
        if (job(manifest)) {
            failed(manifest);
            return;
        }
        Obj condition = Conditions.find(live, "Progressing");
        condition = condition == null ? Conditions.find(live, "Ready") : condition;
        String message = condition == null ? "" : condition.text("message");
        world.findings.add(
                "not-ready", manifest, "", "did not become ready in time" + (message.isEmpty() ? "" : ": " + message));
    }

    private void failed(Manifest manifest) {
        String message = workloads.failure(manifest, "BackoffLimitExceeded");
        String deadline = workloads.failure(manifest, "DeadlineExceeded");
        if (deadline != null) {
            String field = manifest.kind().equals("Job") ? "spec" : "spec.jobTemplate.spec";
            world.findings.add("job-failed", manifest, field + ".activeDeadlineSeconds", deadline);
            return;
        }
        List<Obj> containers = manifest.pod().list("spec.containers");
        boolean command = !containers.isEmpty() && containers.get(0).has("command");
        world.findings.add(
                message == null ? "not-ready" : "job-failed",
                manifest,
                manifest.podField("spec.containers[0]" + (command ? ".command" : "")),
                message == null ? "did not complete in time" : message);
    }

    /** Definitions that the cluster has taken, and does not serve. */
    private void definitions() {
        for (Manifest each : world.manifests()) {
            if (each.kind().equals("CustomResourceDefinition") && each.accepted()) {
                Obj live = workloads.live(each);
                for (String type : new String[] {"NamesAccepted", "Established"}) {
                    Obj condition = Conditions.find(live, type);
                    if (condition != null && condition.text("status").equals("False")) {
                        world.findings.add("invalid", each, "spec.names", condition.text("message"));
                        break;
                    }
                }
            }
        }
    }
}
