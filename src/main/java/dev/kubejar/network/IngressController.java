package dev.kubejar.network;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Actor;
import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The nginx ingress controller: turns the Ingresses of its classes into nginx' configuration, and shows its own address in
 * their status.
 */
public final class IngressController implements Actor<Change> {
    static final GroupVersionResource CLASSES = GroupVersionResource.of("networking.k8s.io/v1", "ingressclasses");
    private static final GroupVersionResource INGRESSES = GroupVersionResource.of("networking.k8s.io/v1", "ingresses");
    private static final String CONFIGURATION = "/machine/ingress/nginx.conf";
    private static final String NAME = "k8s.io/ingress-nginx";
    private static final String NAMESPACE = "ingress-nginx";
    private static final String SERVICE = "ingress-nginx-controller";
    private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";
    private static final String SYNC = "sync";

    private final Client client;
    private final Memory memory;
    private final EventRecorder events;

    public IngressController(ActorContext cluster) {
        this.client = cluster.system("system:serviceaccount:ingress-nginx:ingress-nginx", "nginx-ingress-controller");
        this.memory = cluster.memory();
        this.events = cluster.recorder(client, "nginx-ingress-controller");
    }

    /** The configuration that nginx runs with at this moment. */
    static String configuration(Memory memory) {
        byte[] kept = memory.get(CONFIGURATION);
        return kept == null ? NginxConfiguration.empty() : new String(kept, StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "ingress-nginx";
    }

    @Override
    public void observe(Change change, Consumer<String> wake) {
        boolean own = change.of(Resources.SERVICES)
                && change.ref().namespace().equals(NAMESPACE)
                && change.ref().name().equals(SERVICE);
        boolean routes = memory.get(CONFIGURATION) != null
                && (change.of(Resources.SERVICES) || change.of(Resources.ENDPOINTSLICES));
        if (change.of(INGRESSES) || change.of(CLASSES) || own || routes) {
            wake.accept(SYNC);
        }
    }

    @Override
    public Outcome act(String key) {
        try {
            sync();
        } catch (ApiError e) {
            return Outcome.failed(e.getMessage());
        }
        return Outcome.done();
    }

    private void sync() {
        Obj service = client.find(Resources.SERVICES, NAMESPACE, SERVICE).orElse(null);
        if (service == null) {
            return;
        }
        List<Obj> ours = new ArrayList<>();
        for (Obj ingress : client.list(INGRESSES, "")) {
            if (mine(ingress) && !ingress.deleting()) {
                ours.add(ingress);
                address(ingress, service);
            }
        }
        ours.sort(Comparator.comparing((Obj each) -> each.text("metadata.creationTimestamp"))
                .thenComparing(Obj::namespace)
                .thenComparing(Obj::name));
        byte[] written = new NginxConfiguration(client, ours).write().getBytes(StandardCharsets.UTF_8);
        byte[] before = memory.get(CONFIGURATION);
        if (!ours.isEmpty() || before != null) {
            memory.put(CONFIGURATION, written);
        }
    }

    private boolean mine(Obj ingress) {
        String name = ingress.text("spec.ingressClassName", ingress.annotation(CLASS_ANNOTATION));
        if (name.isEmpty()) {
            return false;
        }
        return client.find(CLASSES, "", name)
                .filter(each -> each.text("spec.controller").equals(NAME))
                .isPresent();
    }

    private void address(Obj ingress, Obj service) {
        List<Obj> addresses = new ArrayList<>();
        for (Obj each : service.list("status.loadBalancer.ingress")) {
            addresses.add(Obj.create().set("ip", each.text("ip")));
        }
        Obj changed = ingress.copy().set("status.loadBalancer.ingress", addresses);
        if (addresses.isEmpty() || changed.obj("status").equals(ingress.obj("status"))) {
            return;
        }
        events.normal(ingress, "Sync", "Scheduled for sync");
        Ref ref = Ref.of(INGRESSES, ingress);
        client.updateStatus(ref.resource(), changed);
    }
}
