package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.PodUsage;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Scales workloads by what their pods use, every fifteen seconds. */
final class HorizontalAutoscaler extends Controller {
    private static final Duration PERIOD = Duration.ofSeconds(15);
    private static final long DOWN_WINDOW = 300;
    private static final double TOLERANCE = 0.1;

    private final PodUsage usage;

    HorizontalAutoscaler(ActorContext context, PodUsage usage) {
        super(context, "horizontal-pod-autoscaler");
        this.usage = usage;
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.HORIZONTALPODAUTOSCALERS)) {
            wake.accept(new Ref(
                    Resources.HORIZONTALPODAUTOSCALERS,
                    change.ref().namespace(),
                    change.ref().name()));
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj hpa = client.find(ref).orElse(null);
        ScalingMemory memory = new ScalingMemory(context.memory(), ref.key(), now());
        if (hpa == null || hpa.deleting()) {
            memory.forget();
            return Outcome.done();
        }
        Instant due = memory.next();
        if (due != null && due.isAfter(now())) {
            return later(due);
        }
        if (due != null) {
            new Look(hpa, memory).run();
        }
        memory.next(now().plus(PERIOD));
        return Outcome.again(PERIOD);
    }

    /** One look at an autoscaler. */
    private final class Look {
        final Obj before;
        final Obj hpa;
        final ScalingMemory memory;
        final List<Obj> statuses = new ArrayList<>();
        long current;
        String metric = "";

        Look(Obj before, ScalingMemory memory) {
            this.before = before;
            this.hpa = before.copy();
            this.memory = memory;
        }

        void run() {
            Obj scale;
            GroupVersionResource resource;
            try {
                resource = resource();
                scale = client.call(Request.get(resource, hpa.namespace(), hpa.text("spec.scaleTargetRef.name"))
                                .subresource("scale"))
                        .object();
            } catch (ApiError e) {
                events.warning(hpa, "FailedGetScale", e.getMessage());
                condition(
                        "AbleToScale",
                        false,
                        "FailedGetScale",
                        "the HPA controller was unable to get the target's current scale: " + e.getMessage());
                write();
                return;
            }
            condition(
                    "AbleToScale",
                    true,
                    "SucceededGetScale",
                    "the HPA controller was able to get the target's current scale");
            current = scale.number("spec.replicas");
            memory.begin(current);
            decide(resource, scale);
        }

        private GroupVersionResource resource() {
            String apiVersion = hpa.text("spec.scaleTargetRef.apiVersion");
            String kind = hpa.text("spec.scaleTargetRef.kind");
            return context.census()
                    .resource(apiVersion, kind)
                    .orElseThrow(() -> new ApiError(
                            404,
                            "NotFound",
                            "no matches for kind \"" + kind + "\" in group \""
                                    + Obj.create(apiVersion, kind).group() + "\""));
        }

        private void decide(GroupVersionResource resource, Obj scale) {
            long min = hpa.number("spec.minReplicas", 1);
            long max = hpa.number("spec.maxReplicas");
            String reason = "";
            long desired;
            if (current == 0 && min != 0) {
                condition(
                        "ScalingActive",
                        false,
                        "ScalingDisabled",
                        "scaling is disabled since the replica count of the target is zero");
                finish(current, false);
                return;
            } else if (current > max) {
                reason = "Current number of replicas above Spec.MaxReplicas";
                desired = max;
            } else if (current < min) {
                reason = "Current number of replicas below Spec.MinReplicas";
                desired = min;
            } else {
                long proposed = proposed(scale);
                if (proposed < 0) {
                    return;
                }
                reason = proposed > current ? metric + " above target" : "All metrics below target";
                desired = normalized(proposed, min, max);
            }
            boolean rescale = desired != current;
            if (rescale && !rescale(resource, scale, desired, reason)) {
                return;
            }
            finish(desired, rescale);
        }

        /** The most that a metric asks for; negative where none could tell, which has been said then. */
        private long proposed(Obj scale) {
            List<Obj> metrics = hpa.list("spec.metrics");
            List<Obj> pods = client.list(Resources.PODS, hpa.namespace(), scale.text("status.selector"));
            long most = 0;
            int invalid = 0;
            String first = "";
            String firstReason = "";
            for (Obj spec : metrics) {
                MetricLook look = new MetricLook(spec, pods);
                try {
                    ReplicaCalculator.Proposal proposal = look.propose();
                    statuses.add(look.status(proposal));
                    if (most == 0 || proposal.replicas() > most) {
                        most = proposal.replicas();
                        metric = look.name();
                    }
                } catch (ReplicaCalculator.NoMetrics e) {
                    events.warning(hpa, look.reason(), e.getMessage());
                    if (invalid++ == 0) {
                        first = look.failure() + e.getMessage();
                        firstReason = look.reason() + "\n" + e.getMessage();
                    }
                }
            }
            String problem =
                    "invalid metrics (" + invalid + " invalid out of " + metrics.size() + "), first error is: " + first;
            if (invalid >= metrics.size() || invalid > 0 && most < current) {
                int split = firstReason.indexOf('\n');
                condition(
                        "ScalingActive",
                        false,
                        firstReason.substring(0, split),
                        "the HPA was unable to compute the replica count: " + firstReason.substring(split + 1));
                hpa.set("status.currentReplicas", current);
                write();
                events.warning(hpa, "FailedComputeMetricsReplicas", problem);
                return -1;
            }
            condition(
                    "ScalingActive",
                    true,
                    "ValidMetricFound",
                    "the HPA was able to successfully calculate a replica count from " + metric);
            return most;
        }

        private long normalized(long proposed, long min, long max) {
            Obj behavior = hpa.obj("spec.behavior");
            boolean plain = behavior.isEmpty();
            long stable = plain
                    ? memory.highest(proposed, DOWN_WINDOW)
                    : memory.stabilized(
                            current,
                            proposed,
                            behavior.number("scaleUp.stabilizationWindowSeconds", 0),
                            behavior.number("scaleDown.stabilizationWindowSeconds", DOWN_WINDOW));
            if (stable == proposed) {
                condition("AbleToScale", true, "ReadyForNewScale", "recommended size matches current size");
            } else if (!plain && proposed >= current) {
                condition(
                        "AbleToScale",
                        true,
                        "ScaleUpStabilized",
                        "recent recommendations were lower than current one, applying the lowest recent"
                                + " recommendation");
            } else {
                condition(
                        "AbleToScale",
                        true,
                        "ScaleDownStabilized",
                        "recent recommendations were higher than current one, applying the highest recent"
                                + " recommendation");
            }
            ScalingMemory.Limited limited = plain
                    ? ScalingMemory.limited(current, stable, min, max)
                    : memory.limited(current, stable, min, max, behavior);
            condition("ScalingLimited", limited.replicas() != stable, limited.reason(), limited.message());
            return limited.replicas();
        }

        private boolean rescale(GroupVersionResource resource, Obj scale, long desired, String reason) {
            try {
                Obj wanted = scale.copy().set("spec.replicas", desired);
                client.call(Request.update(resource, hpa.namespace(), scale.name(), wanted)
                        .subresource("scale"));
            } catch (ApiError e) {
                events.warning(
                        hpa,
                        "FailedRescale",
                        "New size: " + desired + "; reason: " + reason + "; error: " + e.getMessage());
                condition(
                        "AbleToScale",
                        false,
                        "FailedUpdateScale",
                        "the HPA controller was unable to update the target scale: " + e.getMessage());
                hpa.set("status.currentReplicas", current);
                write();
                return false;
            }
            condition(
                    "AbleToScale",
                    true,
                    "SucceededRescale",
                    "the HPA controller was able to update the target scale to " + desired);
            events.normal(hpa, "SuccessfulRescale", "New size: " + desired + "; reason: " + reason);
            memory.rescaled(current, desired);
            return true;
        }

        private void finish(long desired, boolean rescaled) {
            hpa.set("status.currentReplicas", current).set("status.desiredReplicas", desired);
            if (statuses.isEmpty()) {
                hpa.remove("status.currentMetrics");
            } else {
                hpa.set("status.currentMetrics", statuses);
            }
            if (rescaled) {
                hpa.set("status.lastScaleTime", now());
            }
            write();
        }

        private void write() {
            hpa.orSet("status.desiredReplicas", 0);
            hpa.orSet("status.currentReplicas", 0);
            writeStatus(Resources.HORIZONTALPODAUTOSCALERS, before, hpa);
        }

        private void condition(String type, boolean status, String reason, String message) {
            Conditions.put(
                    hpa,
                    Obj.create()
                            .set("type", type)
                            .set("status", status ? "True" : "False")
                            .set("lastTransitionTime", Times.seconds(now()))
                            .set("reason", reason)
                            .set("message", message));
        }

        /** One metric of the autoscaler. */
        private final class MetricLook {
            final Obj spec;
            final List<Obj> pods;
            final String type;
            final Obj source;

            MetricLook(Obj spec, List<Obj> pods) {
                this.spec = spec;
                this.pods = pods;
                type = spec.text("type");
                source = spec.obj(type.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + type.substring(1));
            }

            String reason() {
                return "FailedGet" + type + "Metric";
            }

            private String resource() {
                return source.text("name");
            }

            /** What went wrong, in front of why. */
            String failure() {
                return switch (type) {
                    case "Resource" -> "failed to get " + resource() + " resource metric value: ";
                    case "ContainerResource" ->
                        "failed to get " + source.text("container") + " container metric value: ";
                    case "External" -> "failed to get " + source.text("metric.name") + " external metric value: ";
                    default -> "failed to get " + type.toLowerCase(java.util.Locale.ROOT) + " metric value: ";
                };
            }

            String name() {
                boolean percent = source.has("target.averageUtilization");
                if (!percent) {
                    return resource() + " resource";
                }
                return resource() + (type.equals("ContainerResource") ? " container" : "")
                        + " resource utilization (percentage of request)";
            }

            ReplicaCalculator.Proposal propose() {
                String metricName = source.text("metric.name");
                switch (type) {
                    case "Resource", "ContainerResource" -> {}
                    case "External" ->
                        throw new ReplicaCalculator.NoMetrics("unable to get external metric "
                                + hpa.namespace() + "/" + metricName
                                + "/nil: unable to fetch metrics from external metrics API: the server could not find the"
                                + " requested resource (get " + metricName + ".external.metrics.k8s.io)");
                    default ->
                        throw new ReplicaCalculator.NoMetrics("unable to get metric " + metricName
                                + ": unable to fetch metrics from custom metrics API: no custom metrics API"
                                + " (custom.metrics.k8s.io) registered");
                }
                ReplicaCalculator calculator =
                        new ReplicaCalculator(usage, now(), tolerance("scaleUp"), tolerance("scaleDown"));
                String container = source.text("container");
                try {
                    return source.has("target.averageUtilization")
                            ? calculator.utilization(
                                    current, pods, resource(), container, source.number("target.averageUtilization"))
                            : calculator.average(
                                    current,
                                    pods,
                                    resource(),
                                    container,
                                    Quantity.of(source.at("target.averageValue"))
                                            .milliValue());
                } catch (ReplicaCalculator.NoMetrics e) {
                    String what = source.has("target.averageUtilization") ? "utilization" : "usage";
                    throw new ReplicaCalculator.NoMetrics(
                            "failed to get " + resource() + " " + what + ": " + e.getMessage());
                }
            }

            private double tolerance(String direction) {
                String path = "spec.behavior." + direction + ".tolerance";
                return hpa.has(path) ? Quantity.of(hpa.at(path)).asApproximate() : TOLERANCE;
            }

            Obj status(ReplicaCalculator.Proposal proposal) {
                Obj now = Obj.create();
                if (source.has("target.averageUtilization")) {
                    now.set("averageUtilization", proposal.percent());
                }
                Quantity average = resource().equals("cpu")
                        ? Quantity.ofMilli(proposal.average(), Quantity.Format.DECIMAL_SI)
                        : Quantity.of(proposal.average() / 1000, Quantity.Format.BINARY_SI);
                now.set("averageValue", average.toString());
                Obj inner = Obj.create().set("name", resource()).set("current", now);
                if (type.equals("ContainerResource")) {
                    inner.set("container", source.text("container"));
                }
                String field = type.equals("Resource") ? "resource" : "containerResource";
                return Obj.create().set("type", type).set(field, inner);
            }
        }
    }
}
