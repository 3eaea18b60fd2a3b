package dev.kubejar.client;

import dev.kubejar.object.Obj;
import java.time.Duration;
import java.time.Instant;

/** What the rest of the cluster reads from a pod's status. */
public final class Pods {
    private Pods() {}

    public static String phase(Obj pod) {
        return pod.text("status.phase");
    }

    /** Whether all its containers have ended for good. */
    public static boolean terminal(Obj pod) {
        String phase = phase(pod);
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Neither ended nor being deleted: what counts as a replica. */
    public static boolean active(Obj pod) {
        return !terminal(pod) && !pod.deleting();
    }

    /** Being deleted, and not ended yet. */
    public static boolean terminating(Obj pod) {
        return !terminal(pod) && pod.deleting();
    }

    public static boolean ready(Obj pod) {
        return Conditions.isTrue(pod, "Ready");
    }

    /** Since when it has been ready, or null. */
    public static Instant readySince(Obj pod) {
        Obj ready = Conditions.find(pod, "Ready");
        return ready != null && ready.text("status").equals("True") ? ready.time("lastTransitionTime") : null;
    }

    /** When it will have been ready for so long; null while it is not ready. */
    public static Instant availableAt(Obj pod, long minReadySeconds) {
        Instant since = readySince(pod);
        return since == null ? null : since.plus(Duration.ofSeconds(minReadySeconds));
    }

    public static boolean available(Obj pod, long minReadySeconds, Instant now) {
        if (!ready(pod)) {
            return false;
        }
        Instant at = availableAt(pod, minReadySeconds);
        return minReadySeconds == 0 || at != null && !at.isAfter(now);
    }
}
