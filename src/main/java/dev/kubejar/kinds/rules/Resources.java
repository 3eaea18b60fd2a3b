package dev.kubejar.kinds.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The rules of resource names and amounts. */
public final class Resources {
    public static final String NOT_INTEGER = "must be an integer";
    private static final Set<String> CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> STANDARD = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "storage",
            "requests.storage",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> INTEGER = Set.of(
            "pods",
            "services",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");

    private Resources() {}

    /** Whether the name is of huge pages. */
    public static boolean hugePages(String name) {
        return name.startsWith("hugepages-");
    }

    private static boolean standard(String name) {
        return STANDARD.contains(name) || hugePages(name) || name.startsWith("requests.hugepages-");
    }

    /** A resource's name; tells whether it is right. */
    public static boolean name(Problems problems, String path, String name) {
        var faults = Names.qualified(name);
        Values.named(problems, path, name, faults);
        if (!faults.isEmpty()) {
            return false;
        }
        if (name.indexOf('/') < 0 && !standard(name)) {
            problems.invalid(path, name, "must be a standard resource type or fully qualified");
            return false;
        }
        return true;
    }

    /** A resource that a container may ask for. */
    public static void containerName(Problems problems, String path, String name) {
        boolean right = name(problems, path, name);
        if (name.split("/", -1).length == 1) {
            if (!CONTAINER.contains(name) && !hugePages(name)) {
                problems.invalid(path, name, "must be a standard resource for containers");
            }
        } else if (!nativeName(name) && !(right && extended(name))) {
            problems.invalid(path, name, "doesn't follow extended resource name standard");
        }
    }

    /** A resource that a pod as a whole may ask for. */
    static void podName(Problems problems, String path, String name) {
        if (name(problems, path, name) && !name.equals("cpu") && !name.equals("memory") && !hugePages(name)) {
            problems.notSupported(path, name, java.util.List.of("cpu", "memory"));
        }
    }

    private static boolean nativeName(String name) {
        return name.indexOf('/') < 0 || name.contains("kubernetes.io/");
    }

    /** Whether the name is an extended resource's: qualified, of another domain, fit for a quota. */
    public static boolean extended(String name) {
        return !nativeName(name)
                && !name.startsWith("requests.")
                && Names.qualified("requests." + name).isEmpty();
    }

    /** Whether a quota can hold the resource by this plain name. */
    public static boolean quota(String name) {
        boolean standard = STANDARD.contains(name) && !name.equals("storage");
        return standard || hugePages(name) || name.startsWith("requests.hugepages-");
    }

    /** Whether containers may ask for less of the resource than they may use. */
    public static boolean overcommit(String name) {
        return nativeName(name) && !hugePages(name);
    }

    /** An amount: not negative, whole where the resource is counted. */
    public static void amount(Problems problems, String path, String name, Quantity amount) {
        if (amount.signum() < 0) {
            problems.invalid(path, amount.toString(), Values.NOT_NEGATIVE);
        }
        if ((INTEGER.contains(name) || extended(name)) && amount.milliValue() % 1000 != 0) {
            problems.invalid(path, amount.toString(), NOT_INTEGER);
        }
    }

    /** A container's limits, requests and claims. */
    public static void container(Problems problems, String path, Obj requirements, Set<String> claims) {
        check(problems, path, requirements, claims, (name, at) -> containerName(problems, at, name));
    }

    /** A pod's own limits and requests. */
    public static void pod(Problems problems, String path, Obj requirements, Set<String> claims) {
        check(problems, path, requirements, claims, (name, at) -> podName(problems, at, name));
    }

    private static void check(
            Problems problems, String path, Obj requirements, Set<String> claims, BiConsumer<String, String> rule) {
        boolean compute = false;
        boolean huge = false;
        Map<String, Quantity> limits = amounts(requirements.obj("limits"));
        for (Map.Entry<String, Quantity> each : limits.entrySet()) {
            String at = path + ".limits[" + each.getKey() + "]";
            rule.accept(each.getKey(), at);
            amount(problems, at, each.getKey(), each.getValue());
            huge |= hugeAmount(problems, at, each.getKey(), each.getValue());
            compute |= each.getKey().equals("cpu") || each.getKey().equals("memory");
        }
        for (Map.Entry<String, Quantity> each :
                amounts(requirements.obj("requests")).entrySet()) {
            String name = each.getKey();
            String at = path + ".requests[" + name + "]";
            rule.accept(name, at);
            amount(problems, at, name, each.getValue());
            withinLimit(problems, path, name, each.getValue(), limits.get(name));
            huge |= hugeAmount(problems, at, name, each.getValue());
            compute |= name.equals("cpu") || name.equals("memory");
        }
        if (huge && !compute) {
            problems.forbidden(path, "HugePages require cpu or memory");
        }
        Claims.used(problems, path + ".claims", requirements.list("claims"), claims);
    }

    private static void withinLimit(Problems problems, String path, String name, Quantity request, Quantity limit) {
        if (limit != null) {
            if (request.compareTo(limit) != 0 && !overcommit(name)) {
                problems.invalid(
                        path + ".requests", request.toString(), "must be equal to " + name + " limit of " + limit);
            } else if (request.compareTo(limit) > 0) {
                problems.invalid(
                        path + ".requests",
                        request.toString(),
                        "must be less than or equal to " + name + " limit of " + limit);
            }
        } else if (!overcommit(name)) {
            problems.required(path + ".limits", "Limit must be set for non overcommitable resources");
        }
    }

    private static boolean hugeAmount(Problems problems, String path, String name, Quantity amount) {
        if (!hugePages(name)) {
            return false;
        }
        String size = name.substring("hugepages-".length());
        long page = Quantity.valid(size) ? Quantity.parse(size).value() : 0;
        if (page <= 0 || amount.value() % page != 0) {
            problems.invalid(path, amount.toString(), amount + " is not positive integer multiple of " + name);
        }
        return true;
    }

    /** A resource list's amounts by name. */
    public static Map<String, Quantity> amounts(Obj list) {
        Map<String, Quantity> amounts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : list.node().properties()) {
            amounts.put(each.getKey(), Quantity.of(each.getValue()));
        }
        return amounts;
    }
}
