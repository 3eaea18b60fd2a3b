package dev.kubejar.kinds.rules;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of conditions in the form that the newer kinds share. */
public final class Conditions {
    private static final int LONGEST_REASON = 1024;
    private static final int LONGEST_MESSAGE = 32 * 1024;

    private Conditions() {}

    /** Conditions, each type once. */
    public static void check(Problems problems, String path, List<Obj> conditions) {
        Set<String> types = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            String at = path + "[" + i + "]";
            String type = conditions.get(i).text("type");
            if (!types.add(type)) {
                problems.duplicate(at + ".type", type);
            }
            condition(problems, at, conditions.get(i));
        }
    }

    private static void condition(Problems problems, String path, Obj condition) {
        String type = condition.text("type");
        Values.named(problems, path + ".type", type, Names.qualified(type));
        Values.supported(problems, path + ".status", condition.text("status"), "False", "True", "Unknown");
        if (condition.number("observedGeneration") < 0) {
            problems.invalid(
                    path + ".observedGeneration",
                    condition.number("observedGeneration"),
                    "must be greater than or equal to zero");
        }
        if (!condition.has("lastTransitionTime")) {
            problems.required(path + ".lastTransitionTime", "");
        }
        String reason = condition.text("reason");
        if (Values.required(problems, path, condition, "reason")) {
            if (!isReason(reason)) {
                problems.invalid(
                        path + ".reason",
                        reason,
                        Names.pattern(
                                "a condition reason must start with alphabetic character, optionally followed by a"
                                        + " string of alphanumeric characters or '_,:', and must end with an"
                                        + " alphanumeric character or '_'",
                                "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?",
                                "my_name",
                                "MY_NAME",
                                "MyName",
                                "ReasonA,ReasonB",
                                "ReasonA:ReasonB"));
            }
            if (Names.bytes(reason) > LONGEST_REASON) {
                problems.tooLong(path + ".reason", LONGEST_REASON);
            }
        }
        if (Names.bytes(condition.text("message")) > LONGEST_MESSAGE) {
            problems.tooLong(path + ".message", LONGEST_MESSAGE);
        }
    }

    private static boolean isReason(String reason) {
        for (int i = 0; i < reason.length(); i++) {
            char c = reason.charAt(i);
            boolean inner = i > 0 && i < reason.length() - 1 && (c == ',' || c == ':');
            boolean later = i > 0 && (c >= '0' && c <= '9' || c == '_');
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && !later && !inner) {
                return false;
            }
        }
        return true;
    }
}
