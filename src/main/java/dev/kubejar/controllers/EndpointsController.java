package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Pods;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes the v1 Endpoints of Services that select pods. */
final class EndpointsController extends Controller {
    static final String HEADLESS = "service.kubernetes.io/headless";
    private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
    private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
    private static final int CAPACITY = 1000;

    EndpointsController(ActorContext context) {
        super(context, "endpoint-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        wakeServices(change, wake);
        if (change.of(Resources.ENDPOINTS) && change.after() == null) {
            wake.accept(new Ref(
                    Resources.SERVICES, change.ref().namespace(), change.ref().name()));
        }
    }

    /** Wakes a Service that changed, and for a pod whatever Service selects its labels now or did before. */
    static void wakeServices(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.SERVICES)) {
            wake.accept(change.ref());
        } else if (change.of(Resources.PODS) && matters(change)) {
            Obj pod = change.object();
            wake.accept(labelled(pod));
            if (change.before() != null && !change.before().labels().equals(pod.labels())) {
                wake.accept(labelled(change.before()));
            }
        }
    }

    private static boolean matters(Change change) {
        Obj before = change.before();
        Obj after = change.after();
        if (before == null || after == null) {
            return !change.object().text("status.podIP").isEmpty();
        }
        return Pods.ready(before) != Pods.ready(after)
                || before.deleting() != after.deleting()
                || !Pods.phase(before).equals(Pods.phase(after))
                || !before.at("status.podIPs").equals(after.at("status.podIPs"))
                || !before.text("status.podIP").equals(after.text("status.podIP"))
                || !before.labels().equals(after.labels());
    }

    @Override
    Outcome reconcile(Ref ref) {
        if (isLabelled(ref)) {
            Map<String, String> labels = labelsOf(ref);
            for (Obj service : client.list(Resources.SERVICES, ref.namespace())) {
                if (selects(service)
                        && Selector.of(service.map("spec.selector")).matches(labels)) {
                    sync(service);
                }
            }
            return Outcome.done();
        }
        Obj service = client.find(ref).orElse(null);
        if (service == null) {
            client.delete(new Ref(Resources.ENDPOINTS, ref.namespace(), ref.name()));
        } else if (selects(service)) {
            sync(service);
        }
        return Outcome.done();
    }

    static boolean selects(Obj service) {
        return service.has("spec.selector")
                && !service.map("spec.selector").isEmpty()
                && !service.text("spec.type").equals("ExternalName")
                && !service.deleting();
    }

    private void sync(Obj service) {
        List<Obj> pods = client.list(
                Resources.PODS,
                service.namespace(),
                Selector.of(service.map("spec.selector")).text());
        Obj current = client.find(Resources.ENDPOINTS, service.namespace(), service.name())
                .orElse(null);
        Obj wanted =
                current == null ? Obj.create("v1", "Endpoints", service.namespace(), service.name()) : current.copy();
        List<Obj> subsets = subsets(service, pods);
        boolean truncated = truncate(subsets);
        wanted.remove("subsets");
        if (!subsets.isEmpty()) {
            wanted.set("subsets", subsets);
        }
        Map<String, String> labels = new TreeMap<>(service.labels());
        labels.remove(HEADLESS);
        if (ServicePorts.headless(service)) {
            labels.put(HEADLESS, "");
        }
        labels.put(MANAGED_BY, "endpoint-controller");
        wanted.set("metadata.labels", labels);
        if (current != null
                && current.at("subsets").equals(wanted.at("subsets"))
                && current.labels().equals(labels)) {
            return;
        }
        TriggerTime.note(wanted, service, pods);
        if (truncated) {
            wanted.setAnnotation(OVER_CAPACITY, "truncated");
        } else {
            wanted.removeAnnotation(OVER_CAPACITY);
        }
        write(service, current == null, wanted);
    }

    private void write(Obj service, boolean create, Obj endpoints) {
        String name = service.namespace() + "/" + service.name();
        try {
            if (create) {
                client.create(Resources.ENDPOINTS, endpoints);
            } else {
                client.update(Resources.ENDPOINTS, endpoints);
            }
        } catch (ApiError e) {
            if (create && namespaceTerminating(e)) {
                return;
            }
            if (create) {
                events.warning(
                        endpoints,
                        "FailedToCreateEndpoint",
                        "Failed to create endpoint for service " + name + ": " + e.getMessage());
            } else {
                events.warning(
                        endpoints,
                        "FailedToUpdateEndpoint",
                        "Failed to update endpoint " + name + ": " + e.getMessage());
            }
            throw e;
        }
    }

    /** One subset for each set of addresses, with the ports that they share; in the canonical order. */
    private static List<Obj> subsets(Obj service, List<Obj> pods) {
        boolean ipv6 = service.texts("spec.ipFamilies").stream()
                .findFirst()
                .orElse("IPv4")
                .equals("IPv6");
        boolean tolerate = service.bool("spec.publishNotReadyAddresses");
        Map<String, Obj> ports = new LinkedHashMap<>();
        Map<String, List<Obj>> ready = new TreeMap<>();
        Map<String, List<Obj>> notReady = new TreeMap<>();
        for (Obj pod : pods) {
            String ip = ServicePorts.address(pod, ipv6);
            if (!ServicePorts.eligible(pod, tolerate) || ip.isEmpty()) {
                continue;
            }
            Obj address = address(service, pod, ip);
            for (Obj port : ports(service, pod)) {
                String key = port.toString();
                ports.putIfAbsent(key, port);
                (tolerate || Pods.ready(pod) ? ready : notReady)
                        .computeIfAbsent(key, k -> new ArrayList<>())
                        .add(address);
            }
        }
        return repack(ports, ready, notReady);
    }

    private static Obj address(Obj service, Obj pod, String ip) {
        Obj address = Obj.create().set("ip", ip);
        String hostname = ServicePorts.hostname(pod, service);
        if (!hostname.isEmpty()) {
            address.set("hostname", hostname);
        }
        return address.set("nodeName", pod.text("spec.nodeName")).set("targetRef", ServicePorts.targetRef(pod));
    }

    /** The Service's ports as this pod has them; one empty port for a headless Service without any. */
    private static List<Obj> ports(Obj service, Obj pod) {
        List<Obj> ports = new ArrayList<>();
        List<Obj> declared = service.list("spec.ports");
        if (declared.isEmpty() && ServicePorts.headless(service)) {
            ports.add(Obj.create());
        }
        for (Obj port : declared) {
            int number = ServicePorts.target(pod, port);
            if (number > 0) {
                Obj made = Obj.create();
                if (!port.text("name").isEmpty()) {
                    made.set("name", port.text("name"));
                }
                made.set("port", number).set("protocol", port.text("protocol", "TCP"));
                if (port.has("appProtocol")) {
                    made.set("appProtocol", port.text("appProtocol"));
                }
                ports.add(made);
            }
        }
        return ports;
    }

    private static List<Obj> repack(
            Map<String, Obj> ports, Map<String, List<Obj>> ready, Map<String, List<Obj>> notReady) {
        Map<String, Obj> subsets = new LinkedHashMap<>();
        ports.forEach((key, port) -> {
            List<Obj> up = sorted(ready.getOrDefault(key, List.of()));
            List<Obj> down = sorted(notReady.getOrDefault(key, List.of()));
            Obj subset = subsets.computeIfAbsent(up + "|" + down, k -> {
                Obj made = Obj.create();
                if (!up.isEmpty()) {
                    made.set("addresses", up.stream().map(Obj::copy).toList());
                }
                if (!down.isEmpty()) {
                    made.set("notReadyAddresses", down.stream().map(Obj::copy).toList());
                }
                return made;
            });
            if (!port.isEmpty()) {
                subset.add("ports", port);
            }
        });
        return new ArrayList<>(subsets.values());
    }

    private static List<Obj> sorted(List<Obj> addresses) {
        return addresses.stream()
                .sorted(Comparator.comparing((Obj address) -> address.text("ip"))
                        .thenComparing(address -> address.text("targetRef.uid")))
                .toList();
    }

    private static boolean truncate(List<Obj> subsets) {
        int room = CAPACITY;
        boolean truncated = false;
        for (String field : new String[] {"addresses", "notReadyAddresses"}) {
            for (Obj subset : subsets) {
                List<Obj> addresses = subset.list(field);
                if (addresses.size() > room) {
                    truncated = true;
                    if (room == 0) {
                        subset.remove(field);
                    } else {
                        subset.set(field, addresses.subList(0, room));
                    }
                }
                room -= Math.min(room, addresses.size());
            }
        }
        return truncated;
    }
}
