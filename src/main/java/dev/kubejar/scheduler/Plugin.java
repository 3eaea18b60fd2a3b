package dev.kubejar.scheduler;

import java.util.Set;

/** One rule of placement: a filter, a score, or both. It keeps nothing between attempts. */
public interface Plugin {
    /** As the scheduler's configuration names it. */
    String name();

    /** What may make a pod fit that this plugin has turned away. */
    default Set<Event> events() {
        return Set.of();
    }

    /** Looks at the pod once, before any node. */
    default Verdict preFilter(Cycle cycle) {
        return Verdict.SUCCESS;
    }

    /** The only nodes that can come into question, by name; null: all. */
    default Set<String> onlyNodes(Cycle cycle) {
        return null;
    }

    default Verdict filter(Cycle cycle, NodeInfo node) {
        return Verdict.SUCCESS;
    }

    /** How much the score counts; 0: it has none. */
    default int weight() {
        return 0;
    }

    /** Whether it has an opinion on this pod at all. */
    default boolean scores(Cycle cycle) {
        return weight() > 0;
    }

    default long score(Cycle cycle, NodeInfo node) {
        return 0;
    }

    /** Brings the scores of all feasible nodes between 0 and 100. */
    default void normalize(Cycle cycle, java.util.List<NodeInfo> nodes, long[] scores) {}

    /** Scales scores so that the highest is 100, or the lowest where {@code reverse}. */
    static void normalizeByMax(long[] scores, boolean reverse) {
        long max = 0;
        for (long score : scores) {
            max = Math.max(max, score);
        }
        for (int i = 0; i < scores.length; i++) {
            long scaled = max == 0 ? 0 : 100 * scores[i] / max;
            scores[i] = reverse ? 100 - scaled : scaled;
        }
    }

    /** Prepares the chosen node for the pod, such as binding its volumes there. */
    default Verdict reserve(Cycle cycle, NodeInfo node) {
        return Verdict.SUCCESS;
    }
}
