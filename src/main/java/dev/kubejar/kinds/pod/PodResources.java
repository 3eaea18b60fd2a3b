package dev.kubejar.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a pod asks for in all: containers summed, init containers' peaks, sidecars, pod-level amounts and overhead. */
public final class PodResources {
    private PodResources() {}

    /** The containers' requests together. */
    public static Map<String, Quantity> requests(Obj spec) {
        return containers(spec, "requests");
    }

    /** The containers' limits together. */
    public static Map<String, Quantity> limits(Obj spec) {
        return containers(spec, "limits");
    }

    /** What the pod is counted with: pod-level amounts before the containers', and the overhead on top. */
    public static Map<String, Quantity> effective(Obj spec, String list) {
        Map<String, Quantity> sum = containers(spec, list);
        for (Map.Entry<String, JsonNode> entry :
                spec.obj("resources." + list).node().properties()) {
            if (podLevel(entry.getKey())) {
                sum.put(entry.getKey(), Quantity.of(entry.getValue()));
            }
        }
        boolean limits = list.equals("limits");
        for (Map.Entry<String, JsonNode> entry : spec.obj("overhead").node().properties()) {
            if (!limits
                    || sum.containsKey(entry.getKey())
                            && !sum.get(entry.getKey()).isZero()) {
                sum.merge(entry.getKey(), Quantity.of(entry.getValue()), Quantity::add);
            }
        }
        return sum;
    }

    /** Whether a resource may be set for a pod as a whole. */
    public static boolean podLevel(String resource) {
        return resource.equals("cpu") || resource.equals("memory") || resource.startsWith("hugepages-");
    }

    private static Map<String, Quantity> containers(Obj spec, String list) {
        Map<String, Quantity> sum = new TreeMap<>();
        for (Obj container : spec.list("containers")) {
            add(sum, of(container, list));
        }
        List<Obj> initContainers = spec.list("initContainers");
        if (initContainers.isEmpty()) {
            return sum;
        }
        Map<String, Quantity> sidecars = new TreeMap<>();
        Map<String, Quantity> peak = new TreeMap<>();
        for (Obj container : initContainers) {
            Map<String, Quantity> now = of(container, list);
            if (container.text("restartPolicy").equals("Always")) {
                add(sum, now);
                add(sidecars, now);
                now = sidecars;
            } else {
                add(now, sidecars);
            }
            now.forEach((name, quantity) -> peak.merge(name, quantity, Quantity::max));
        }
        peak.forEach((name, quantity) -> sum.merge(name, quantity, Quantity::max));
        return sum;
    }

    private static Map<String, Quantity> of(Obj container, String list) {
        Map<String, Quantity> amounts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                container.obj("resources").obj(list).node().properties()) {
            amounts.put(entry.getKey(), Quantity.of(entry.getValue()));
        }
        return amounts;
    }

    private static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, quantity) -> sum.merge(name, quantity, Quantity::add));
    }
}
