package dev.kubejar.scheduler.plugins;

import dev.kubejar.client.Selector;
import dev.kubejar.object.Obj;
import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.Event;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import dev.kubejar.scheduler.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A pod's node selector and node affinity. */
public final class NodeAffinity implements Plugin {
    private static final String REQUIRED = "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED =
            "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution";

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public Set<Event> events() {
        return Set.of(Event.NODE_ADD, Event.NODE_LABEL);
    }

    /** Terms that all name nodes by metadata.name leave those nodes only. */
    @Override
    public Set<String> onlyNodes(Cycle cycle) {
        Obj required = cycle.pod().obj(REQUIRED);
        List<Obj> terms = required.list("nodeSelectorTerms");
        if (terms.isEmpty()) {
            return null;
        }
        Set<String> names = new TreeSet<>();
        for (Obj term : terms) {
            Set<String> own = null;
            for (Obj field : term.list("matchFields")) {
                if (field.text("key").equals("metadata.name")
                        && field.text("operator").equals("In")) {
                    Set<String> values = new TreeSet<>(field.texts("values"));
                    if (own == null) {
                        own = values;
                    } else {
                        own.retainAll(values);
                    }
                }
            }
            if (own == null) {
                return null;
            }
            names.addAll(own);
        }
        return names;
    }

    @Override
    public Verdict filter(Cycle cycle, NodeInfo node) {
        return matches(cycle.pod(), node.node())
                ? Verdict.SUCCESS
                : Verdict.unresolvable(name(), "node(s) didn't match Pod's node affinity/selector");
    }

    /** Whether a node satisfies a pod's selector and required affinity. */
    public static boolean matches(Obj pod, Obj node) {
        Map<String, String> labels = node.labels();
        for (Map.Entry<String, String> wanted : pod.map("spec.nodeSelector").entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        return !pod.has(REQUIRED) || anyTerm(pod.list(REQUIRED + ".nodeSelectorTerms"), node);
    }

    /** Whether one of a node selector's terms matches; an empty term matches nothing. */
    public static boolean anyTerm(List<Obj> terms, Obj node) {
        return terms.stream().anyMatch(term -> term(term, node));
    }

    private static boolean term(Obj term, Obj node) {
        List<Obj> expressions = term.list("matchExpressions");
        List<Obj> fields = term.list("matchFields");
        return (!expressions.isEmpty() || !fields.isEmpty())
                && Selector.ofExpressions(expressions).matches(node.labels())
                && Selector.ofExpressions(fields).matches(Map.of("metadata.name", node.name()));
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public boolean scores(Cycle cycle) {
        return !cycle.pod().list(PREFERRED).isEmpty();
    }

    @Override
    public long score(Cycle cycle, NodeInfo node) {
        long score = 0;
        for (Obj preferred : cycle.pod().list(PREFERRED)) {
            if (term(preferred.obj("preference"), node.node())) {
                score += preferred.number("weight");
            }
        }
        return score;
    }

    @Override
    public void normalize(Cycle cycle, List<NodeInfo> nodes, long[] scores) {
        Plugin.normalizeByMax(scores, false);
    }
}
