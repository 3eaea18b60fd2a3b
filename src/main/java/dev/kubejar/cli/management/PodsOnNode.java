package dev.kubejar.cli.management;

import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Pods;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which pods of a node drain may remove, what it says of the others, and why it may not go on. */
final class PodsOnNode {
    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final Invocation call;
    private final Flags flags;
    private final List<Obj> removable = new ArrayList<>();
    private final Map<String, List<String>> warnings = new LinkedHashMap<>();
    private final Map<String, List<String>> refusals = new LinkedHashMap<>();

    private PodsOnNode(Invocation call) {
        this.call = call;
        this.flags = call.flags();
    }

    static PodsOnNode of(Invocation call, String node) {
        PodsOnNode found = new PodsOnNode(call);
        Request request = Request.list(Resources.PODS, "")
                .labels(found.flags.text("pod-selector"))
                .fields("spec.nodeName=" + node);
        for (Obj pod : call.call(request).items()) {
            found.judge(pod);
        }
        return found;
    }

    List<Obj> removable() {
        return removable;
    }

    /** Why nothing may be removed at all, a reason each; empty where it may. */
    List<String> refusals() {
        List<String> texts = new ArrayList<>();
        refusals.forEach((reason, pods) -> texts.add("cannot delete " + reason + ": " + String.join(", ", pods)));
        return texts;
    }

    String warnings() {
        List<String> texts = new ArrayList<>();
        warnings.forEach((reason, pods) -> texts.add(reason + ": " + String.join(", ", pods)));
        return String.join("; ", texts);
    }

    /** The filters in kubectl's order: the last warning about a pod is the one that is told. */
    private void judge(Obj pod) {
        String warning = null;
        if (skipped(pod, call)) {
            return;
        }
        boolean ended = Pods.terminal(pod);
        Obj owner = pod.controller();
        boolean daemon = owner != null
                && owner.text("kind").equals("DaemonSet")
                && owner.text("apiVersion").equals("apps/v1");
        if (daemon && !ended) {
            ApiError missing = missing(pod, owner);
            if (missing == null) {
                boolean ignored = flags.on("ignore-daemonsets");
                note(
                        ignored ? warnings : refusals,
                        ignored
                                ? "ignoring DaemonSet-managed Pods"
                                : "DaemonSet-managed Pods (use --ignore-daemonsets to ignore)",
                        pod);
                return;
            }
            if (!missing.is("NotFound") || !flags.on("force")) {
                note(refusals, missing.getMessage(), pod);
                return;
            }
            warning = missing.getMessage();
        }
        if (pod.annotations().containsKey(MIRROR)) {
            return;
        }
        boolean local = pod.list("spec.volumes").stream().anyMatch(volume -> volume.has("emptyDir"));
        if (local && !ended) {
            if (!flags.on("delete-emptydir-data")) {
                note(refusals, "Pods with local storage (use --delete-emptydir-data to override)", pod);
                return;
            }
        }
        if (owner == null && !ended) {
            if (!flags.on("force")) {
                note(refusals, "Pods that declare no controller (use --force to override)", pod);
                return;
            }
            warning = "deleting Pods that declare no controller";
        } else if (warning != null) {
            warning = null; // the filters behind it had nothing to say, and the last word counts
        }
        if (warning != null) {
            note(warnings, warning, pod);
        }
        removable.add(pod);
    }

    /** Whether the pod has been going for longer than one waits for. */
    static boolean skipped(Obj pod, Invocation call) {
        long patience = call.flags().number("skip-wait-for-delete-timeout");
        return patience > 0
                && pod.deleting()
                && Duration.between(pod.time("metadata.deletionTimestamp"), call.now())
                                .toSeconds()
                        > patience;
    }

    private ApiError missing(Obj pod, Obj owner) {
        try {
            call.call(Request.get(Resources.DAEMONSETS, pod.namespace(), owner.text("name")));
            return null;
        } catch (ApiError e) {
            return e;
        }
    }

    private static void note(Map<String, List<String>> where, String reason, Obj pod) {
        where.computeIfAbsent(reason, key -> new ArrayList<>()).add(pod.namespace() + "/" + pod.name());
    }
}
