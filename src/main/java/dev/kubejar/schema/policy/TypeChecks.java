package dev.kubejar.schema.policy;

import dev.kubejar.cel.CelError;
import dev.kubejar.cel.Type;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.KindCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks a policy's expressions against the types of what the policy is for; what does not fit is only noted. */
public final class TypeChecks {
    private static final int MOST_TYPES = 10;

    private final KindCatalog kinds;
    private final Obj policy;

    private TypeChecks(KindCatalog kinds, Obj policy) {
        this.kinds = kinds;
        this.policy = policy;
    }

    /** The warnings, each with {@code fieldRef} and {@code warning}. */
    public static List<Obj> check(Obj policy, KindCatalog kinds) {
        TypeChecks checks = new TypeChecks(kinds, policy);
        List<Kind> types = checks.types();
        List<Obj> warnings = new ArrayList<>();
        List<Obj> validations = policy.list("spec.validations");
        for (int i = 0; i < validations.size(); i++) {
            for (String field : List.of("expression", "messageExpression")) {
                String text = validations.get(i).text(field);
                String warning = text.isEmpty() ? "" : checks.warning(text, types);
                if (!warning.isEmpty()) {
                    warnings.add(Obj.create()
                            .set("fieldRef", "spec.validations[" + i + "]." + field)
                            .set("warning", warning));
                }
            }
        }
        return warnings;
    }

    private String warning(String text, List<Kind> types) {
        List<String> found = new ArrayList<>();
        for (Kind kind : types) {
            String fault = fault(text, kind);
            if (!fault.isEmpty()) {
                found.add(kind.group() + "/" + kind.version() + ", Kind=" + kind.kind() + ": " + fault + "\n");
            }
        }
        return String.join("\n", found);
    }

    private String fault(String text, Kind kind) {
        FieldType type = kinds.type(kind);
        if (type == null) {
            return "";
        }
        Type object = LazyStruct.of(type, kind.kind());
        boolean hasParams = policy.has("spec.paramKind");
        Type params = hasParams ? params() : null;
        Map<String, Type> variables = PolicyEnvironment.noVariables();
        for (Obj each : policy.list("spec.variables")) {
            Type made = Type.DYN;
            try {
                made = environment(hasParams, object, params, variables)
                        .compile(each.text("expression"))
                        .type();
            } catch (CelError e) {
                made = Type.DYN; // what follows from a broken variable is not told
            }
            variables.put(each.text("name"), made);
        }
        try {
            environment(hasParams, object, params, variables).compile(text);
            return "";
        } catch (CelError e) {
            return e.getMessage().substring("compilation failed: ".length());
        }
    }

    private static PolicyEnvironment environment(
            boolean hasParams, Type object, Type params, Map<String, Type> variables) {
        return PolicyEnvironment.of(hasParams, true).typed(object, params).composed(variables);
    }

    private Type params() {
        Obj named = policy.obj("spec.paramKind");
        Optional<Kind> kind = kinds.byKind(named.text("apiVersion"), named.text("kind"));
        FieldType type = kind.isEmpty() ? null : kinds.type(kind.get());
        return type == null ? null : LazyStruct.of(type, named.text("kind"));
    }

    private List<Kind> types() {
        Map<String, Kind> found = new TreeMap<>();
        for (Obj rule : policy.list("spec.matchConstraints.resourceRules")) {
            List<String> groups = plain(rule.texts("apiGroups"), false);
            List<String> versions = plain(rule.texts("apiVersions"), false);
            for (String group : groups) {
                for (String version : versions) {
                    for (String resource : plain(rule.texts("resources"), true)) {
                        kinds.byResource(new GroupVersionResource(group, version, resource))
                                .ifPresent(kind -> found.put(group + "\0" + version + "\0" + kind.kind(), kind));
                    }
                }
            }
        }
        List<Kind> kinds = new ArrayList<>(found.values());
        return kinds.size() > MOST_TYPES ? kinds.subList(0, MOST_TYPES) : kinds;
    }

    /** Sorted; a wildcard makes the whole list useless, or is left out of it. */
    private static List<String> plain(List<String> names, boolean leaveOut) {
        List<String> plain = new ArrayList<>();
        for (String name : names) {
            boolean wild = name.indexOf('*') >= 0 || leaveOut && name.indexOf('/') >= 0;
            if (wild && !leaveOut) {
                return List.of();
            }
            if (!wild) {
                plain.add(name);
            }
        }
        plain.sort(Comparator.naturalOrder());
        return plain;
    }
}
