package dev.kubejar.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.util.Map;
import java.util.TreeMap;

/** The resources that a pod asks for: cpu in thousandths, all else in whole units. */
public final class Requests {
    /** What a container without a request is taken for when nodes are compared. */
    private static final long USUAL_CPU = 100;

    private static final long USUAL_MEMORY = 200L * 1024 * 1024;

    private Requests() {}

    /** Containers together, or the largest init container with the sidecars before it, whichever is more; and overhead. */
    public static Map<String, Long> of(Obj pod) {
        return total(pod, false);
    }

    /** The same with the usual amounts of cpu and memory where a container names none. */
    public static Map<String, Long> nonZero(Obj pod) {
        Map<String, Long> total = total(pod, true);
        total.keySet().removeIf(name -> !name.equals("cpu") && !name.equals("memory"));
        return total;
    }

    private static Map<String, Long> total(Obj pod, boolean usual) {
        Map<String, Long> total = new TreeMap<>();
        for (Obj container : pod.list("spec.containers")) {
            add(total, requests(container, usual));
        }
        Map<String, Long> sidecars = new TreeMap<>();
        Map<String, Long> most = new TreeMap<>();
        for (Obj container : pod.list("spec.initContainers")) {
            Map<String, Long> own = requests(container, usual);
            if (container.text("restartPolicy").equals("Always")) {
                add(total, own);
                add(sidecars, own);
                max(most, sidecars);
            } else {
                add(own, sidecars);
                max(most, own);
            }
        }
        max(total, most);
        podLevel(pod, total);
        add(total, amounts(pod.at("spec.overhead")));
        return total;
    }

    /** Requests of the pod as a whole take the place of its containers'. */
    private static void podLevel(Obj pod, Map<String, Long> total) {
        total.putAll(amounts(pod.at("spec.resources.requests")));
    }

    private static Map<String, Long> requests(Obj container, boolean usual) {
        Map<String, Long> requests = amounts(container.at("resources.requests"));
        if (usual) {
            requests.putIfAbsent("cpu", USUAL_CPU);
            requests.putIfAbsent("memory", USUAL_MEMORY);
        }
        return requests;
    }

    /** A resource list as numbers. */
    public static Map<String, Long> amounts(JsonNode list) {
        Map<String, Long> amounts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : list.properties()) {
            Quantity quantity = Quantity.of(field.getValue());
            amounts.put(field.getKey(), field.getKey().equals("cpu") ? quantity.milliValue() : quantity.value());
        }
        return amounts;
    }

    static void add(Map<String, Long> into, Map<String, Long> more) {
        more.forEach((name, amount) -> into.merge(name, amount, Long::sum));
    }

    private static void max(Map<String, Long> into, Map<String, Long> other) {
        other.forEach((name, amount) -> into.merge(name, amount, Math::max));
    }
}
