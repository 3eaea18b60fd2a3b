package dev.kubejar.scheduler;

import dev.kubejar.client.Client;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.client.SeriesRecorder;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes room for a pod by evicting less important ones, on the node where that does the least harm. */
final class Preemption {
    private static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";
    private static final Comparator<Obj> IMPORTANCE = Comparator.comparing((Obj pod) -> -pod.number("spec.priority"))
            .thenComparing(pod -> pod.text("status.startTime", "9"))
            .thenComparing(Obj::name);

    private final Client client;
    private final Framework framework;
    private final SeriesRecorder events;
    private final Clock clock;

    /** What came of it: the node that is being cleared, or why there is none. */
    record Result(String node, String message) {}

    /** Pods to evict from one node. */
    private record Candidate(NodeInfo node, List<Obj> victims, int violations) {}

    Preemption(Client client, Framework framework, SeriesRecorder events, Clock clock) {
        this.client = client;
        this.framework = framework;
        this.events = events;
        this.clock = clock;
    }

    Result preempt(Cycle cycle, Diagnosis diagnosis) {
        String refusal = ineligible(cycle, diagnosis);
        if (!refusal.isEmpty()) {
            return new Result("", refusal);
        }
        Diagnosis failed = new Diagnosis(cycle.nodes().size());
        failed.absent(NOT_HELPFUL, Set.of());
        List<Candidate> candidates = new ArrayList<>();
        for (NodeInfo node : cycle.nodes()) {
            Verdict verdict = diagnosis.of(node.name());
            if (verdict != null && verdict.code() == Verdict.Code.UNSCHEDULABLE) {
                Candidate candidate = dryRun(cycle, node, failed);
                if (candidate != null) {
                    candidates.add(candidate);
                }
            }
        }
        if (candidates.isEmpty()) {
            return new Result("", failed.message());
        }
        Candidate best = candidates.stream().min(Preemption::compare).orElseThrow();
        best.victims().forEach(victim -> evict(victim, cycle.pod(), best.node()));
        return new Result(best.node().name(), "");
    }

    private String ineligible(Cycle cycle, Diagnosis diagnosis) {
        Obj pod = cycle.pod();
        if (pod.text("spec.preemptionPolicy").equals("Never")) {
            return "not eligible due to preemptionPolicy=Never.";
        }
        String nominated = pod.text("status.nominatedNodeName");
        Verdict there = diagnosis.of(nominated);
        if (nominated.isEmpty() || there != null && there.code() == Verdict.Code.UNRESOLVABLE) {
            return "";
        }
        for (Obj other : cycle.podsOn(nominated)) {
            Obj disrupted = Conditions.find(other, "DisruptionTarget");
            if (other.deleting()
                    && lower(other, pod)
                    && disrupted != null
                    && disrupted.text("reason").equals("PreemptionByScheduler")) {
                return "not eligible due to a terminating pod on the nominated node.";
            }
        }
        return "";
    }

    private static boolean lower(Obj a, Obj b) {
        return a.number("spec.priority") < b.number("spec.priority");
    }

    private Candidate dryRun(Cycle cycle, NodeInfo node, Diagnosis failed) {
        List<Obj> potential = new ArrayList<>(cycle.podsOn(node.name()).stream()
                .filter(other -> lower(other, cycle.pod()))
                .sorted(IMPORTANCE)
                .toList());
        if (potential.isEmpty()) {
            failed.add(node, Verdict.unresolvable("", "No preemption victims found for incoming pod"));
            return null;
        }
        Set<String> gone = new HashSet<>();
        potential.forEach(victim -> gone.add(victim.uid()));
        Verdict emptied = tried(cycle, node, gone);
        if (!emptied.success()) {
            failed.add(node, emptied);
            return null;
        }
        List<Obj> violating = violating(potential);
        potential.removeAll(violating);
        List<Obj> victims = new ArrayList<>();
        int violations = 0;
        for (Obj pod : violating) {
            violations += reprieved(cycle, node, gone, pod, victims) ? 0 : 1;
        }
        potential.forEach(pod -> reprieved(cycle, node, gone, pod, victims));
        victims.sort(IMPORTANCE);
        return new Candidate(node, victims, violations);
    }

