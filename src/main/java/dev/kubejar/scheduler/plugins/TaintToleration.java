package dev.kubejar.scheduler.plugins;

import dev.kubejar.client.Taints;
import dev.kubejar.object.Obj;
import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.Event;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import dev.kubejar.scheduler.Verdict;
import java.util.List;
import java.util.Set;

/** Keeps pods off nodes whose taints they do not tolerate, and prefers nodes with fewer soft ones. */
public final class TaintToleration implements Plugin {
    @Override
    public String name() {
        return "TaintToleration";
    }

    @Override
    public Set<Event> events() {
        return Set.of(Event.NODE_ADD, Event.NODE_TAINT);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeInfo node) {
        for (Obj taint : node.taints()) {
            if (!taint.text("effect").equals("PreferNoSchedule") && !Taints.tolerates(cycle.pod(), taint)) {
                return Verdict.unresolvable(name(), "node(s) had untolerated taint(s)");
            }
        }
        return Verdict.SUCCESS;
    }

    @Override
    public int weight() {
        return 3;
    }

    @Override
    public long score(Cycle cycle, NodeInfo node) {
        List<Obj> soft = cycle.pod().list("spec.tolerations").stream()
                .filter(t -> t.text("effect").isEmpty() || t.text("effect").equals("PreferNoSchedule"))
                .toList();
        long intolerable = 0;
        for (Obj taint : node.taints()) {
            boolean prefer = taint.text("effect").equals("PreferNoSchedule");
            if (prefer && !Taints.tolerates(soft, taint.text("key"), taint.text("value"), "PreferNoSchedule")) {
                intolerable++;
            }
        }
        return intolerable;
    }

    @Override
    public void normalize(Cycle cycle, List<NodeInfo> nodes, long[] scores) {
        Plugin.normalizeByMax(scores, true);
    }
}
