package dev.kubejar.kinds.policy;

import dev.kubejar.cel.CelError;
import dev.kubejar.cel.Program;
import dev.kubejar.cel.Type;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import dev.kubejar.schema.policy.PolicyEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The expressions of one policy; a variable is known to those after it. */
final class Expressions {
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private final boolean params;
    private final Map<String, Type> variables;
    private final Problems problems;

    /** {@code composed}: whether {@code variables} can be named at all. */
    Expressions(boolean params, boolean composed, Problems problems) {
        this.params = params;
        variables = composed ? PolicyEnvironment.noVariables() : null;
        this.problems = problems;
    }

    private PolicyEnvironment environment(boolean authorizer, boolean patches) {
        PolicyEnvironment made =
                patches ? PolicyEnvironment.ofPatches(params) : PolicyEnvironment.of(params, authorizer);
        return variables == null ? made : made.composed(variables);
    }

    void variables(List<Obj> list, String path) {
        for (int i = 0; i < list.size(); i++) {
            variable(list.get(i), path + "[" + i + "]");
        }
    }

    private void variable(Obj variable, String path) {
        String name = variable.text("name");
        if (name.isBlank()) {
            problems.required(path + ".name", "name is not specified");
        } else if (!name.matches("[_a-zA-Z][_a-zA-Z0-9]*") || RESERVED.contains(name)) {
            problems.invalid(path + ".name", name, "must be a valid CEL identifier");
        }
        String text = variable.text("expression");
        if (text.isBlank()) {
            problems.required(path + ".expression", "expression is not specified");
            return;
        }
        Type type = Type.DYN;
        try {
            Program program = environment(true, false).compile(text);
            type = program.type();
        } catch (CelError e) {
            problems.invalid(path + ".expression", text, e.getMessage());
        }
        variables.put(name, type);
    }

    /** Compiles one expression; {@code shown} is what a refusal shows of it. */
    void check(String text, String shown, String path, Type... types) {
        compile(environment(true, false), text, shown, path, types);
    }

    /** One that does not know the authorizer, nor parameters unless they are declared. */
    void message(String text, String path) {
        compile(environment(false, false), text, text, path, Type.STRING);
    }

    /** One that makes a patch. */
    void patch(String text, String path, Type type) {
        compile(environment(true, true), text, text, path, type);
    }

    private void compile(PolicyEnvironment in, String text, String shown, String path, Type... types) {
        try {
            in.compile(text, types);
        } catch (CelError e) {
            problems.invalid(path, shown, e.getMessage());
        }
    }
}
