package dev.kubejar.scheduler.plugins;

import dev.kubejar.client.NodeTerms;
import dev.kubejar.object.Obj;
import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.Event;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import dev.kubejar.scheduler.Verdict;
import java.util.List;
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
        Obj required = cycle.pod().obj(NodeTerms.REQUIRED);
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
        return NodeTerms.matches(cycle.pod(), node.node())
                ? Verdict.SUCCESS
                : Verdict.unresolvable(name(), "node(s) didn't match Pod's node affinity/selector");
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
            if (NodeTerms.one(preferred.obj("preference"), node.node())) {
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