    private boolean reprieved(Cycle cycle, NodeInfo node, Set<String> gone, Obj pod, List<Obj> victims) {
        gone.remove(pod.uid());
        if (tried(cycle, node, gone).success()) {
            return true;
        }
        gone.add(pod.uid());
        victims.add(pod);
        return false;
    }

    private Verdict tried(Cycle cycle, NodeInfo node, Set<String> gone) {
        Load load = node.load().copy();
        for (Obj pod : cycle.podsOn(node.name())) {
            if (gone.contains(pod.uid())) {
                load.remove(pod);
            }
        }
        return framework.filter(cycle.without(Set.copyOf(gone)), node.with(load));
    }

    /** The pods whose disruption budgets do not allow it. */
    private List<Obj> violating(List<Obj> pods) {
        Map<String, Long> allowed = new HashMap<>();
        Map<String, List<Obj>> budgets = new HashMap<>();
        List<Obj> violating = new ArrayList<>();
        for (Obj pod : pods) {
            boolean violates = false;
            for (Obj budget : budgets.computeIfAbsent(
                    pod.namespace(), namespace -> client.list(Resources.PODDISRUPTIONBUDGETS, namespace))) {
                Selector selector = Selector.at(budget, "spec.selector");
                if (pod.labels().isEmpty()
                        || selector.isEmpty()
                        || !selector.matches(pod)
                        || budget.obj("status.disruptedPods").has(pod.name())) {
                    continue;
                }
                long left = allowed.getOrDefault(budget.uid(), budget.number("status.disruptionsAllowed")) - 1;
                allowed.put(budget.uid(), left);
                violates |= left < 0;
            }
            if (violates) {
                violating.add(pod);
            }
        }
        return violating;
    }

    /** The less harm comes first: violated budgets, the highest priority, the sum of priorities, the number, the youngest. */
    private static int compare(Candidate a, Candidate b) {
        int order = Integer.compare(a.violations(), b.violations());
        order = order != 0
                ? order
                : Long.compare(
                        a.victims().get(0).number("spec.priority"),
                        b.victims().get(0).number("spec.priority"));
        order = order != 0 ? order : Long.compare(sum(a), sum(b));
        order = order != 0
                ? order
                : Integer.compare(a.victims().size(), b.victims().size());
        return order != 0 ? order : earliest(b).compareTo(earliest(a));
    }

    private static long sum(Candidate candidate) {
        return candidate.victims().stream()
                .mapToLong(pod -> pod.number("spec.priority") + Integer.MAX_VALUE + 1L)
                .sum();
    }

    private static String earliest(Candidate candidate) {
        long highest = candidate.victims().get(0).number("spec.priority");
        return candidate.victims().stream()
                .filter(pod -> pod.number("spec.priority") == highest)
                .map(pod -> pod.text("status.startTime", "9"))
                .min(Comparator.naturalOrder())
                .orElse("9");
    }

    private void evict(Obj victim, Obj pod, NodeInfo node) {
        if (victim.deleting()) {
            return;
        }
        Obj status = victim.copy();
        Conditions.put(
                status,
                Conditions.ofPod(
                        victim,
                        "DisruptionTarget",
                        "True",
                        "PreemptionByScheduler",
                        pod.text("spec.schedulerName") + ": preempting to accommodate a higher priority pod",
                        clock.now()));
        client.updateStatus(Resources.PODS, status);
        client.delete(Ref.of(Resources.PODS, victim));
        events.record(
                victim,
                pod,
                "Normal",
                "Preempted",
                "Preempting",
                "Preempted by pod " + pod.uid() + " on node " + node.name());
    }
}
