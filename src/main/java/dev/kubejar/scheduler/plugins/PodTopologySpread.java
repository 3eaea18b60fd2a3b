package dev.kubejar.scheduler.plugins;

import dev.kubejar.client.NodeTerms;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.Event;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import dev.kubejar.scheduler.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Spreads like pods over the values of a node label, by the pod's own constraints or the scheduler's default ones. */
public final class PodTopologySpread implements Plugin {
    private static final String HOSTNAME = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String MISMATCH = "node(s) didn't match pod topology spread constraints";

    /** One constraint, with the pods that count for it on each node. */
    private record Constraint(Obj source, Selector selector, String key, long maxSkew, Map<String, Long> onNode) {
        long on(NodeInfo node) {
            return onNode.getOrDefault(node.name(), 0L);
        }
    }

    @Override
    public String name() {
        return "PodTopologySpread";
    }

    @Override
    public Set<Event> events() {
        return Set.of(Event.NODE_ADD, Event.NODE_LABEL, Event.NODE_TAINT, Event.POD_ADD, Event.POD_DELETE);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeInfo node) {
        for (Constraint constraint : cycle.note(name() + "/hard", () -> own(cycle, "DoNotSchedule"))) {
            if (!node.labels().containsKey(constraint.key())) {
                return Verdict.unresolvable(name(), MISMATCH + " (missing required label)");
            }
            Map<String, Long> domains =
                    cycle.note(name() + "/domains/" + constraint.source(), () -> domains(cycle, constraint));
            long self = constraint.selector().matches(cycle.pod()) ? 1 : 0;
            long count = domains.getOrDefault(node.node().label(constraint.key()), 0L);
            if (count + self - least(constraint, domains) > constraint.maxSkew()) {
                return Verdict.unschedulable(name(), MISMATCH);
            }
        }
        return Verdict.SUCCESS;
    }

    private static long least(Constraint constraint, Map<String, Long> domains) {
        long wanted = constraint.source().number("minDomains", 1);
        if (domains.size() < wanted) {
            return 0;
        }
        return domains.values().stream().mapToLong(Long::longValue).min().orElse(0);
    }

    /** Pods by the label's value, over the nodes that may count. */
    private static Map<String, Long> domains(Cycle cycle, Constraint constraint) {
        List<Constraint> all = cycle.note("PodTopologySpread/hard", () -> own(cycle, "DoNotSchedule"));
        Map<String, Long> domains = new HashMap<>();
        for (NodeInfo node : cycle.nodes()) {
            boolean labelled = all.stream().allMatch(c -> node.labels().containsKey(c.key()));
            if (labelled && included(cycle, constraint, node)) {
                domains.merge(node.node().label(constraint.key()), constraint.on(node), Long::sum);
            }
        }
        return domains;
    }

    private static boolean included(Cycle cycle, Constraint constraint, NodeInfo node) {
        if (!constraint.source().text("nodeAffinityPolicy", "Honor").equals("Ignore")
                && !NodeTerms.matches(cycle.pod(), node.node())) {
            return false;
        }
        return !constraint.source().text("nodeTaintsPolicy", "Ignore").equals("Honor")
                || new TaintToleration().filter(cycle, node).success();
    }

    private static List<Constraint> own(Cycle cycle, String action) {
        List<Constraint> constraints = new ArrayList<>();
        for (Obj source : cycle.pod().list("spec.topologySpreadConstraints")) {
            if (source.text("whenUnsatisfiable").equals(action)) {
                constraints.add(constraint(cycle, source, selector(cycle.pod(), source)));
            }
        }
        return constraints;
    }

    private static Selector selector(Obj pod, Obj constraint) {
        Obj selector = constraint.obj("labelSelector").copy();
        for (String key : constraint.texts("matchLabelKeys")) {
            String value = pod.labels().get(key);
            if (value != null) {
                selector.child("matchLabels").node().put(key, value);
            }
        }
        return constraint.has("labelSelector") ? Selector.of(selector) : Selector.at(constraint, "labelSelector");
    }

