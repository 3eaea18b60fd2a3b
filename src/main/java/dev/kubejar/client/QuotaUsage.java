package dev.kubejar.client;

import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What objects use of a ResourceQuota, by quota resource name, as Kubernetes' evaluators count it; for the admission plugin
 * and the quota controller alike.
 */
public final class QuotaUsage {
    private static final Quantity ONE = Quantity.of(1, Quantity.Format.DECIMAL_SI);
    private static final List<String> COMPUTE = List.of("cpu", "memory", "ephemeral-storage");

    private QuotaUsage() {}

    /** What one object uses, zero entries included; every object counts as {@code count/RESOURCE.GROUP}. */
    public static Map<String, Quantity> of(GroupVersionResource resource, Obj object, Instant now) {
        Map<String, Quantity> usage = new TreeMap<>();
        usage.put("count/" + resource.groupResource(), ONE);
        switch (resource.groupResource()) {
            case "pods" -> pod(object, now, usage);
            case "services" -> service(object, usage);
            case "persistentvolumeclaims" -> claim(object, usage);
            case "configmaps", "secrets", "resourcequotas", "replicationcontrollers" ->
                usage.put(resource.resource(), ONE);
            default -> {}
        }
        return usage;
    }

    /** Whether a quota's scopes cover an object; those without scopes cover everything. */
    public static boolean covers(Obj quota, GroupVersionResource resource, Obj object) {
        List<String> scopes = quota.texts("spec.scopes");
        List<Obj> terms = quota.list("spec.scopeSelector.matchExpressions");
        if (scopes.isEmpty() && terms.isEmpty()) {
            return true;
        }
        if (!resource.groupResource().equals("pods")) {
            return false;
        }
        for (String scope : scopes) {
            if (!inScope(object, scope, "Exists", List.of())) {
                return false;
            }
        }
        for (Obj term : terms) {
            if (!inScope(object, term.text("scopeName"), term.text("operator"), term.texts("values"))) {
                return false;
            }
        }
        return true;
    }

    private static boolean inScope(Obj pod, String scope, String operator, List<String> values) {
        return switch (scope) {
            case "Terminating" -> pod.has("spec.activeDeadlineSeconds");
            case "NotTerminating" -> !pod.has("spec.activeDeadlineSeconds");
            case "BestEffort" -> bestEffort(pod);
            case "NotBestEffort" -> !bestEffort(pod);
            case "PriorityClass" -> priorityMatches(pod.text("spec.priorityClassName"), operator, values);
            case "CrossNamespacePodAffinity" -> crossesNamespaces(pod);
            default -> false;
        };
    }

    private static boolean priorityMatches(String name, String operator, List<String> values) {
        return switch (operator) {
            case "In" -> values.contains(name) && !name.isEmpty();
            case "NotIn" -> !values.contains(name);
            case "DoesNotExist" -> name.isEmpty();
            default -> !name.isEmpty();
        };
    }

