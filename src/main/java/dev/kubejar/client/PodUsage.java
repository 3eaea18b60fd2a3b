package dev.kubejar.client;

import dev.kubejar.object.Obj;
import java.util.Map;

/** What pods use at this moment, as a metrics server would have it. */
public interface PodUsage {
    /** A cluster without a metrics server. */
    PodUsage NONE = new PodUsage() {
        @Override
        public boolean served() {
            return false;
        }

        @Override
        public Map<String, Map<String, Long>> of(Obj pod) {
            return Map.of();
        }
    };

    /** Whether there is a metrics API at all. */
    boolean served();

    /** By container and resource: {@code cpu} and {@code memory} in thousandths; empty where nothing is known of the pod. */
    Map<String, Map<String, Long>> of(Obj pod);
}
