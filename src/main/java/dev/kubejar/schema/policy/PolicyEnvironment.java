package dev.kubejar.schema.policy;

import dev.kubejar.cel.CelError;
import dev.kubejar.cel.Program;
import dev.kubejar.cel.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the expressions of admission policies and match conditions know: the object and the one before, the request, its
 * namespace, parameters, the authorizer, and variables that are defined one by one.
 */
public final class PolicyEnvironment {
    /** The structure that a mutation makes, and those inside it: {@code Object.spec}. */
    private static final Map<String, Type> PATCHES = new DynamicStructs();

    private final Map<String, Type> variables = new HashMap<>();
    private final boolean patches;
    private Map<String, Type> composed;

    private PolicyEnvironment(boolean params, boolean authorizer, boolean patches) {
        this.patches = patches;
        variables.put("object", Type.DYN);
        variables.put("oldObject", Type.DYN);
        variables.put("namespaceObject", AdmissionTypes.namespace());
        variables.put("request", AdmissionTypes.request());
        if (params) {
            variables.put("params", Type.DYN);
        }
        if (authorizer) {
            variables.put("authorizer", Type.AUTHORIZER);
            variables.put("authorizer.requestResource", Type.RESOURCE_CHECK);
        }
    }

    public static PolicyEnvironment of(boolean params, boolean authorizer) {
        return new PolicyEnvironment(params, authorizer, false);
    }

    /** One whose expressions may make patches. */
    public static PolicyEnvironment ofPatches(boolean params) {
        return new PolicyEnvironment(params, true, true);
    }

    /** The same with variables of these types; more can be added with {@link #define}. */
    public PolicyEnvironment composed(Map<String, Type> types) {
        composed = types;
        variables.put("variables", Type.struct("kubernetes.variables", types));
        return this;
    }

    /** The same with the object's own type in place of any. */
    public PolicyEnvironment typed(Type object, Type params) {
        variables.put("object", object);
        variables.put("oldObject", object);
        if (params != null && variables.containsKey("params")) {
            variables.put("params", params);
        }
        return this;
    }

    /** Defines a variable for what is compiled from now on. */
    public void define(String name, Type type) {
        composed.put(name, type);
    }

    /** An empty map that variables are defined in. */
    public static Map<String, Type> noVariables() {
        return new TreeMap<>();
    }

    /**
     * Compiles an expression that must have one of the types; none: any.
     *
     * @throws CelError as the API server tells it
     */
    public Program compile(String text, Type... wanted) {
        Program program;
        try {
            program = Program.compile(text, variables, patches ? PATCHES : Map.of());
        } catch (CelError e) {
            throw new CelError("compilation failed: " + e.getMessage());
        }
        if (wanted.length == 0) {
            return program;
        }
        List<String> names = new ArrayList<>();
        for (Type each : wanted) {
            if (each.plain().equals(program.type().plain())) {
                return program;
            }
            names.add(each.plain());
        }
        String got = " but got " + program.type().plain();
        throw new CelError(
                names.size() == 1
                        ? "must evaluate to " + names.get(0) + got
                        : "must evaluate to one of [" + String.join(" ", names) + "]" + got);
    }

    /** The type of an ApplyConfiguration's expression. */
    public static Type objectType() {
        return PATCHES.get("Object");
    }

    /** The type of a JSONPatch's expression. */
    public static Type patchType() {
        return Type.list(PATCHES.get("JSONPatch"));
    }
}
