package dev.kubejar.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kubejar.object.Obj;
import dev.kubejar.scheduler.plugins.NodePorts;
import dev.kubejar.scheduler.plugins.NodeResourcesFit;
import dev.kubejar.scheduler.plugins.NodeUnschedulable;
import dev.kubejar.scheduler.plugins.TaintToleration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the user reads of a pod that fits nowhere. */
class DiagnosisTest {
    private static NodeInfo node(String name, String spec) {
        Obj node = Obj.parse("{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":" + spec
                + ",\"status\":{\"allocatable\":{\"cpu\":\"2\",\"memory\":\"1Gi\",\"pods\":\"1\"}}}");
        return new NodeInfo(node, Load::new);
    }

    private static Obj pod(String container) {
        return Obj.parse("{\"metadata\":{\"name\":\"p\",\"namespace\":\"default\"},\"spec\":{\"containers\":["
                + container + "]}}");
    }

    @Test
    void reasonsAreCountedAndSortedAsText() {
        Diagnosis diagnosis = new Diagnosis(12);
        for (int i = 0; i < 10; i++) {
            diagnosis.add(node("n" + i, "{}"), Verdict.unschedulable("NodeResourcesFit", "Insufficient cpu"));
        }
        diagnosis.add(node("a", "{}"), Verdict.unresolvable("TaintToleration", "node(s) had untolerated taint(s)"));
        diagnosis.absent("node(s) didn't satisfy plugin(s) [NodeAffinity]", Set.of("NodeAffinity"));
        assertEquals(
                "0/12 nodes are available: 1 node(s) didn't satisfy plugin(s) [NodeAffinity], 1 node(s) had untolerated"
                        + " taint(s), 10 Insufficient cpu.",
                diagnosis.message());
    }

    @Test
    void whatIsTurnedAwayBeforeAnyNodeIsNotCounted() {
        Diagnosis diagnosis = new Diagnosis(3);
        diagnosis.before(Verdict.unresolvable("VolumeBinding", "persistentvolumeclaim \"records\" not found"));
        assertEquals("0/3 nodes are available: persistentvolumeclaim \"records\" not found.", diagnosis.message());
    }

    @Test
    void everyResourceThatIsShortIsNamed() {
        Obj pod = pod("{\"resources\":{\"requests\":{\"cpu\":\"3\",\"memory\":\"2Gi\",\"example.com/fpga\":\"1\"}}}");
        NodeInfo node = node("n", "{}");
        Verdict verdict = new NodeResourcesFit().filter(new Cycle(null, null, pod, List.of(node), Set.of()), node);
        assertEquals(
                List.of("Insufficient cpu", "Insufficient memory", "Insufficient example.com/fpga"), verdict.reasons());
        assertEquals(Verdict.Code.UNRESOLVABLE, verdict.code());
    }

    @Test
    void aFullNodeCouldBeEmptied() {
        NodeInfo node = node("n", "{}");
        node.load().add(pod("{\"resources\":{\"requests\":{\"cpu\":\"1500m\"}},\"ports\":[{\"hostPort\":80}]}"));
        Obj pod = pod("{\"resources\":{\"requests\":{\"cpu\":\"1\"}},\"ports\":[{\"hostPort\":80}]}");
        Cycle cycle = new Cycle(null, null, pod, List.of(node), Set.of());
        Verdict fit = new NodeResourcesFit().filter(cycle, node);
        assertEquals(List.of("Too many pods", "Insufficient cpu"), fit.reasons());
        assertEquals(Verdict.Code.UNSCHEDULABLE, fit.code());
        assertEquals(
                List.of("node(s) didn't have free ports for the requested pod ports"),
                new NodePorts().filter(cycle, node).reasons());
    }

    @Test
    void taintsAndCordonsAreTolerated() {
        NodeInfo node = node(
                "n",
                "{\"unschedulable\":true,\"taints\":[{\"key\":\"node.kubernetes.io/unschedulable\",\"effect\":\"NoSchedule\"}]}");
        Obj pod = pod("{}");
        Cycle cycle = new Cycle(null, null, pod, List.of(node), Set.of());
        assertEquals(
                List.of("node(s) were unschedulable"),
                new NodeUnschedulable().filter(cycle, node).reasons());
        assertEquals(
                List.of("node(s) had untolerated taint(s)"),
                new TaintToleration().filter(cycle, node).reasons());
        Obj tolerant = pod("{}");
        tolerant.add("spec.tolerations", Obj.create().set("operator", "Exists"));
        Cycle other = new Cycle(null, null, tolerant, List.of(node), Set.of());
        assertEquals(Verdict.SUCCESS, new NodeUnschedulable().filter(other, node));
        assertEquals(Verdict.SUCCESS, new TaintToleration().filter(other, node));
    }
}