    private static Constraint constraint(Cycle cycle, Obj source, Selector selector) {
        Map<String, Long> onNode = cycle.countsMatching(cycle.pod().namespace(), selector);
        return new Constraint(source, selector, source.text("topologyKey"), source.number("maxSkew", 1), onNode);
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public boolean scores(Cycle cycle) {
        return !soft(cycle).isEmpty();
    }

    private List<Constraint> soft(Cycle cycle) {
        return cycle.note(
                name() + "/soft",
                () -> cycle.pod().list("spec.topologySpreadConstraints").isEmpty()
                        ? defaults(cycle)
                        : own(cycle, "ScheduleAnyway"));
    }

    /** Pods of Services and workloads are spread a little over hosts and zones. */
    private static List<Constraint> defaults(Cycle cycle) {
        Selector selector = ofOwners(cycle);
        if (selector.isEmpty()) {
            return List.of();
        }
        Obj host = Obj.create().set("topologyKey", HOSTNAME).set("maxSkew", 3);
        Obj zone = Obj.create().set("topologyKey", ZONE).set("maxSkew", 5);
        return List.of(constraint(cycle, host, selector), constraint(cycle, zone, selector));
    }

    /** What all Services that select the pod, and the workload that owns it, select together. */
    private static Selector ofOwners(Cycle cycle) {
        Obj pod = cycle.pod();
        Obj merged = Obj.create();
        for (Obj service : cycle.client().list(Resources.SERVICES, pod.namespace())) {
            Map<String, String> wanted = service.map("spec.selector");
            if (!wanted.isEmpty() && Selector.of(wanted).matches(pod)) {
                wanted.forEach(
                        (key, value) -> merged.child("matchLabels").node().put(key, value));
            }
        }
        Obj owner = pod.controller();
        GroupVersionResource resource = owner == null ? null : workload(owner);
        if (resource != null) {
            cycle.client()
                    .find(resource, pod.namespace(), owner.text("name"))
                    .ifPresent(found -> merge(merged, found, resource));
        }
        return Selector.of(merged);
    }

    private static GroupVersionResource workload(Obj owner) {
        return switch (owner.text("kind")) {
            case "ReplicaSet" -> Resources.REPLICASETS;
            case "StatefulSet" -> Resources.STATEFULSETS;
            case "ReplicationController" -> Resources.REPLICATIONCONTROLLERS;
            default -> null;
        };
    }

    private static void merge(Obj merged, Obj workload, GroupVersionResource resource) {
        boolean plain = resource.equals(Resources.REPLICATIONCONTROLLERS);
        workload.map(plain ? "spec.selector" : "spec.selector.matchLabels")
                .forEach((key, value) -> merged.child("matchLabels").node().put(key, value));
        for (Obj expression : plain ? List.<Obj>of() : workload.list("spec.selector.matchExpressions")) {
            merged.add("matchExpressions", expression.copy());
        }
    }

    @Override
    public long score(Cycle cycle, NodeInfo node) {
        double score = 0;
        boolean own = !cycle.pod().list("spec.topologySpreadConstraints").isEmpty();
        for (Constraint constraint : soft(cycle)) {
            String value = node.labels().get(constraint.key());
            if (value == null) {
                if (own) {
                    return -1;
                }
                continue;
            }
            score += count(cycle, constraint, node, value) * weight(cycle, constraint) + constraint.maxSkew() - 1;
        }
        return Math.round(score);
    }

    private static double count(Cycle cycle, Constraint constraint, NodeInfo node, String value) {
        if (constraint.key().equals(HOSTNAME)) {
            return constraint.on(node);
        }
        Map<String, Long> sums = cycle.note("PodTopologySpread/sums/" + constraint.source(), () -> {
            Map<String, Long> found = new HashMap<>();
            for (NodeInfo other : cycle.nodes()) {
                String place = other.labels().get(constraint.key());
                if (place != null && included(cycle, constraint, other)) {
                    found.merge(place, constraint.on(other), Long::sum);
                }
            }
            return found;
        });
        return sums.getOrDefault(value, 0L);
    }

    private static double weight(Cycle cycle, Constraint constraint) {
        Set<String> values = cycle.note("PodTopologySpread/values/" + constraint.key(), () -> {
            Set<String> found = new HashSet<>();
            for (NodeInfo node : cycle.nodes()) {
                String value = node.labels().get(constraint.key());
                if (value != null) {
                    found.add(value);
                }
            }
            return found;
        });
        return Math.log(values.size() + 2);
    }

    @Override
    public void normalize(Cycle cycle, List<NodeInfo> nodes, long[] scores) {
        long min = Long.MAX_VALUE;
        long max = 0;
        for (long score : scores) {
            if (score >= 0) {
                min = Math.min(min, score);
                max = Math.max(max, score);
            }
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = scores[i] < 0 ? 0 : max == 0 ? 100 : 100 * (max + min - scores[i]) / max;
        }
    }
}
