package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of a Job's pod failure and success policies. */
final class JobPolicyRules {
    private static final String[] ACTIONS = {"Count", "FailIndex", "FailJob", "Ignore"};

    private JobPolicyRules() {}

    static void failure(Problems problems, String path, Obj spec) {
        if (!spec.has("podFailurePolicy")) {
            return;
        }
        String rulesPath = path + ".podFailurePolicy.rules";
        List<Obj> rules = spec.list("podFailurePolicy.rules");
        if (rules.size() > 20) {
            problems.tooMany(rulesPath, rules.size(), 20);
        }
        Set<String> containers = new HashSet<>();
        spec.list("template.spec.containers").forEach(each -> containers.add(each.text("name")));
        spec.list("template.spec.initContainers").forEach(each -> containers.add(each.text("name")));
        for (int i = 0; i < rules.size(); i++) {
            rule(problems, rulesPath + "[" + i + "]", rules.get(i), spec, containers);
        }
    }

    private static String valid(String... values) {
        StringBuilder out = new StringBuilder("valid values: [");
        for (String value : values) {
            out.append(out.charAt(out.length() - 1) == '[' ? "" : " ").append(Problems.quoted(value));
        }
        return out.append(']').toString();
    }

    private static void choice(Problems problems, String path, String value, String... supported) {
        if (value.isEmpty()) {
            problems.required(path, valid(supported));
        } else {
            Values.supported(problems, path, value, supported);
        }
    }

    private static void rule(Problems problems, String path, Obj rule, Obj spec, Set<String> containers) {
        String action = rule.text("action");
        if (action.equals("FailIndex")) {
            if (!spec.has("backoffLimitPerIndex")) {
                problems.invalid(path + ".action", action, "requires the backoffLimitPerIndex to be set");
            }
        } else {
            choice(problems, path + ".action", action, ACTIONS);
        }
        boolean codes = rule.has("onExitCodes");
        List<Obj> conditions = rule.list("onPodConditions");
        if (codes) {
            exitCodes(problems, path + ".onExitCodes", rule.obj("onExitCodes"), containers);
        }
        if (conditions.size() > 20) {
            problems.tooMany(path + ".onPodConditions", conditions.size(), 20);
        }
        for (int i = 0; i < conditions.size(); i++) {
            String at = path + ".onPodConditions[" + i + "]";
            String type = conditions.get(i).text("type");
            Values.named(problems, at + ".type", type, Names.qualified(type));
            choice(problems, at + ".status", conditions.get(i).text("status"), "False", "True", "Unknown");
        }
        if (codes && !conditions.isEmpty()) {
            problems.add(
                    "FieldValueInvalid",
                    path,
                    "Invalid value: specifying both OnExitCodes and OnPodConditions is not supported");
        }
        if (!codes && conditions.isEmpty()) {
            problems.add(
                    "FieldValueInvalid",
                    path,
                    "Invalid value: specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    private static void exitCodes(Problems problems, String path, Obj codes, Set<String> containers) {
        String operator = codes.text("operator");
        choice(problems, path + ".operator", operator, "In", "NotIn");
        if (codes.has("containerName") && !containers.contains(codes.text("containerName"))) {
            problems.invalid(
                    path + ".containerName",
                    codes.text("containerName"),
                    "must be one of the container or initContainer names in the pod template");
        }
        int count = codes.at("values").size();
        if (count == 0) {
            problems.invalid(path + ".values", codes.at("values"), "at least one value is required");
        } else if (count > 255) {
            problems.tooMany(path + ".values", count, 255);
        }
        Set<Long> seen = new HashSet<>();
        boolean ordered = true;
        for (int i = 0; i < count; i++) {
            long value = codes.at("values").get(i).asLong();
            String at = path + ".values[" + i + "]";
            if (operator.equals("In") && value == 0) {
                problems.invalid(at, value, "must not be 0 for the In operator");
            }
            if (!seen.add(value)) {
                problems.duplicate(at, value);
            }
            ordered &= i == 0 || codes.at("values").get(i - 1).asLong() <= value;
        }
        if (!ordered) {
            problems.invalid(path + ".values", codes.at("values"), "must be ordered");
        }
    }

    static void success(Problems problems, String path, Obj spec) {
        List<Obj> rules = spec.list("successPolicy.rules");
        if (rules.isEmpty()) {
            problems.required(path, "at least one rules must be specified when the successPolicy is specified");
        }
        if (rules.size() > 20) {
            problems.tooMany(path, rules.size(), 20);
        }
        long completions = spec.number("completions");
        for (int i = 0; i < rules.size(); i++) {
            String at = path + "[" + i + "]";
            boolean count = rules.get(i).has("succeededCount");
            boolean indexes = rules.get(i).has("succeededIndexes");
            if (!count && !indexes) {
                problems.required(at, "at least one of succeededCount or succeededIndexes must be specified");
            }
            long named = 0;
            if (indexes) {
                named = indexes(problems, at + ".succeededIndexes", rules.get(i).text("succeededIndexes"), completions);
            }
            if (!count) {
                continue;
            }
            long wanted = rules.get(i).number("succeededCount");
            Values.notNegative(problems, at, rules.get(i), "succeededCount");
            if (wanted > completions) {
                problems.invalid(
                        at + ".succeededCount",
                        wanted,
                        "must be less than or equal to " + completions + " (the number of specified completions)");
            }
            if (indexes && wanted > named) {
                problems.invalid(
                        at + ".succeededCount",
                        wanted,
                        "must be less than or equal to " + named
                                + " (the number of indexes in the specified succeededIndexes field)");
            }
        }
    }

    private static long indexes(Problems problems, String path, String text, long completions) {
        if (text.length() > 64 * 1024) {
            problems.tooLong(path, 64 * 1024);
        }
        try {
            return JobRules.indexes(text, completions);
        } catch (IllegalArgumentException e) {
            problems.invalid(path, text, "error parsing succeededIndexes: " + e.getMessage());
            return 0;
        }
    }
}
