package dev.kubejar.api;

import dev.kubejar.client.Resources;
import dev.kubejar.client.Response;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.time.Instant;
import java.util.List;

/** Evicts pods: a deletion that asks the disruption budgets first. */
final class Evictions {
    private static final String REFUSED = "Cannot evict pod as it would violate the pod's disruption budget.";
    private static final int MOST_DISRUPTED = 2000;

    private final Parts parts;
    private final Delete delete;

    Evictions(Parts parts, Delete delete) {
        this.parts = parts;
        this.delete = delete;
    }

    Response evict(Call call) {
        Obj eviction = parts.decoding().plain(call.request.body, "Eviction");
        if (!eviction.name().equals(call.request.name)) {
            throw ApiError.badRequest("name in URL does not match name in Eviction object");
        }
        Obj pod = parts.registry().get(call.stored, call.namespace(), call.request.name);
        if (!ending(pod)) {
            askBudgets(pod);
        }
        Obj marked = pod.copy();
        Bindings.condition(
                marked,
                Obj.create()
                        .set("type", "DisruptionTarget")
                        .set("status", "True")
                        .set("reason", "EvictionByEvictionAPI")
                        .set("message", "Eviction API: evicting"),
                parts.clock().now());
        parts.registry().put(call.stored, pod, marked);
        if (eviction.has("deleteOptions.gracePeriodSeconds")) {
            call.request.grace(eviction.number("deleteOptions.gracePeriodSeconds"));
        }
        call.request.uid(eviction.text("deleteOptions.preconditions.uid"));
        call.request.propagation(eviction.text("deleteOptions.propagationPolicy"));
        delete.delete(call);
        Obj status = Obj.create("v1", "Status");
        status.child("metadata");
        return Response.of(status.set("status", "Success").set("code", 201), call.warnings());
    }

    private static boolean ending(Obj pod) {
        return pod.deleting() || List.of("Succeeded", "Failed", "Pending").contains(pod.text("status.phase"));
    }

    private void askBudgets(Obj pod) {
        Kind kind = parts.kinds().byResource(Resources.PODDISRUPTIONBUDGETS).orElseThrow();
        List<Obj> budgets = parts
                .registry()
                .objects(parts.registry().space().range(Registry.prefix(kind, pod.namespace()), "", 0))
                .stream()
                .filter(budget -> LabelSelector.of(budget, "spec.selector").matches(pod))
                .toList();
        if (budgets.size() > 1) {
            throw new ApiError(
                    500,
                    "",
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        if (!budgets.isEmpty() && !(unhealthy(pod) && spares(budgets.get(0)))) {
            take(kind, budgets.get(0), pod);
        }
    }

    private static boolean unhealthy(Obj pod) {
        return pod.list("status.conditions").stream()
                .noneMatch(each ->
                        each.text("type").equals("Ready") && each.text("status").equals("True"));
    }

    private static boolean spares(Obj budget) {
        long desired = budget.number("status.desiredHealthy");
        return budget.text("spec.unhealthyPodEvictionPolicy").equals("AlwaysAllow")
                || budget.number("status.currentHealthy") >= desired && desired > 0;
    }

    private void take(Kind kind, Obj budget, Obj pod) {
        if (budget.number("status.observedGeneration") < budget.generation()) {
            throw refused(10, "The disruption budget " + budget.name() + " is still being processed by the server.");
        }
        long allowed = budget.number("status.disruptionsAllowed");
        if (allowed < 0) {
            throw ApiError.forbidden(kind.resource(), budget.name(), "pdb disruptions allowed is negative");
        }
        if (budget.at("status.disruptedPods").size() > MOST_DISRUPTED) {
            throw ApiError.forbidden(
                    kind.resource(),
                    budget.name(),
                    "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }
        if (allowed == 0) {
            throw refused(0, why(budget));
        }
        Instant now = parts.clock().now();
        Obj taken = budget.copy().set("status.disruptionsAllowed", allowed - 1);
        taken.child("status.disruptedPods").node().put(pod.name(), dev.kubejar.object.Times.seconds(now));
        if (allowed == 1) {
            exhausted(taken, now);
        }
        parts.registry().put(kind, budget, taken);
    }

    private static void exhausted(Obj budget, Instant now) {
        for (Obj condition : budget.list("status.conditions")) {
            if (condition.text("type").equals("DisruptionAllowed")) {
                condition
                        .set("status", "False")
                        .set("reason", "InsufficientPods")
                        .set("lastTransitionTime", now);
                condition.set("observedGeneration", budget.number("status.observedGeneration"));
            }
        }
    }

    private static String why(Obj budget) {
        long current = budget.number("status.currentHealthy");
        long desired = budget.number("status.desiredHealthy");
        String name = budget.name();
        Obj condition = budget.list("status.conditions").stream()
                .filter(each -> each.text("type").equals("DisruptionAllowed")
                        && each.text("status").equals("False")
                        && each.has("message"))
                .findFirst()
                .orElse(Obj.create());
        String message = condition.text("message");
        if (condition.text("reason").equals("SyncFailed") && !message.isEmpty()) {
            return "The disruption budget " + name + " does not allow evicting pods currently because it failed sync: "
                    + message;
        }
        if (current <= desired) {
            return "The disruption budget " + name + " needs " + desired + " healthy pods and has " + current
                    + " currently";
        }
        return "The disruption budget " + name + " does not allow evicting pods currently"
                + (message.isEmpty() ? "" : " (" + condition.text("reason") + "): " + message);
    }

    private static ApiError refused(int retryAfter, String cause) {
        return new ApiError(
                429,
                "TooManyRequests",
                REFUSED,
                new ApiError.Details("", "", "", "", retryAfter),
                List.of(new ApiError.Cause("DisruptionBudget", cause, "")));
    }
}