    private static boolean crossesNamespaces(Obj pod) {
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            Obj affinity = pod.obj("spec.affinity." + kind);
            for (Obj term : affinity.list("requiredDuringSchedulingIgnoredDuringExecution")) {
                if (term.has("namespaces") || term.has("namespaceSelector")) {
                    return true;
                }
            }
            for (Obj weighted : affinity.list("preferredDuringSchedulingIgnoredDuringExecution")) {
                if (weighted.has("podAffinityTerm.namespaces") || weighted.has("podAffinityTerm.namespaceSelector")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean bestEffort(Obj pod) {
        for (String list : List.of("spec.containers", "spec.initContainers")) {
            for (Obj container : pod.list(list)) {
                for (String kind : List.of("resources.requests", "resources.limits")) {
                    for (String name : List.of("cpu", "memory")) {
                        if (container.map(kind).containsKey(name)) {
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }

    private static void pod(Obj pod, Instant now, Map<String, Quantity> usage) {
        String phase = pod.text("status.phase");
        if (phase.equals("Failed") || phase.equals("Succeeded") || overdue(pod, now)) {
            return;
        }
        compute(sums(pod, "requests"), sums(pod, "limits"), usage);
    }

    private static boolean overdue(Obj pod, Instant now) {
        Instant due = pod.time("metadata.deletionTimestamp");
        return due != null && pod.has("metadata.deletionGracePeriodSeconds") && now.isAfter(due);
    }

    private static void compute(
            Map<String, Quantity> requests, Map<String, Quantity> limits, Map<String, Quantity> usage) {
        usage.put("pods", ONE);
        for (String name : COMPUTE) {
            Quantity request = requests.get(name);
            if (request != null) {
                usage.put(name, request);
                usage.put("requests." + name, request);
            }
            if (limits.get(name) != null) {
                usage.put("limits." + name, limits.get(name));
            }
        }
        requests.forEach((name, amount) -> {
            if (name.startsWith("hugepages-")) {
                usage.put(name, amount);
                usage.put("requests." + name, amount);
            } else if (name.indexOf('/') > 0 && !name.contains("kubernetes.io/")) {
                usage.put("requests." + name, amount);
            }
        });
    }

    /** What a pod's containers ask for together: all at once, or the greatest of what runs before them. */
    public static Map<String, Quantity> sums(Obj pod, String kind) {
        Map<String, Quantity> sum = new TreeMap<>();
        Map<String, Quantity> sidecars = new TreeMap<>();
        Map<String, Quantity> before = new TreeMap<>();
        for (Obj container : pod.list("spec.containers")) {
            add(sum, amounts(container, kind));
        }
        for (Obj container : pod.list("spec.initContainers")) {
            Map<String, Quantity> own = amounts(container, kind);
            if (container.text("restartPolicy").equals("Always")) {
                add(sum, own);
                add(sidecars, own);
                greatest(before, sidecars);
            } else {
                Map<String, Quantity> meanwhile = new TreeMap<>(sidecars);
                add(meanwhile, own);
                greatest(before, meanwhile);
            }
        }
        greatest(sum, before);
        pod.map("spec.resources." + kind).forEach((name, amount) -> sum.put(name, Quantity.parse(amount)));
        if (pod.has("spec.overhead")) {
            Map<String, Quantity> overhead = new TreeMap<>();
            pod.map("spec.overhead").forEach((name, amount) -> {
                if (kind.equals("requests") || sum.containsKey(name)) {
                    overhead.put(name, Quantity.parse(amount));
                }
            });
            add(sum, overhead);
        }
        return sum;
    }

    private static Map<String, Quantity> amounts(Obj container, String kind) {
        Map<String, Quantity> amounts = new TreeMap<>();
        container.map("resources." + kind).forEach((name, amount) -> amounts.put(name, Quantity.parse(amount)));
        return amounts;
    }

    /** Adds amounts by name, in place. */
    public static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Quantity::add));
    }

    private static void greatest(Map<String, Quantity> sum, Map<String, Quantity> others) {
        others.forEach((name, amount) -> sum.merge(name, amount, Quantity::max));
    }

    /** The resources among {@code required} that a container must name but does not: cpu and memory alone (a rule kept for its age). */
    public static Map<String, TreeSet<String>> unnamed(Obj pod, Iterable<String> required) {
        Map<String, TreeSet<String>> missing = new TreeMap<>();
        if (!pod.at("spec.resources").isEmpty()) {
            return missing;
        }
        for (String list : List.of("spec.containers", "spec.initContainers")) {
            for (Obj container : pod.list(list)) {
                Map<String, Quantity> named = new TreeMap<>();
                compute(amounts(container, "requests"), amounts(container, "limits"), named);
                for (String resource : required) {
                    if (!named.containsKey(resource)) {
                        missing.computeIfAbsent(resource, key -> new TreeSet<>())
                                .add(container.text("name"));
                    }
                }
            }
        }
        return missing;
    }

    private static void service(Obj service, Map<String, Quantity> usage) {
        usage.put("services", ONE);
        usage.put("services.loadbalancers", Quantity.ZERO);
        usage.put("services.nodeports", Quantity.ZERO);
        List<Obj> ports = service.list("spec.ports");
        String type = service.text("spec.type");
        if (type.equals("NodePort")) {
            usage.put("services.nodeports", Quantity.of(ports.size(), Quantity.Format.DECIMAL_SI));
        } else if (type.equals("LoadBalancer")) {
            boolean all = service.bool("spec.allocateLoadBalancerNodePorts", true);
            long count = ports.stream()
                    .filter(port -> all || port.number("nodePort") != 0)
                    .count();
            usage.put("services.nodeports", Quantity.of(count, Quantity.Format.DECIMAL_SI));
            usage.put("services.loadbalancers", ONE);
        }
    }

    private static void claim(Obj claim, Map<String, Quantity> usage) {
        usage.put("persistentvolumeclaims", ONE);
        String storageClass =
                claim.text("spec.storageClassName", claim.annotation("volume.beta.kubernetes.io/storage-class"));
        String of = storageClass + ".storageclass.storage.k8s.io/";
        if (!storageClass.isEmpty()) {
            usage.put(of + "persistentvolumeclaims", ONE);
        }
        String storage = claim.map("spec.resources.requests").get("storage");
        if (storage != null) {
            usage.put("requests.storage", Quantity.parse(storage));
            if (!storageClass.isEmpty()) {
                usage.put(of + "requests.storage", Quantity.parse(storage));
            }
        }
    }
}
