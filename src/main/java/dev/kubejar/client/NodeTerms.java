package dev.kubejar.client;

import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Map;

/** Whether a node is one that a node selector means. */
public final class NodeTerms {
    public static final String REQUIRED = "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";

    private NodeTerms() {}

    /** Whether a node satisfies a pod's selector and required affinity. */
    public static boolean matches(Obj pod, Obj node) {
        Map<String, String> labels = node.labels();
        for (Map.Entry<String, String> wanted : pod.map("spec.nodeSelector").entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        return !pod.has(REQUIRED) || any(pod.list(REQUIRED + ".nodeSelectorTerms"), node);
    }

    /** Whether one of a node selector's terms matches. */
    public static boolean any(List<Obj> terms, Obj node) {
        return terms.stream().anyMatch(term -> one(term, node));
    }

    /** Whether a term matches: all its expressions and fields do; an empty one matches nothing. */
    public static boolean one(Obj term, Obj node) {
        List<Obj> expressions = term.list("matchExpressions");
        List<Obj> fields = term.list("matchFields");
        return (!expressions.isEmpty() || !fields.isEmpty())
                && Selector.ofExpressions(expressions).matches(node.labels())
                && Selector.ofExpressions(fields).matches(Map.of("metadata.name", node.name()));
    }
}
