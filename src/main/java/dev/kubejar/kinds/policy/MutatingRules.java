package dev.kubejar.kinds.policy;

import dev.kubejar.cel.Type;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import dev.kubejar.schema.policy.PolicyEnvironment;
import java.util.List;

/** Rules of MutatingAdmissionPolicy and its bindings. */
public final class MutatingRules {
    private MutatingRules() {}

    /** Checks a policy. */
    public static void policy(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        ValidatingRules.failurePolicy(spec, problems);
        boolean params = spec.has("paramKind");
        if (params) {
            MatchRules.paramKind(spec.obj("paramKind"), "spec.paramKind", problems);
        }
        ValidatingRules.constraints(spec, problems);
        MatchRules.mutable(spec.obj("matchConstraints"), "spec.matchConstraints", problems);
        if (before == null || !ValidatingRules.sameConditions(now, before)) {
            ConditionRules.check(spec.list("matchConditions"), params, "spec.matchConditions", problems);
        }
        Expressions expressions = new Expressions(params, true, problems);
        expressions.variables(spec.list("variables"), "spec.variables");
        List<Obj> mutations = spec.list("mutations");
        if (mutations.isEmpty()) {
            problems.required("spec.mutations", "mutations must contain at least one item");
        }
        for (int i = 0; i < mutations.size(); i++) {
            mutation(mutations.get(i), expressions, "spec.mutations[" + i + "]", problems);
        }
        Values.oneOf(problems, "spec.reinvocationPolicy", spec.text("reinvocationPolicy"), "IfNeeded", "Never");
    }

    private static void mutation(Obj mutation, Expressions expressions, String path, Problems problems) {
        String type = mutation.text("patchType");
        switch (type) {
            case "" -> problems.required(path + ".patchType", "");
            case "JSONPatch" -> {
                Type wanted = PolicyEnvironment.patchType();
                patch(mutation, "jsonPatch", "applyConfiguration", wanted, expressions, path, problems);
            }
            case "ApplyConfiguration" -> {
                Type wanted = PolicyEnvironment.objectType();
                patch(mutation, "applyConfiguration", "jsonPatch", wanted, expressions, path, problems);
            }
            default -> problems.notSupported(path + ".patchType", type, List.of("ApplyConfiguration", "JSONPatch"));
        }
    }

    private static void patch(
            Obj mutation,
            String field,
            String other,
            Type type,
            Expressions expressions,
            String path,
            Problems problems) {
        String when = " when patchType is " + mutation.text("patchType");
        if (mutation.has(field)) {
            String text = mutation.text(field + ".expression").strip();
            if (text.isEmpty()) {
                problems.required(path + "." + field + ".expression", "");
            } else {
                expressions.patch(text, path + "." + field + ".expression", type);
            }
        } else {
            problems.required(path + "." + field, "must be specified" + when);
        }
        if (mutation.has(other)) {
            problems.invalid(path + "." + other, "{" + other + "}", "must not be specified" + when);
        }
    }

    /** Checks a binding. */
    public static void binding(Obj now, Obj before, Problems problems) {
        ValidatingRules.bound(now.obj("spec"), problems);
        MatchRules.mutable(now.obj("spec.matchResources"), "spec.matchResources", problems);
    }
}
