package dev.kubejar.cli.management;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Request;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the metrics API tells of nodes and pods, as top asks, sorts and writes it. */
final class Usage {
    private static final String METRICS = "metrics.k8s.io/v1beta1";

    private Usage() {}

    static void declare(Flags flags) {
        flags.string("selector", 'l', "")
                .string("sort-by", "")
                .bool("no-headers", false)
                .bool("show-swap", false)
                .bool("use-protocol-buffers", true);
    }

    static void validateSort(Flags flags) {
        String by = flags.text("sort-by");
        if (!by.isEmpty() && !by.equals("cpu") && !by.equals("memory")) {
            throw new CliError("--sort-by accepts only cpu or memory");
        }
    }

    /** The resources that are measured, in the order of their columns. */
    static List<String> measured(Flags flags) {
        return flags.on("show-swap") ? List.of("cpu", "memory", "swap") : List.of("cpu", "memory");
    }

    /** The metrics of one object, or of all that the selectors choose. */
    static List<Obj> metrics(Invocation call, String plural, String namespace, String name, String fields) {
        boolean served = call.mapper().all().stream()
                .anyMatch(resource -> resource.groupVersion().equals(METRICS));
        if (!served) {
            throw new CliError("Metrics API not available");
        }
        GroupVersionResource resource = GroupVersionResource.of(METRICS, plural);
        if (!name.isEmpty()) {
            return List.of(call.call(Request.get(resource, namespace, name)).object());
        }
        return call.call(Request.list(resource, namespace)
                        .labels(call.flags().text("selector"))
                        .fields(fields))
                .items();
    }

    /** What a node, or a container, uses of each measured resource. */
    static Map<String, Quantity> of(Obj usage) {
        Map<String, Quantity> used = new TreeMap<>();
        usage.node().properties().forEach(field -> used.put(field.getKey(), Quantity.of(field.getValue())));
        return used;
    }

    static Map<String, Quantity> sum(List<Obj> containers) {
        Map<String, Quantity> sum = new TreeMap<>();
        for (Obj container : containers) {
            of(container.obj("usage")).forEach((key, value) -> sum.merge(key, value, Quantity::add));
        }
        return sum;
    }

    /** {@code 12m}, {@code 34Mi}. */
    static String text(String resource, Map<String, Quantity> used) {
        Quantity quantity = used.getOrDefault(resource, Quantity.ZERO);
        return resource.equals("cpu") ? quantity.milliValue() + "m" : quantity.value() / (1 << 20) + "Mi";
    }

    /** By usage, the greatest first, or by name. */
    static <T> List<T> sorted(
            List<T> all,
            String by,
            java.util.function.Function<T, Map<String, Quantity>> used,
            java.util.function.Function<T, String> name) {
        List<T> sorted = new ArrayList<>(all);
        Comparator<T> order = Comparator.comparing(name);
        if (!by.isEmpty()) {
            Comparator<T> usage = Comparator.comparing(each -> used.apply(each).getOrDefault(by, Quantity.ZERO));
            order = usage.reversed().thenComparing(order);
        }
        sorted.sort(order);
        return sorted;
    }
}
