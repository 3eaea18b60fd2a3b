package dev.kubejar.controllers;

import dev.kubejar.object.Obj;
import java.util.List;

/** What a Job's pod failure policy makes of a failed pod, and its success policy of what has succeeded. */
final class JobPolicies {
    /** A rule's decision: the message that fails the Job (or empty), whether the failure counts, and the rule's action. */
    record Failure(String failsJob, boolean counts, String action) {}

    private static final Failure COUNTS = new Failure("", true, "");

    private JobPolicies() {}

    static Failure failure(Obj job, Obj pod) {
        List<Obj> rules = job.list("spec.podFailurePolicy.rules");
        for (int i = 0; i < rules.size(); i++) {
            Obj rule = rules.get(i);
            String action = rule.text("action");
            String why = rule.has("onExitCodes") ? exitCode(rule.obj("onExitCodes"), pod) : condition(rule, pod);
            if (why.isEmpty()) {
                continue;
            }
            return switch (action) {
                case "Ignore" -> new Failure("", false, action);
                case "FailJob" -> new Failure(why + " matching FailJob rule at index " + i, true, action);
                default -> new Failure("", true, action);
            };
        }
        return COUNTS;
    }

    private static String exitCode(Obj wanted, Obj pod) {
        for (String field : new String[] {"status.containerStatuses", "status.initContainerStatuses"}) {
            for (Obj status : pod.list(field)) {
                boolean ended = status.has("state.terminated");
                long code = status.number("state.terminated.exitCode");
                boolean named = !wanted.has("containerName")
                        || wanted.text("containerName").equals(status.text("name"));
                if (ended && named && code != 0 && matches(wanted, code)) {
                    return "Container " + status.text("name") + " for pod " + pod.namespace() + "/" + pod.name()
                            + " failed with exit code " + code;
                }
            }
        }
        return "";
    }

    private static boolean matches(Obj wanted, long code) {
        boolean listed = wanted.texts("values").contains(Long.toString(code));
        return wanted.text("operator").equals("In") == listed;
    }

    private static String condition(Obj rule, Obj pod) {
        for (Obj condition : pod.list("status.conditions")) {
            for (Obj pattern : rule.list("onPodConditions")) {
                if (condition.text("type").equals(pattern.text("type"))
                        && condition.text("status").equals(pattern.text("status", "True"))) {
                    return "Pod " + pod.namespace() + "/" + pod.name() + " has condition " + condition.text("type");
                }
            }
        }
        return "";
    }

    /** The message of the first success rule that is met; empty where none is. */
    static String success(Obj job, Indexes succeeded) {
        List<Obj> rules = job.list("spec.successPolicy.rules");
        for (int i = 0; i < rules.size() && succeeded.size() > 0; i++) {
            Obj rule = rules.get(i);
            boolean met;
            if (rule.has("succeededIndexes")) {
                Indexes wanted = Indexes.parse(rule.text("succeededIndexes"), job.number("spec.completions"));
                long there = wanted.values().stream().filter(succeeded::has).count();
                met = wanted.size() > 0
                        && (there == wanted.size()
                                || rule.has("succeededCount") && there >= rule.number("succeededCount"));
            } else {
                met = rule.has("succeededCount") && succeeded.size() >= rule.number("succeededCount");
            }
            if (met) {
                return "Matched rules at index " + i;
            }
        }
        return "";
    }
}
