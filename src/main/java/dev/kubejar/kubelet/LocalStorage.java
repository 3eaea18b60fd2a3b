package dev.kubejar.kubelet;

import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.time.Duration;
import java.time.Instant;

/** Evicts a pod whose emptyDirs hold more than they may: the eviction manager's look at local storage, every ten seconds. */
final class LocalStorage {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final long GRACE_SECONDS = 1;
    private static final String DUE = "evictAt";

    private final PodContext context;
    private final PodWorker worker;

    LocalStorage(PodContext context, PodWorker worker) {
        this.context = context;
        this.worker = worker;
    }

    /** Whether the pod has just been evicted. */
    boolean evicts() {
        PodRecord record = context.record();
        String message = record.mounted() ? excess() : "";
        if (message.isEmpty()) {
            if (record.time(DUE) != null) {
                record.time(DUE, null);
            }
            return false;
        }
        Instant now = context.now();
        if (record.time(DUE) == null) {
            Instant start = record.time("startTime");
            long looks = Duration.between(start, now).dividedBy(LOOK) + 1;
            record.time(DUE, start.plus(LOOK.multipliedBy(looks)));
        }
        Instant due = record.time(DUE);
        if (due.isAfter(now)) {
            worker.wakeAt(due);
            return false;
        }
        record.text("failure", "Evicted");
        record.text("failureMessage", message);
        record.time("killBy", now.plusSeconds(GRACE_SECONDS));
        context.event("Warning", "Evicted", message);
        return true;
    }

    private String excess() {
        for (Obj volume : context.pod().list("spec.volumes")) {
            String limit = volume.text("emptyDir.sizeLimit");
            if (limit.isEmpty() || volume.text("emptyDir.medium").equals("Memory")) {
                continue;
            }
            long most = Quantity.parse(limit).value();
            if (most > 0 && context.runtime().used(context.pod(), volume) > most) {
                return "Usage of EmptyDir volume \"" + volume.text("name") + "\" exceeds the limit \"" + limit + "\". ";
            }
        }
        return "";
    }
}
