package dev.kubejar.controllers;

import dev.kubejar.client.Conditions;
import dev.kubejar.client.PodUsage;
import dev.kubejar.client.Pods;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many replicas the use of a resource asks for: the autoscaler's arithmetic. */
final class ReplicaCalculator {
    private static final Duration CPU_STARTUP = Duration.ofMinutes(5);
    private static final Duration READINESS_DELAY = Duration.ofSeconds(30);

    private final PodUsage usage;
    private final Instant now;
    /** How far up and down a ratio may be off 1 without effect. */
    private final double up;

    private final double down;

    /** A proposal: replicas, percentage of the requests, and the average use of a pod in thousandths. */
    record Proposal(long replicas, long percent, long average) {}

    /** Why there is no proposal. */
    static final class NoMetrics extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoMetrics(String message) {
            super(message, null, false, false);
        }
    }

    ReplicaCalculator(PodUsage usage, Instant now, double up, double down) {
        this.usage = usage;
        this.now = now;
        this.up = up;
        this.down = down;
    }

    /** The pods by what their metrics say. */
    private final class Groups {
        final Map<String, Long> metrics = new TreeMap<>();
        final List<String> unready = new ArrayList<>();
        final List<String> missing = new ArrayList<>();
        int ready;

        Groups(List<Obj> pods, String resource, String container) {
            if (!usage.served()) {
                throw new NoMetrics("unable to get metrics for resource " + resource
                        + ": unable to fetch metrics from resource metrics API: the server could not find the requested"
                        + " resource (get pods.metrics.k8s.io)");
            }
            pods.forEach(pod -> group(pod, resource, container));
            if (metrics.isEmpty() && missing.size() == pods.size() && !pods.isEmpty()) {
                throw new NoMetrics("unable to get metrics for resource " + resource
                        + ": no metrics returned from resource metrics API");
            }
        }

        private void group(Obj pod, String resource, String container) {
            if (pod.deleting() || Pods.phase(pod).equals("Failed")) {
                return;
            }
            Long metric = metric(pod, resource, container);
            if (Pods.phase(pod).equals("Pending")) {
                unready.add(pod.name());
            } else if (metric == null) {
                missing.add(pod.name());
            } else if (resource.equals("cpu") && unready(pod)) {
                unready.add(pod.name());
            } else {
                metrics.put(pod.name(), metric);
                ready++;
            }
        }

        private boolean unready(Obj pod) {
            Obj condition = Conditions.find(pod, "Ready");
            Instant start = pod.time("status.startTime");
            if (condition == null || start == null) {
                return true;
            }
            boolean notReady = condition.text("status").equals("False");
            if (start.plus(CPU_STARTUP).isAfter(now)) {
                return notReady;
            }
            Instant changed = condition.time("lastTransitionTime");
            return notReady && changed != null && start.plus(READINESS_DELAY).isAfter(changed);
        }

        private Long metric(Obj pod, String resource, String container) {
            long sum = 0;
            boolean any = false;
            for (Map.Entry<String, Map<String, Long>> of : usage.of(pod).entrySet()) {
                Long value = of.getValue().get(resource);
                if (value != null && (container.isEmpty() || container.equals(of.getKey()))) {
                    sum += value;
                    any = true;
                }
            }
            return any ? sum : null;
        }
    }

    /** By percentage of what the pods request. */
    Proposal utilization(long current, List<Obj> pods, String resource, String container, long target) {
        Groups groups = groups(pods, resource, container);
        Map<String, Long> requests = requests(pods, resource, container);
        double ratio = ratio(groups.metrics, requests, target);
        long percent = percent(groups.metrics, requests);
        long average = average(groups.metrics);
        boolean waking = !groups.unready.isEmpty() && ratio > 1;
        if (!waking && groups.missing.isEmpty()) {
            return new Proposal(within(ratio) ? current : (long) Math.ceil(ratio * groups.ready), percent, average);
        }
        if (ratio < 1) {
            long fallback = Math.max(100, target);
            groups.missing.forEach(pod -> groups.metrics.put(pod, requests.getOrDefault(pod, 0L) * fallback / 100));
        } else if (ratio > 1) {
            groups.missing.forEach(pod -> groups.metrics.put(pod, 0L));
        }
        if (waking) {
            groups.unready.forEach(pod -> groups.metrics.put(pod, 0L));
        }
        double adjusted = ratio(groups.metrics, requests, target);
        return new Proposal(cautious(current, ratio, adjusted, groups.metrics.size()), percent, average);
    }

    /** By the average use of a pod, in thousandths. */
    Proposal average(long current, List<Obj> pods, String resource, String container, long target) {
        Groups groups = groups(pods, resource, container);
        long average = average(groups.metrics);
        double ratio = (double) average / target;
        boolean waking = !groups.unready.isEmpty() && ratio > 1;
        if (!waking && groups.missing.isEmpty()) {
            return new Proposal(within(ratio) ? current : (long) Math.ceil(ratio * groups.ready), 0, average);
        }
        if (ratio < 1) {
            groups.missing.forEach(pod -> groups.metrics.put(pod, target));
        } else {
            groups.missing.forEach(pod -> groups.metrics.put(pod, 0L));
        }
        if (waking) {
            groups.unready.forEach(pod -> groups.metrics.put(pod, 0L));
        }
        double adjusted = (double) average(groups.metrics) / target;
        return new Proposal(cautious(current, ratio, adjusted, groups.metrics.size()), 0, average);
    }

    private Groups groups(List<Obj> pods, String resource, String container) {
        Groups groups = new Groups(pods, resource, container);
        if (pods.isEmpty()) {
            throw new NoMetrics("no pods returned by selector while calculating replica count");
        }
        if (groups.metrics.isEmpty()) {
            throw new NoMetrics("did not receive metrics for targeted pods (pods might be unready)");
        }
        return groups;
    }

    private long cautious(long current, double ratio, double adjusted, int pods) {
        if (within(adjusted) || ratio < 1 && adjusted > 1 || ratio > 1 && adjusted < 1) {
            return current;
        }
        long replicas = (long) Math.ceil(adjusted * pods);
        return adjusted < 1 && replicas > current || adjusted > 1 && replicas < current ? current : replicas;
    }

    private boolean within(double ratio) {
        return 1 - down <= ratio && ratio <= 1 + up;
    }

    private static double ratio(Map<String, Long> metrics, Map<String, Long> requests, long target) {
        return (double) percent(metrics, requests) / target;
    }

    private static long percent(Map<String, Long> metrics, Map<String, Long> requests) {
        long used = 0;
        long asked = 0;
        for (Map.Entry<String, Long> metric : metrics.entrySet()) {
            Long request = requests.get(metric.getKey());
            if (request != null) {
                used += metric.getValue();
                asked += request;
            }
        }
        if (asked == 0) {
            throw new NoMetrics("no metrics returned matched known pods");
        }
        return used * 100 / asked;
    }

    private static long average(Map<String, Long> metrics) {
        long sum = metrics.values().stream().mapToLong(Long::longValue).sum();
        return metrics.isEmpty() ? 0 : sum / metrics.size();
    }

    private static Map<String, Long> requests(List<Obj> pods, String resource, String container) {
        Map<String, Long> requests = new TreeMap<>();
        for (Obj pod : pods) {
            long sum = 0;
            List<Obj> containers = new ArrayList<>(pod.list("spec.containers"));
            pod.list("spec.initContainers").stream()
                    .filter(init -> init.text("restartPolicy").equals("Always"))
                    .forEach(containers::add);
            for (Obj one : containers) {
                if (!container.isEmpty() && !container.equals(one.text("name"))) {
                    continue;
                }
                if (!one.map("resources.requests").containsKey(resource)) {
                    throw new NoMetrics("missing request for " + resource + " in container " + one.text("name")
                            + " of Pod " + pod.name());
                }
                sum += Quantity.of(one.at("resources.requests").path(resource)).milliValue();
            }
            requests.put(pod.name(), sum);
        }
        return requests;
    }
}
