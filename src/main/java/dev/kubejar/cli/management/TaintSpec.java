package dev.kubejar.cli.management;

import dev.kubejar.cli.CliError;
import dev.kubejar.object.LabelSyntax;
import dev.kubejar.object.Obj;
import java.util.List;

/** One argument of {@code kubectl taint}: {@code key=value:effect}, {@code key:effect} or {@code key}, less its minus. */
record TaintSpec(String key, String value, String effect) {
    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    static TaintSpec parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > 2) {
            throw invalid(text, List.of());
        }
        String effect = parts.length == 2 ? parts[1] : "";
        String key = parts[0];
        String value = "";
        if (parts.length == 2) {
            if (!EFFECTS.contains(effect)) {
                throw new CliError("invalid taint effect: " + effect + ", unsupported taint effect");
            }
            String[] pair = parts[0].split("=", -1);
            if (pair.length > 2) {
                throw invalid(text, List.of());
            }
            key = pair[0];
            value = pair.length == 2 ? pair[1] : "";
            refuse(text, LabelSyntax.valueProblems(value));
        }
        refuse(text, LabelSyntax.keyProblems(key));
        return new TaintSpec(key, value, effect);
    }

    private static void refuse(String text, List<String> problems) {
        if (!problems.isEmpty()) {
            throw invalid(text, problems);
        }
    }

    static CliError invalid(String text, List<String> problems) {
        return new CliError(
                "invalid taint spec: " + text + (problems.isEmpty() ? "" : ", " + String.join("; ", problems)));
    }

    boolean matches(Obj taint) {
        return taint.text("key").equals(key)
                && (effect.isEmpty() || taint.text("effect").equals(effect));
    }

    Obj toObj() {
        Obj taint = Obj.create().set("effect", effect).set("key", key);
        return value.isEmpty() ? taint : taint.set("value", value);
    }

    @Override
    public String toString() {
        return effect.isEmpty() ? key : key + ":" + effect;
    }
}
