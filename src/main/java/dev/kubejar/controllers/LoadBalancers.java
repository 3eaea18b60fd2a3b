package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Hands out addresses of 172.18.255.0/24 to Services of type LoadBalancer, in the profile that has a load balancer. */
final class LoadBalancers extends Controller {
    private static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";
    /** {@code /machine/load-balancer/172.18.255.200 -> UID of the Service}. */
    private static final String TAKEN = "/machine/load-balancer/";

    private static final int FIRST = 200;
    private static final int LAST = 250;

    LoadBalancers(ActorContext context) {
        super(context, "service-controller", "service-controller", "service-controller");
    }

    /** Whether the cluster is of the profile without add-ons. */
    static boolean bare(ActorContext context) {
        byte[] profile = context.memory().get("/machine/profile");
        return profile != null && new String(profile, StandardCharsets.US_ASCII).equals("bare");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.SERVICES) && !change.deleted()) {
            wake.accept(change.ref());
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj service = client.find(ref).orElse(null);
        if (service == null || bare(context)) {
            return Outcome.done();
        }
        boolean balanced = service.text("spec.type").equals("LoadBalancer") && !service.has("spec.loadBalancerClass");
        boolean held = service.texts("metadata.finalizers").contains(FINALIZER);
        if (service.deleting() || !balanced) {
            if (held) {
                release(ref, service);
            }
        } else if (service.list("status.loadBalancer.ingress").isEmpty()) {
            balance(ref, held ? service : hold(ref, service, true));
        }
        return Outcome.done();
    }

    private void balance(Ref ref, Obj service) {
        String address = address(service);
        if (address.isEmpty()) {
            events.warning(service, "SyncLoadBalancerFailed", "Error syncing load balancer: no address is free");
            return;
        }
        events.normal(service, "EnsuringLoadBalancer", "Ensuring load balancer");
        Obj status = service.copy()
                .set(
                        "status.loadBalancer.ingress",
                        List.of(Obj.create().set("ip", address).set("ipMode", "VIP")));
        writeStatus(Resources.SERVICES, service, status);
        events.normal(service, "EnsuredLoadBalancer", "Ensured load balancer");
    }

    /** The address that the Service asks for where it is free, or else the first free one. */
    private String address(Obj service) {
        String wanted = service.text("spec.loadBalancerIP");
        if (!wanted.isEmpty() && take(wanted, service)) {
            return wanted;
        }
        for (int i = FIRST; i <= LAST; i++) {
            if (take("172.18.255." + i, service)) {
                return "172.18.255." + i;
            }
        }
        return "";
    }

    private boolean take(String address, Obj service) {
        if (context.memory().get(TAKEN + address) != null) {
            return false;
        }
        context.memory().put(TAKEN + address, service.uid().getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    private void release(Ref ref, Obj service) {
        events.normal(service, "DeletingLoadBalancer", "Deleting load balancer");
        for (Obj ingress : service.list("status.loadBalancer.ingress")) {
            context.memory().delete(TAKEN + ingress.text("ip"));
        }
        Obj current = service;
        if (!service.deleting()) {
            Obj status = service.copy().set("status.loadBalancer", Json.object());
            current = writeStatus(Resources.SERVICES, service, status);
        }
        hold(ref, current, false);
        events.normal(service, "DeletedLoadBalancer", "Deleted load balancer");
    }

    private Obj hold(Ref ref, Obj service, boolean hold) {
        List<String> finalizers = new ArrayList<>(service.texts("metadata.finalizers"));
        if (hold) {
            finalizers.add(FINALIZER);
        } else {
            finalizers.remove(FINALIZER);
        }
        Obj patch = Obj.create().set("metadata.uid", service.uid());
        if (finalizers.isEmpty()) {
            patch.set("metadata.finalizers", (com.fasterxml.jackson.databind.JsonNode) Json.NODES.nullNode());
        } else {
            patch.setTexts("metadata.finalizers", finalizers);
        }
        return client.merge(ref, patch.node());
    }
}
