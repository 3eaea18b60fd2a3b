package dev.kubejar.kinds.policy;

import dev.kubejar.cel.CelError;
import dev.kubejar.cel.Type;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import dev.kubejar.schema.policy.PolicyEnvironment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Match conditions of policies and webhooks. */
public final class ConditionRules {
    private static final int MOST = 64;

    private ConditionRules() {}

    /** Checks conditions; {@code params}: whether their expressions know parameters. */
    public static void check(List<Obj> conditions, boolean params, String list, Problems problems) {
        if (conditions.size() > MOST) {
            problems.tooMany(list, conditions.size(), MOST);
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            String path = list + "[" + i + "]";
            Obj condition = conditions.get(i);
            String text = condition.text("expression").strip();
            if (text.isEmpty()) {
                problems.required(path + ".expression", "");
            } else {
                compile(text, params, path + ".expression", problems);
            }
            String name = condition.text("name");
            if (name.isEmpty()) {
                problems.required(path + ".name", "");
                continue;
            }
            Values.named(problems, path + ".name", name, Names.qualified(name));
            if (!names.add(name)) {
                problems.duplicate(path + ".name", name);
            }
        }
    }

    private static void compile(String text, boolean params, String path, Problems problems) {
        try {
            PolicyEnvironment.of(params, true).compile(text, Type.BOOL);
        } catch (CelError e) {
            problems.invalid(path, text, e.getMessage());
        }
    }
}
