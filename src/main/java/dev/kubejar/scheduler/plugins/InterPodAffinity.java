package dev.kubejar.scheduler.plugins;

import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.Obj;
import dev.kubejar.scheduler.Cycle;
import dev.kubejar.scheduler.Event;
import dev.kubejar.scheduler.NodeInfo;
import dev.kubejar.scheduler.Plugin;
import dev.kubejar.scheduler.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Pods that want to be near other pods, or far from them. */
public final class InterPodAffinity implements Plugin {
    private static final String AFFINITY = "spec.affinity.podAffinity.";
    private static final String ANTI = "spec.affinity.podAntiAffinity.";
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    @Override
    public String name() {
        return "InterPodAffinity";
    }

    @Override
    public Set<Event> events() {
        return Set.of(Event.NODE_ADD, Event.NODE_LABEL, Event.POD_ADD, Event.POD_DELETE, Event.NAMESPACE);
    }

    @Override
    public Verdict filter(Cycle cycle, NodeInfo node) {
        if (!near(cycle, node)) {
            return Verdict.unresolvable(name(), "node(s) didn't match pod affinity rules");
        }
        if (!far(cycle, node)) {
            return Verdict.unschedulable(name(), "node(s) didn't match pod anti-affinity rules");
        }
        if (!tolerated(cycle, node)) {
            return Verdict.unschedulable(name(), "node(s) didn't satisfy existing pods anti-affinity rules");
        }
        return Verdict.SUCCESS;
    }

    /** Every required term must have a pod in the node's part of the topology, unless the pod is the first of its group. */
    private boolean near(Cycle cycle, NodeInfo node) {
        List<Obj> terms = cycle.pod().list(AFFINITY + REQUIRED);
        if (terms.isEmpty()) {
            return true;
        }
        Map<String, Integer> places =
                cycle.note(name() + "/near", () -> places(cycle, matchingAll(cycle, terms), terms));
        boolean all = true;
        for (Obj term : terms) {
            String key = term.text("topologyKey");
            String value = node.labels().get(key);
            if (value == null) {
                return false;
            }
            all &= places.containsKey(key + "=" + value);
        }
        return all
                || places.isEmpty() && terms.stream().allMatch(term -> selects(cycle, term, cycle.pod(), cycle.pod()));
    }

    private List<Obj> matchingAll(Cycle cycle, List<Obj> terms) {
        List<Obj> matching = new ArrayList<>(candidates(cycle, terms.get(0)));
        matching.removeIf(pod -> !terms.stream().allMatch(term -> selects(cycle, term, cycle.pod(), pod)));
        return matching;
    }

    private boolean far(Cycle cycle, NodeInfo node) {
        List<Obj> terms = cycle.pod().list(ANTI + REQUIRED);
        for (int i = 0; i < terms.size(); i++) {
            Obj term = terms.get(i);
            Map<String, Integer> places =
                    cycle.note(name() + "/far/" + i, () -> places(cycle, candidates(cycle, term), List.of(term)));
            String value = node.labels().get(term.text("topologyKey"));
            if (value != null && places.containsKey(term.text("topologyKey") + "=" + value)) {
                return false;
            }
        }
        return true;
    }

