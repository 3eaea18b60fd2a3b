package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Mirrors Endpoints that people write by hand, for Services without a selector, into EndpointSlices. */
final class EndpointSliceMirroring extends Controller {
    private static final String NAME = "endpointslicemirroring-controller.k8s.io";
    private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
    private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";
    private static final int MOST = 1000;

    EndpointSliceMirroring(ActorContext context) {
        super(
                context,
                "endpointslicemirroring-controller",
                "endpointslicemirroring-controller",
                "endpoint-slice-mirroring-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.ENDPOINTS) || change.of(Resources.SERVICES)) {
            wake.accept(new Ref(
                    Resources.ENDPOINTS, change.ref().namespace(), change.ref().name()));
        } else if (change.of(Resources.ENDPOINTSLICES)
                && change.object().label(EndpointSlices.MANAGED_BY).equals(NAME)) {
            wake.accept(new Ref(
                    Resources.ENDPOINTS,
                    change.ref().namespace(),
                    change.object().label(EndpointSlices.SERVICE_NAME)));
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        List<Obj> existing = client.list(
                Resources.ENDPOINTSLICES,
                ref.namespace(),
                EndpointSlices.SERVICE_NAME + "=" + ref.name() + "," + EndpointSlices.MANAGED_BY + "=" + NAME);
        Obj endpoints = client.find(ref).orElse(null);
        Obj service =
                client.find(Resources.SERVICES, ref.namespace(), ref.name()).orElse(null);
        boolean mirror = endpoints != null
                && !endpoints.label(SKIP).equals("true")
                && !endpoints.annotations().containsKey(LEADER)
                && service != null
                && service.map("spec.selector").isEmpty();
        if (!mirror) {
            existing.forEach(slice -> client.delete(Ref.of(Resources.ENDPOINTSLICES, slice)));
            return Outcome.done();
        }
        try {
            new EndpointSlices(client, MOST).write(existing, groups(endpoints), pattern(endpoints));
        } catch (ApiError e) {
            if (!namespaceTerminating(e)) {
                throw e;
            }
        }
        return Outcome.done();
    }

    private static List<EndpointSlices.Group> groups(Obj endpoints) {
        List<EndpointSlices.Group> groups = new ArrayList<>();
        for (Obj subset : endpoints.list("subsets")) {
            List<Obj> ports = new ArrayList<>();
            for (Obj port : subset.list("ports")) {
                Obj made = port.copy();
                made.set("name", port.text("name"));
                ports.add(made);
            }
            for (String family : new String[] {"IPv4", "IPv6"}) {
                List<Obj> all = new ArrayList<>();
                mirror(subset.list("addresses"), family, true, all);
                mirror(subset.list("notReadyAddresses"), family, false, all);
                if (!all.isEmpty()) {
                    groups.add(new EndpointSlices.Group(family, ports, all));
                }
            }
        }
        return groups;
    }

    private static void mirror(List<Obj> addresses, String family, boolean ready, List<Obj> into) {
        for (Obj address : addresses) {
            if (address.text("ip").contains(":") != family.equals("IPv6")) {
                continue;
            }
            Obj endpoint = Obj.create()
                    .setTexts("addresses", List.of(address.text("ip")))
                    .set("conditions.ready", ready);
            for (String field : new String[] {"hostname", "nodeName"}) {
                if (!address.text(field).isEmpty()) {
                    endpoint.set(field, address.text(field));
                }
            }
            if (address.has("targetRef")) {
                endpoint.set("targetRef", address.obj("targetRef").copy());
            }
            into.add(endpoint);
        }
    }

    private static Obj pattern(Obj endpoints) {
        Obj pattern = Obj.create()
                .set("metadata.generateName", endpoints.name() + "-")
                .set("metadata.namespace", endpoints.namespace());
        Map<String, String> labels = new TreeMap<>(endpoints.labels());
        labels.put(EndpointSlices.SERVICE_NAME, endpoints.name());
        labels.put(EndpointSlices.MANAGED_BY, NAME);
        pattern.set("metadata.labels", labels);
        Map<String, String> annotations = new TreeMap<>(endpoints.annotations());
        annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
        annotations.remove(TriggerTime.ANNOTATION);
        if (!annotations.isEmpty()) {
            pattern.set("metadata.annotations", annotations);
        }
        pattern.set("metadata.ownerReferences", Json.array());
        return pattern.add("metadata.ownerReferences", ownerReference(endpoints));
    }
}
