package dev.kubejar.cli.management;

import dev.kubejar.cli.Await;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Failures;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.print.NamePrinter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Evicts or deletes pods and waits until they are gone; evictions that a budget forbids are tried again. */
final class Removal {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private enum Stage {
        ASKING,
        GOING,
        DONE
    }

    /** One pod on its way. */
    private static final class Leaver {
        Obj pod;
        Stage stage = Stage.ASKING;
        Instant next;

        Leaver(Obj pod, Instant now) {
            this.pod = pod;
            this.next = now;
        }

        String quoted() {
            return "pods/" + Go.quote(pod.name()) + " -n " + Go.quote(pod.namespace());
        }
    }

    private final Invocation call;
    private final DryRun dryRun;
    private final Duration timeout;
    private final Instant deadline;
    private final boolean evicting;
    private final List<RuntimeException> failures = new ArrayList<>();

    Removal(Invocation call, DryRun dryRun) {
        this.call = call;
        this.dryRun = dryRun;
        this.timeout = call.flags().duration("timeout");
        this.deadline = call.now().plus(timeout.isZero() ? Await.FOR_EVER : timeout);
        this.evicting = !call.flags().on("disable-eviction");
    }

    /** Throws what failed when all others are through. */
    void remove(List<Obj> pods) {
        List<Leaver> leavers = new ArrayList<>();
        pods.forEach(pod -> leavers.add(new Leaver(pod, call.now())));
        while (true) {
            boolean waiting = false;
            for (Leaver leaver : leavers) {
                step(leaver);
                waiting |= leaver.stage != Stage.DONE;
            }
            if (!waiting) {
                break;
            }
            await(leavers);
        }
        Failures.throwAll(failures);
    }

    private void step(Leaver leaver) {
        if (leaver.stage == Stage.ASKING && !leaver.next.isAfter(call.now())) {
            if (evicting) {
                evict(leaver);
            } else {
                delete(leaver);
            }
        } else if (leaver.stage == Stage.GOING) {
            look(leaver);
        }
    }

    private void evict(Leaver leaver) {
        String which = leaver.pod.namespace() + "/" + leaver.pod.name();
        call.out().println("evicting pod " + which + (dryRun.server() ? " (server dry run)" : ""));
        if (late()) {
            fail(leaver, "error when evicting " + leaver.quoted() + ": global timeout reached: " + Go.written(timeout));
            return;
        }
        Obj eviction = Obj.create("policy/v1", "Eviction", leaver.pod.namespace(), leaver.pod.name());
        long grace = call.flags().number("grace-period");
        if (grace >= 0) {
            eviction.set("deleteOptions.gracePeriodSeconds", grace);
        }
        Ref ref = new Ref(Resources.PODS, leaver.pod.namespace(), leaver.pod.name());
        try {
            call.call(Request.create(ref, "eviction", eviction).dryRun(dryRun.server()));
            leaver.stage = dryRun.server() ? Stage.DONE : Stage.GOING;
        } catch (ApiError e) {
            refused(leaver, e);
        }
    }

    private void refused(Leaver leaver, ApiError e) {
        boolean ending = e.is("Forbidden")
                && e.causes().stream().anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
        if (e.is("NotFound")) {
            leaver.stage = Stage.DONE;
        } else if (ending && leaver.pod.deleting()) {
            leaver.stage = Stage.GOING;
        } else if (e.is("TooManyRequests") || ending) {
            String what = ending
                    ? "error when evicting pod " + Go.quote(leaver.pod.name()) + " from terminating namespace "
                            + Go.quote(leaver.pod.namespace())
                    : "error when evicting " + leaver.quoted();
            call.err().println(what + " (will retry after " + Go.written(RETRY) + "): " + e.getMessage());
            leaver.next = call.now().plus(RETRY);
            find(leaver);
        } else {
            fail(leaver, "error when evicting " + leaver.quoted() + ": " + e.getMessage());
        }
    }

    private void find(Leaver leaver) {
        call.client()
                .find(Resources.PODS, leaver.pod.namespace(), leaver.pod.name())
                .ifPresent(fresh -> leaver.pod = fresh);
    }

    private void delete(Leaver leaver) {
        long grace = call.flags().number("grace-period");
        try {
            call.call(Request.delete(Resources.PODS, leaver.pod.namespace(), leaver.pod.name())
                    .grace(grace < 0 ? null : Long.valueOf(grace))
                    .dryRun(dryRun.server()));
        } catch (ApiError e) {
            if (!e.is("NotFound")) {
                throw e;
            }
        }
        leaver.stage = Stage.GOING;
    }

    private void look(Leaver leaver) {
        Obj there = call.client()
                .find(Resources.PODS, leaver.pod.namespace(), leaver.pod.name())
                .orElse(null);
        if (there == null || !there.uid().equals(leaver.pod.uid())) {
            new NamePrinter(dryRun.done(evicting ? "evicted" : "deleted")).print(leaver.pod, call.out());
            leaver.stage = Stage.DONE;
        } else if (PodsOnNode.skipped(there, call)) {
            call.out()
                    .println("pod " + leaver.pod.name() + " has DeletionTimestamp older than "
                            + call.flags().number("skip-wait-for-delete-timeout") + " seconds, skipping");
            leaver.stage = Stage.DONE;
        } else if (late()) {
            overdue(leaver);
        }
    }

    private void overdue(Leaver leaver) {
        String late = "context deadline exceeded";
        fail(
                leaver,
                evicting
                        ? "error when waiting for pod " + Go.quote(leaver.pod.name()) + " in namespace "
                                + Go.quote(leaver.pod.namespace()) + " to terminate: " + late
                        : late);
    }

    private void fail(Leaver leaver, String message) {
        failures.add(new CliError(message));
        leaver.stage = Stage.DONE;
    }

    private boolean late() {
        return !call.now().isBefore(deadline);
    }

    private void await(List<Leaver> leavers) {
        Instant until = leavers.stream().anyMatch(each -> each.stage == Stage.GOING) ? deadline : Instant.MAX;
        for (Leaver leaver : leavers) {
            if (leaver.stage == Stage.ASKING && leaver.next.isBefore(until)) {
                until = leaver.next;
            }
        }
        call.session().flush();
        boolean moved = call.cluster().awaitChange(until);
        if (!moved && call.now().isBefore(until)) {
            standStill(leavers);
        }
    }

    /** Time stands still and nothing will happen: that is as if the time were up. */
    private void standStill(List<Leaver> leavers) {
        for (Leaver leaver : leavers) {
            if (leaver.stage == Stage.GOING) {
                overdue(leaver);
            } else if (leaver.stage == Stage.ASKING) {
                fail(
                        leaver,
                        "error when evicting " + leaver.quoted() + ": global timeout reached: " + Go.written(timeout));
            }
        }
    }
}