    /** Whether no pod that is there already keeps this one away from the node's surroundings. */
    private boolean tolerated(Cycle cycle, NodeInfo node) {
        Map<String, Integer> forbidden = cycle.note(name() + "/forbidden", () -> {
            Map<String, Integer> places = new HashMap<>();
            for (NodeInfo other : cycle.nodes()) {
                for (Obj pod : other.hasAntiAffinityPods() ? cycle.podsOn(other.name()) : List.<Obj>of()) {
                    for (Obj term : pod.list(ANTI + REQUIRED)) {
                        if (selects(cycle, term, pod, cycle.pod())) {
                            count(other, term, 1, places);
                        }
                    }
                }
            }
            return places;
        });
        for (String place : forbidden.keySet()) {
            int equals = place.indexOf('=');
            if (place.substring(equals + 1).equals(node.labels().get(place.substring(0, equals)))) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Integer> places(Cycle cycle, List<Obj> pods, List<Obj> terms) {
        Map<String, Integer> places = new HashMap<>();
        for (Obj pod : pods) {
            NodeInfo node = cycle.node(pod.text("spec.nodeName"));
            for (Obj term : node == null ? List.<Obj>of() : terms) {
                count(node, term, 1, places);
            }
        }
        return places;
    }

    private static void count(NodeInfo node, Obj term, int weight, Map<String, Integer> places) {
        String key = term.text("topologyKey");
        String value = node.labels().get(key);
        if (value != null) {
            places.merge(key + "=" + value, weight, Integer::sum);
        }
    }

    /** The placed pods that a term of this pod selects. */
    private static List<Obj> candidates(Cycle cycle, Obj term) {
        List<Obj> found = new ArrayList<>();
        for (String namespace : namespaces(cycle, term, cycle.pod())) {
            found.addAll(cycle.podsMatching(namespace, Selector.at(term, "labelSelector")));
        }
        return found;
    }

    /** The namespaces that a term of an owner speaks of; the owner's own where it names none. */
    private static Set<String> namespaces(Cycle cycle, Obj term, Obj owner) {
        Set<String> names = new TreeSet<>(term.texts("namespaces"));
        if (term.has("namespaceSelector")) {
            Selector selector = Selector.at(term, "namespaceSelector");
            List<Obj> all = cycle.note("namespaces", () -> cycle.client().list(Resources.NAMESPACES, ""));
            all.stream().filter(selector::matches).forEach(namespace -> names.add(namespace.name()));
        } else if (names.isEmpty()) {
            names.add(owner.namespace());
        }
        return names;
    }

    private static boolean selects(Cycle cycle, Obj term, Obj owner, Obj pod) {
        return Selector.at(term, "labelSelector").matches(pod)
                && namespaces(cycle, term, owner).contains(pod.namespace());
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public boolean scores(Cycle cycle) {
        return !liking(cycle).isEmpty();
    }

    /** How much the pod and those already there like each part of the topology. */
    private Map<String, Integer> liking(Cycle cycle) {
        return cycle.note(name() + "/liking", () -> {
            Map<String, Integer> places = new HashMap<>();
            prefer(cycle, AFFINITY, 1, places);
            prefer(cycle, ANTI, -1, places);
            for (NodeInfo node : cycle.nodes()) {
                for (Obj pod : node.hasAffinityPods() ? cycle.podsOn(node.name()) : List.<Obj>of()) {
                    preferredBy(cycle, pod, node, places);
                }
            }
            places.values().removeIf(weight -> weight == 0);
            return places;
        });
    }

    private static void prefer(Cycle cycle, String affinity, int sign, Map<String, Integer> places) {
        for (Obj preferred : cycle.pod().list(affinity + PREFERRED)) {
            Obj term = preferred.obj("podAffinityTerm");
            for (Obj pod : candidates(cycle, term)) {
                NodeInfo node = cycle.node(pod.text("spec.nodeName"));
                if (node != null) {
                    count(node, term, sign * (int) preferred.number("weight"), places);
                }
            }
        }
    }

    private static void preferredBy(Cycle cycle, Obj pod, NodeInfo node, Map<String, Integer> places) {
        for (Obj term : pod.list(AFFINITY + REQUIRED)) {
            if (selects(cycle, term, pod, cycle.pod())) {
                count(node, term, 1, places);
            }
        }
        for (String affinity : new String[] {AFFINITY, ANTI}) {
            for (Obj preferred : pod.list(affinity + PREFERRED)) {
                Obj term = preferred.obj("podAffinityTerm");
                if (selects(cycle, term, pod, cycle.pod())) {
                    int weight = (int) preferred.number("weight");
                    count(node, term, affinity.equals(ANTI) ? -weight : weight, places);
                }
            }
        }
    }

    @Override
    public long score(Cycle cycle, NodeInfo node) {
        long score = 0;
        for (Map.Entry<String, Integer> place : liking(cycle).entrySet()) {
            int equals = place.getKey().indexOf('=');
            String value = node.labels().get(place.getKey().substring(0, equals));
            if (place.getKey().substring(equals + 1).equals(value)) {
                score += place.getValue();
            }
        }
        return score;
    }

    @Override
    public void normalize(Cycle cycle, List<NodeInfo> nodes, long[] scores) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (long score : scores) {
            min = Math.min(min, score);
            max = Math.max(max, score);
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = max == min ? 0 : 100 * (scores[i] - min) / (max - min);
        }
    }
}
