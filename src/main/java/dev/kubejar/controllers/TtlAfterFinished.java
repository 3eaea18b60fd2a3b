package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.time.Instant;
import java.util.function.Consumer;

/** Deletes a finished Job when its time is up. */
final class TtlAfterFinished extends Controller {
    TtlAfterFinished(ActorContext context) {
        super(context, "ttl-after-finished-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.JOBS)) {
            wake.accept(change.ref());
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj job = client.find(ref).orElse(null);
        Instant expiry = job == null || job.deleting() ? null : expiry(job);
        if (expiry == null) {
            return Outcome.done();
        }
        if (expiry.isAfter(now())) {
            return later(expiry);
        }
        try {
            client.call(Request.delete(ref.resource(), ref.namespace(), ref.name())
                    .propagation("Foreground")
                    .uid(job.uid()));
        } catch (ApiError e) {
            if (!e.is("NotFound")) {
                throw e;
            }
        }
        return Outcome.done();
    }

    private static Instant expiry(Obj job) {
        if (!job.has("spec.ttlSecondsAfterFinished")) {
            return null;
        }
        for (String type : new String[] {"Complete", "Failed"}) {
            if (Conditions.isTrue(job, type)) {
                return Conditions.find(job, type)
                        .time("lastTransitionTime")
                        .plusSeconds(job.number("spec.ttlSecondsAfterFinished"));
            }
        }
        return null;
    }
}
