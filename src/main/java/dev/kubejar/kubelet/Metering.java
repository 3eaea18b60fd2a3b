package dev.kubejar.kubelet;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Client;
import dev.kubejar.client.PodUsage;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What containers use, as kubelets would measure it and a metrics server serve it: annotations say it, or else what their
 * processes do: a busy loop takes a CPU (or the limit), a server a little more for each request, the rest what programs of
 * their kind take at rest.
 *
 * <pre>
 * kubejar.dev/usage-cpu: 250m                each container's share of the pod's; kubejar.dev/usage-cpu.NAME for one
 * kubejar.dev/usage-memory: 64Mi
 * </pre>
 */
final class Metering implements PodUsage {
    static final Duration RESOLUTION = Duration.ofSeconds(15);
    private static final String CPU = "kubejar.dev/usage-cpu";
    private static final String MEMORY = "kubejar.dev/usage-memory";
    private static final GroupVersionResource APISERVICES =
            GroupVersionResource.of("apiregistration.k8s.io/v1", "apiservices");

    /** Thousandths of a CPU and MiB of programs at rest, by image. */
    private static final Map<String, int[]> AT_REST = Map.ofEntries(
            Map.entry("etcd", new int[] {22, 48}),
            Map.entry("kube-apiserver", new int[] {48, 285}),
            Map.entry("kube-controller-manager", new int[] {18, 62}),
            Map.entry("kube-scheduler", new int[] {5, 27}),
            Map.entry("kube-proxy", new int[] {1, 22}),
            Map.entry("coredns", new int[] {2, 15}),
            Map.entry("kindnetd", new int[] {1, 14}),
            Map.entry("local-path-provisioner", new int[] {1, 9}),
            Map.entry("metrics-server", new int[] {4, 22}),
            Map.entry("ingress-nginx-controller", new int[] {2, 90}),
            Map.entry("nginx", new int[] {1, 3}),
            Map.entry("nginx-slim", new int[] {1, 3}),
            Map.entry("httpd", new int[] {1, 6}),
            Map.entry("hpa-example", new int[] {1, 11}),
            Map.entry("redis", new int[] {2, 4}),
            Map.entry("mysql", new int[] {8, 450}),
            Map.entry("postgres", new int[] {3, 30}),
            Map.entry("mongo", new int[] {5, 160}),
            Map.entry("pause", new int[] {0, 0}));

    private static final int[] SHELL = {0, 0};
    private static final int[] OTHER = {1, 10};

    private final ActorContext cluster;
    private final Client client;
    private final ShellRuntime runtime;

    Metering(ActorContext cluster, Client client, ShellRuntime runtime) {
        this.cluster = cluster;
        this.client = client;
        this.runtime = runtime;
    }

    @Override
    public boolean served() {
        return client.find(APISERVICES, "", "v1beta1.metrics.k8s.io")
                .filter(api -> dev.kubejar.client.Conditions.isTrue(api, "Available"))
                .isPresent();
    }

    /** Of the containers that have run for as long as one measurement takes. */
    @Override
    public Map<String, Map<String, Long>> of(Obj pod) {
        Map<String, Map<String, Long>> used = new TreeMap<>();
        if (!PodRecord.known(cluster.memory(), pod.uid())) {
            return used;
        }
        PodRecord record = PodRecord.load(cluster.memory(), pod.uid());
        Instant measured = cluster.clock().now().minus(RESOLUTION);
        for (Obj container : Containers.all(pod)) {
            String name = container.text("name");
            if (!record.hasContainer(name)) {
                continue;
            }
            ContainerRecord each = record.container(name);
            if (each.running() && each.startedAt() != null && !each.startedAt().isAfter(measured)) {
                used.put(name, Map.of("cpu", cpu(pod, container), "memory", memory(pod, container) * 1000));
            }
        }
        return used;
    }

    /** In thousandths of a CPU. */
    private long cpu(Obj pod, Obj container) {
        String told = told(pod, container, CPU);
        if (!told.isEmpty()) {
            return Quantity.parse(told).milliValue();
        }
        long used = atRest(container)[0] + runtime.cpu(pod, container.text("name"));
        return Math.min(used, limit(container, "cpu", Long.MAX_VALUE));
    }

    /** In bytes. */
    private long memory(Obj pod, Obj container) {
        String told = told(pod, container, MEMORY);
        if (!told.isEmpty()) {
            return Quantity.parse(told).value();
        }
        long own = (atRest(container)[1] << 10) + (pod.uid().hashCode() & 0xff);
        return (own << 10) + runtime.memory(pod, container.text("name"));
    }

    private static long limit(Obj container, String resource, long absent) {
        String limit = container.text("resources.limits." + resource);
        return limit.isEmpty() ? absent : Quantity.parse(limit).milliValue();
    }

    private static String told(Obj pod, Obj container, String annotation) {
        String own = pod.annotation(annotation + "." + container.text("name"));
        String told = own.isEmpty() ? pod.annotation(annotation) : own;
        try {
            return told.isEmpty() || Quantity.parse(told).milliValue() < 0 ? "" : told;
        } catch (RuntimeException e) {
            return "";
        }
    }

    private static int[] atRest(Obj container) {
        String program = Images.program(Images.parse(container.text("image")));
        boolean shell = dev.kubejar.kubelet.shell.Servers.shell(program)
                || !container.texts("command").isEmpty()
                        && container.texts("command").get(0).endsWith("sh");
        return shell ? SHELL : AT_REST.getOrDefault(program, OTHER);
    }
}
