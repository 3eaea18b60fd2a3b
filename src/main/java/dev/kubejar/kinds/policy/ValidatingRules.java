package dev.kubejar.kinds.policy;

import dev.kubejar.cel.Type;
import dev.kubejar.kinds.rules.Conditions;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of ValidatingAdmissionPolicy and its bindings. */
public final class ValidatingRules {
    private static final int MOST_ANNOTATIONS = 20;
    private static final int LONGEST_VALUE = 5 * 1024;

    private ValidatingRules() {}

    /** Checks a policy. */
    public static void policy(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        failurePolicy(spec, problems);
        boolean params = spec.has("paramKind");
        if (params) {
            MatchRules.paramKind(spec.obj("paramKind"), "spec.paramKind", problems);
        }
        constraints(spec, problems);
        if (before == null || !sameConditions(now, before)) {
            ConditionRules.check(spec.list("matchConditions"), params, "spec.matchConditions", problems);
        }
        List<Obj> variables = spec.list("variables");
        Expressions expressions = new Expressions(params, !variables.isEmpty(), problems);
        expressions.variables(variables, "spec.variables");
        List<Obj> validations = spec.list("validations");
        List<Obj> annotations = spec.list("auditAnnotations");
        if (validations.isEmpty() && annotations.isEmpty()) {
            String why = "validations or auditAnnotations must contain at least one item";
            problems.required("spec.validations", why);
            problems.required("spec.auditAnnotations", why);
            return;
        }
        for (int i = 0; i < validations.size(); i++) {
            validation(validations.get(i), expressions, "spec.validations[" + i + "]", problems);
        }
        annotations(now.name(), annotations, expressions, problems);
    }

    static boolean sameConditions(Obj now, Obj before) {
        return Values.same(now.at("spec.paramKind"), before.at("spec.paramKind"))
                && Values.same(now.at("spec.matchConditions"), before.at("spec.matchConditions"));
    }

    static void failurePolicy(Obj spec, Problems problems) {
        if (spec.has("failurePolicy")) {
            Values.supported(problems, "spec.failurePolicy", spec.text("failurePolicy"), "Fail", "Ignore");
        } else {
            problems.required("spec.failurePolicy", "");
        }
    }

    static void constraints(Obj spec, Problems problems) {
        String path = "spec.matchConstraints";
        if (!spec.has("matchConstraints")) {
            problems.required(path, "");
            return;
        }
        MatchRules.check(spec.obj("matchConstraints"), path, problems);
        if (spec.list("matchConstraints.resourceRules").isEmpty()) {
            problems.required(path + ".resourceRules", "");
        }
    }

    private static void validation(Obj validation, Expressions expressions, String path, Problems problems) {
        String text = validation.text("expression");
        if (text.isBlank()) {
            problems.required(path + ".expression", "expression is not specified");
        } else {
            expressions.check(text, text, path + ".expression", Type.BOOL);
        }
        String expression = validation.text("messageExpression");
        if (!expression.isEmpty() && expression.isBlank()) {
            problems.invalid(path + ".messageExpression", expression, "must be non-empty if specified");
        } else if (!expression.isEmpty()) {
            expressions.message(expression, path + ".messageExpression");
        }
        String message = validation.text("message");
        String trimmed = message.strip();
        if (!message.isEmpty() && trimmed.isEmpty()) {
            problems.invalid(path + ".message", message, "must be non-empty if specified");
        } else if (trimmed.indexOf('\n') >= 0 || trimmed.indexOf('\r') >= 0) {
            problems.invalid(path + ".message", message, "must not contain line breaks");
        }
        if (validation.has("reason")) {
            Values.supported(
                    problems,
                    path + ".reason",
                    validation.text("reason"),
                    "Forbidden",
                    "Invalid",
                    "RequestEntityTooLarge");
        }
    }

    private static void annotations(String policy, List<Obj> annotations, Expressions expressions, Problems problems) {
        String list = "spec.auditAnnotations";
        if (annotations.size() > MOST_ANNOTATIONS) {
            problems.invalid(
                    list,
                    Obj.create().set("a", annotations).at("a"),
                    "must not have more than " + MOST_ANNOTATIONS + " auditAnnotations");
        }
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < annotations.size(); i++) {
            String path = list + "[" + i + "]";
            Obj annotation = annotations.get(i);
            String key = annotation.text("key");
            if (policy.isEmpty()) {
                problems.invalid(path + ".key", key, "requires metadata.name be non-empty");
            } else {
                String full = policy + "/" + key;
                Values.named(problems, path + ".key", full, Names.qualified(full));
            }
            value(annotation.text("valueExpression"), expressions, path + ".valueExpression", problems);
            if (!keys.add(key)) {
                problems.duplicate(path + ".key", key);
            }
        }
    }

    private static void value(String text, Expressions expressions, String path, Problems problems) {
        if (text.isBlank()) {
            problems.required(path, "valueExpression is not specified");
        } else if (Names.bytes(text.strip()) > LONGEST_VALUE) {
            problems.required(path, "must not exceed " + LONGEST_VALUE + " bytes in length");
        } else {
            expressions.check(text.strip(), text, path, Type.STRING, Type.NULL);
        }
    }

    /** Checks a change of a policy's status. */
    public static void status(Obj now, Obj before, Problems problems) {
        List<Obj> warnings = now.list("status.typeChecking.expressionWarnings");
        for (int i = 0; i < warnings.size(); i++) {
            String path = "status.typeChecking.expressionWarnings[" + i + "]";
            if (warnings.get(i).text("warning").isEmpty()) {
                problems.required(path + ".warning", "");
            }
            if (warnings.get(i).text("fieldRef").isBlank()) {
                problems.required(path + ".fieldRef", "");
            }
        }
        Conditions.check(problems, "status.conditions", now.list("status.conditions"));
    }

    /** Checks a binding. */
    public static void binding(Obj now, Obj before, Problems problems) {
        bound(now.obj("spec"), problems);
        List<String> actions = now.texts("spec.validationActions");
        String list = "spec.validationActions";
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < actions.size(); i++) {
            String action = actions.get(i);
            Values.supported(problems, list + "[" + i + "]", action, "Audit", "Deny", "Warn");
            if (!seen.add(action)) {
                problems.duplicate(list + "[" + i + "]", action);
            }
        }
        if (seen.contains("Deny") && seen.contains("Warn")) {
            problems.invalid(
                    list,
                    now.at(list),
                    "must not contain both Deny and Warn (repeating the same validation failure information in the API"
                            + " response and headers serves no purpose)");
        }
        if (actions.isEmpty()) {
            problems.required(list, "at least one validation action is required");
        }
    }

    /** What bindings of both kinds of policies have. */
    static void bound(Obj spec, Problems problems) {
        String name = spec.text("policyName");
        if (name.isEmpty()) {
            problems.required("spec.policyName", "");
        } else {
            Values.named(problems, "spec.policyName", name, Names.subdomain(name));
        }
        if (spec.has("paramRef")) {
            MatchRules.paramRef(spec.obj("paramRef"), "spec.paramRef", problems);
        }
        if (spec.has("matchResources")) {
            MatchRules.check(spec.obj("matchResources"), "spec.matchResources", problems);
        }
    }
}
