package dev.kubejar.cli.create;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.object.Json;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;

/** {@code kubectl create poddisruptionbudget}. */
public final class CreatePodDisruptionBudget extends Generator {
    @Override
    void declare(Flags flags) {
        flags.string("max-unavailable", "").string("min-available", "").string("selector", "");
    }

    @Override
    Obj build(String name) {
        String least = flags().text("min-available");
        String most = flags().text("max-unavailable");
        String selector = flags().text("selector");
        if (name.isEmpty()) {
            throw new CliError("name must be specified");
        }
        if (selector.isEmpty()) {
            throw new CliError("a selector must be specified");
        }
        if (least.isEmpty() && most.isEmpty()) {
            throw new CliError("one of min-available or max-unavailable must be specified");
        }
        if (!least.isEmpty() && !most.isEmpty()) {
            throw new CliError("min-available and max-unavailable cannot be both specified");
        }
        if (!least.isEmpty() && !least.matches("[0-9]+%?")) {
            throw new CliError("invalid format specified for min-available");
        }
        if (!most.isEmpty() && !most.matches("[0-9]+%?")) {
            throw new CliError("invalid format specified for max-unavailable");
        }
        Obj budget = object("policy/v1", "PodDisruptionBudget", name, true);
        if (!least.isEmpty()) {
            budget.set("spec.minAvailable", value(least));
        }
        try {
            budget.set("spec.selector", LabelSelector.parse(selector).toNode());
        } catch (ParseError e) {
            throw new CliError("couldn't parse the selector string " + Go.quote(selector) + ": " + e.getMessage());
        }
        if (!most.isEmpty()) {
            budget.set("spec.maxUnavailable", value(most));
        }
        Obj status = budget.child("status");
        for (String count : new String[] {"disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"}) {
            status.set(count, 0);
        }
        return budget;
    }

    private static JsonNode value(String text) {
        return text.endsWith("%") ? Json.NODES.textNode(text) : Json.NODES.numberNode(Integer.parseInt(text));
    }

    @Override
    String failure() {
        return "failed to create poddisruptionbudgets:";
    }
}
