package dev.kubejar.kubelet;

import dev.kubejar.object.Obj;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The startup, readiness and liveness probes of one running container: counted, judged by their thresholds, and asked
 * again on the period's grid. A probe whose answer stands still needs no timer: it is asked again at the next point of
 * its grid once something in the pod has moved.
 */
final class Probes {
    private static final String[] KINDS = {"startup", "readiness", "liveness"};

    private final PodContext context;
    private final Obj container;
    private final ContainerRecord record;
    private Instant due;
    private String verdict = "";

    Probes(PodContext context, Obj container, ContainerRecord record) {
        this.context = context;
        this.container = container;
        this.record = record;
    }

    /** The earliest next probe, or null. */
    Instant due() {
        return due;
    }

    /** Why the container must be restarted: {@code liveness} or {@code startup}; empty where it need not. */
    String verdict() {
        return verdict;
    }

    /** Runs what is due; {@code moved}: something in the pod has changed since the last look. */
    void run(boolean moved) {
        boolean startupDone = !container.has("startupProbe") || record.started();
        if (!container.has("startupProbe") && !record.started()) {
            record.started(true);
        }
        for (String kind : KINDS) {
            if (container.has(kind + "Probe") && startupDone != kind.equals("startup")) {
                probe(kind, container.obj(kind + "Probe"), moved);
                startupDone |= record.started();
            }
        }
        record.ready(record.started()
                && (!container.has("readinessProbe") || record.part("probes").bool("readiness.ok")));
    }

    private void probe(String kind, Obj spec, boolean moved) {
        Obj state = record.part("probes").child(kind);
        Duration period = Duration.ofSeconds(Math.max(1, spec.number("periodSeconds", 10)));
        Instant first = record.startedAt().plusSeconds(spec.number("initialDelaySeconds"));
        Instant next = state.has("next") ? Instant.parse(state.text("next")) : first;
        Instant now = context.now();
        if (state.bool("idle")) {
            if (!moved) {
                return;
            }
            next = grid(first, period, now);
            state.set("idle", false).set("next", next.toString());
        }
        while (!next.isAfter(now) && verdict.isEmpty()) {
            ask(kind, spec, state);
            next = next.plus(period);
            next = next.isAfter(now) ? next : grid(first, period, now);
            state.set("next", next.toString());
            if (settled(kind, spec, state)) {
                state.set("idle", true);
                return;
            }
        }
        due = due == null || next.isBefore(due) ? next : due;
    }

    /** The next point after {@code now} of the grid that starts at {@code first}. */
    private static Instant grid(Instant first, Duration period, Instant now) {
        if (now.isBefore(first)) {
            return first;
        }
        long periods = Duration.between(first, now).toMillis() / period.toMillis() + 1;
        return first.plus(period.multipliedBy(periods));
    }

    private void ask(String kind, Obj spec, Obj state) {
        String name = Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
        String fault;
        try {
            fault = ProbeHandler.ask(context, container, spec);
        } catch (ProbeHandler.Unknown e) {
            String message = name + " probe errored and resulted in unknown state: " + e.getMessage();
            context.event(container, "Warning", "Unhealthy", message);
            return;
        }
        boolean good = fault == null;
        if (!good) {
            context.event(container, "Warning", "Unhealthy", name + " probe failed: " + fault);
        }
        boolean same = state.has("good") && state.bool("good") == good;
        state.set("good", good).set("run", same ? state.number("run") + 1 : 1);
        long threshold = spec.number(good ? "successThreshold" : "failureThreshold", good ? 1 : 3);
        if (state.number("run") >= threshold) {
            judge(kind, state, good);
        }
    }

    private void judge(String kind, Obj state, boolean good) {
        state.set("ok", good);
        if (kind.equals("startup") && good) {
            record.started(true);
        } else if (!kind.equals("readiness") && !good) {
            verdict = kind;
        }
    }

    /** Whether another answer of the same kind would change nothing that anybody can see. */
    private boolean settled(String kind, Obj spec, Obj state) {
        boolean good = state.bool("good");
        return good
                && state.bool("ok")
                && state.number("run") >= spec.number("successThreshold", 1)
                && !kind.equals("startup");
    }

    static List<String> command(Obj spec) {
        return new ArrayList<>(spec.texts("command"));
    }
}
