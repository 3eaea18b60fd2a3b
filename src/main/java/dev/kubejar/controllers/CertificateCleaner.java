package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Deletes signing requests an hour after their end, and pending ones after a day: pkg/controller/certificates/cleaner. */
final class CertificateCleaner extends Controller {
    private static final Duration DECIDED = Duration.ofHours(1);
    private static final Duration PENDING = Duration.ofHours(24);

    CertificateCleaner(ActorContext context) {
        super(context, "csrcleaner", "certificate-controller", "csrcleaner");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(CertificateSigner.REQUESTS) && !change.deleted()) {
            wake.accept(change.ref());
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj request = client.find(ref).orElse(null);
        if (request == null) {
            return Outcome.done();
        }
        Instant due = due(request);
        if (due.isAfter(clock.now())) {
            return Outcome.at(due);
        }
        client.delete(ref);
        return Outcome.done();
    }

    private static Instant due(Obj request) {
        Instant due = null;
        for (Obj condition : request.list("status.conditions")) {
            Instant since = condition.time("lastUpdateTime");
            if (since != null && (due == null || since.plus(DECIDED).isBefore(due))) {
                due = since.plus(DECIDED);
            }
        }
        return due == null ? request.time("metadata.creationTimestamp").plus(PENDING) : due;
    }
}
