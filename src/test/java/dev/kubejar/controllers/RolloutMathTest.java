package dev.kubejar.controllers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sizes of a Deployment's ReplicaSets. */
class RolloutMathTest {
    private static Obj deployment(int replicas, String surge, String unavailable) {
        return Obj.parse("{\"spec\":{\"replicas\":" + replicas
                + ",\"strategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxSurge\":" + surge
                + ",\"maxUnavailable\":" + unavailable + "}}}}");
    }

    private static Obj set(String name, int replicas, int max) {
        Obj set = Obj.create("apps/v1", "ReplicaSet", "default", name).set("spec.replicas", replicas);
        set.set("metadata.creationTimestamp", "2026-01-01T00:00:0" + name.length() + "Z");
        return set.setAnnotation(Revisions.MAX, Integer.toString(max));
    }

    private static List<Long> proportional(Obj deployment, Obj... sets) {
        var sizes = RolloutMath.proportional(deployment, List.of(sets));
        List<Long> inOrder = new ArrayList<>();
        for (Obj set : sets) {
            inOrder.add(sizes.get(set));
        }
        return inOrder;
    }

    @Test
    void surgeIsRoundedUpAndUnavailabilityDown() {
        assertEquals(1, RolloutMath.maxSurge(deployment(3, "\"25%\"", "\"25%\"")));
        assertEquals(0, RolloutMath.maxUnavailable(deployment(3, "\"25%\"", "\"25%\"")));
        assertEquals(3, RolloutMath.maxSurge(deployment(10, "\"25%\"", "\"25%\"")));
        assertEquals(2, RolloutMath.maxUnavailable(deployment(10, "\"25%\"", "\"25%\"")));
    }

    @Test
    void withNeitherSurgeNorUnavailabilityOneMayBeMissing() {
        assertEquals(0, RolloutMath.maxSurge(deployment(3, "\"0%\"", "\"0%\"")));
        assertEquals(1, RolloutMath.maxUnavailable(deployment(3, "\"0%\"", "\"0%\"")));
    }

    @Test
    void unavailabilityIsNeverMoreThanTheReplicas() {
        assertEquals(3, RolloutMath.maxUnavailable(deployment(3, "0", "10")));
        assertEquals(0, RolloutMath.maxUnavailable(deployment(0, "1", "1")));
    }

    @Test
    void severalSetsGrowInProportionAndTheLargestTakesTheRest() {
        // 10 + 3 at most, of which the old one has 8 and the new one 5; now 15 + 4 are allowed.
        assertEquals(
                List.of(12L, 7L), proportional(deployment(15, "\"25%\"", "0"), set("old", 8, 13), set("fresh", 5, 13)));
    }

    @Test
    void severalSetsShrinkInProportion() {
        assertEquals(List.of(4L, 3L), proportional(deployment(5, "2", "0"), set("old", 8, 13), set("fresh", 5, 13)));
        assertEquals(List.of(0L, 0L), proportional(deployment(0, "2", "0"), set("old", 8, 13), set("fresh", 5, 13)));
    }

    @Test
    void theNewSetGrowsIntoTheRoomThatIsLeft() {
        Obj deployment = deployment(3, "1", "0");
        assertEquals(1, RolloutMath.newSize(deployment, List.of(set("old", 3, 4)), 0));
        assertEquals(1, RolloutMath.newSize(deployment, List.of(set("old", 3, 4), set("new", 1, 4)), 1));
    }
}
