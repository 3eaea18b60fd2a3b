package dev.kubejar.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pod's quality of service class, by cpu and memory of its containers or of the pod as a whole. */
public final class Qos {
    private Qos() {}

    /** {@code Guaranteed}, {@code Burstable} or {@code BestEffort}. */
    public static String of(Obj spec) {
        Map<String, Quantity> requests = new TreeMap<>();
        Map<String, Quantity> limits = new TreeMap<>();
        boolean guaranteed = true;
        if (spec.has("resources")) {
            add(requests, spec.obj("resources.requests"));
            add(limits, spec.obj("resources.limits"));
            guaranteed = limits.size() == 2;
        } else {
            for (String list : List.of("containers", "initContainers")) {
                for (Obj container : spec.list(list)) {
                    add(requests, container.obj("resources.requests"));
                    guaranteed &= add(limits, container.obj("resources.limits")) == 2;
                }
            }
        }
        if (requests.isEmpty() && limits.isEmpty()) {
            return "BestEffort";
        }
        return guaranteed && requests.equals(limits) ? "Guaranteed" : "Burstable";
    }

    private static int add(Map<String, Quantity> sum, Obj list) {
        int found = 0;
        for (Map.Entry<String, JsonNode> entry : list.node().properties()) {
            String name = entry.getKey();
            Quantity quantity = Quantity.of(entry.getValue());
            if ((name.equals("cpu") || name.equals("memory")) && quantity.signum() > 0) {
                sum.merge(name, quantity, Quantity::add);
                found++;
            }
        }
        return found;
    }
}
