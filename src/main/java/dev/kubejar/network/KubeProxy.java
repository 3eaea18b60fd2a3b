package dev.kubejar.network;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Actor;
import dev.kubejar.sim.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the rules of each Service in step with its EndpointSlices: pkg/proxy. A key is {@code NAMESPACE/NAME}. */
public final class KubeProxy implements Actor<Change> {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final Client client;
    private final ServiceRules rules;

    public KubeProxy(ActorContext cluster) {
        this.client = cluster.system("system:kube-proxy", "kube-proxy");
        this.rules = new ServiceRules(cluster.memory());
    }

    @Override
    public String name() {
        return "kube-proxy";
    }

    @Override
    public void observe(Change change, Consumer<String> wake) {
        if (change.of(Resources.SERVICES)) {
            wake.accept(change.object().namespace() + "/" + change.object().name());
        } else if (change.of(Resources.ENDPOINTSLICES)) {
            String service = change.object().label(SERVICE_NAME);
            if (!service.isEmpty()) {
                wake.accept(change.object().namespace() + "/" + service);
            }
        }
    }

    @Override
    public Outcome act(String key) {
        int slash = key.indexOf('/');
        String namespace = key.substring(0, slash);
        String name = key.substring(slash + 1);
        Obj service = client.find(new Ref(Resources.SERVICES, namespace, name)).orElse(null);
        rules.set(key, service == null || !proxied(service) ? null : rules(service));
        return Outcome.done();
    }

    private static boolean proxied(Obj service) {
        String ip = service.text("spec.clusterIP");
        return !ip.isEmpty() && !ip.equals("None") && !service.text("spec.type").equals("ExternalName");
    }

    private Obj rules(Obj service) {
        List<Obj> slices =
                client.list(Resources.ENDPOINTSLICES, service.namespace(), SERVICE_NAME + "=" + service.name());
        List<Obj> ports = new ArrayList<>();
        for (Obj port : service.list("spec.ports")) {
            ports.add(port(port, slices));
        }
        Obj made = Obj.create().setTexts("ips", addresses(service)).set("ports", ports);
        if (service.text("spec.sessionAffinity").equals("ClientIP")) {
            made.set("affinity", service.number("spec.sessionAffinityConfig.clientIP.timeoutSeconds", 10_800));
        }
        List<String> balanced = new ArrayList<>(service.texts("spec.externalIPs"));
        service.list("status.loadBalancer.ingress").forEach(each -> balanced.add(each.text("ip")));
        if (!balanced.isEmpty()) {
            made.setTexts("outside", balanced);
        }
        made.set("externalLocal", service.text("spec.externalTrafficPolicy").equals("Local"));
        return made.set(
                "internalLocal", service.text("spec.internalTrafficPolicy").equals("Local"));
    }

    private static List<String> addresses(Obj service) {
        List<String> ips = new ArrayList<>(service.texts("spec.clusterIPs"));
        if (ips.isEmpty()) {
            ips.add(service.text("spec.clusterIP"));
        }
        ips.addAll(service.texts("spec.externalIPs"));
        for (Obj ingress : service.list("status.loadBalancer.ingress")) {
            if (!ingress.text("ip").isEmpty()) {
                ips.add(ingress.text("ip"));
            }
        }
        return ips;
    }

    private static Obj port(Obj port, List<Obj> slices) {
        List<Obj> ready = new ArrayList<>();
        List<Obj> serving = new ArrayList<>();
        for (Obj slice : slices) {
            int target = target(slice, port.text("name"));
            for (Obj endpoint : target > 0 ? slice.list("endpoints") : List.<Obj>of()) {
                Obj backend = Obj.create()
                        .set("ip", endpoint.texts("addresses").get(0))
                        .set("port", target)
                        .set("node", endpoint.text("nodeName"));
                if (endpoint.bool("conditions.ready", true)) {
                    ready.add(backend);
                } else if (endpoint.bool("conditions.serving") && endpoint.bool("conditions.terminating")) {
                    serving.add(backend);
                }
            }
        }
        Obj made = Obj.create()
                .set("name", port.text("name"))
                .set("port", port.number("port"))
                .set("protocol", port.text("protocol", "TCP"));
        if (port.number("nodePort") > 0) {
            made.set("nodePort", port.number("nodePort"));
        }
        List<Obj> backends = ready.isEmpty() ? serving : ready;
        backends.sort((a, b) -> compare(a.text("ip"), b.text("ip")));
        return made.set("backends", backends);
    }

    private static int target(Obj slice, String name) {
        for (Obj port : slice.list("ports")) {
            if (port.text("name").equals(name)) {
                return (int) port.number("port");
            }
        }
        return 0;
    }

    /** Addresses in numeric order. */
    private static int compare(String a, String b) {
        int order = Integer.compare(a.length(), b.length());
        return order != 0 ? order : a.compareTo(b);
    }
}
