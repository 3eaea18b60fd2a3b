package dev.kubejar.cli.create;

import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;

/** {@code kubectl create priorityclass}. */
public final class CreatePriorityClass extends Generator {
    @Override
    void declare(Flags flags) {
        flags.string("description", "")
                .bool("global-default", false)
                .string("preemption-policy", "PreemptLowerPriority")
                .int32("value", 0);
    }

    @Override
    Obj build(String name) {
        Obj made = object("scheduling.k8s.io/v1", "PriorityClass", name, false);
        made.set("value", flags().number("value"));
        if (flags().on("global-default")) {
            made.set("globalDefault", true);
        }
        if (!flags().text("description").isEmpty()) {
            made.set("description", flags().text("description"));
        }
        return made.set("preemptionPolicy", flags().text("preemption-policy"));
    }

    @Override
    String failure() {
        return "failed to create priorityclass:";
    }
}
