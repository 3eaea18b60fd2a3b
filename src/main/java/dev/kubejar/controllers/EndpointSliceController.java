package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Pods;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes the EndpointSlices of Services that select pods, a hundred endpoints each at most. */
final class EndpointSliceController extends Controller {
    private static final String NAME = "endpointslice-controller.k8s.io";
    private static final int MOST = 100;

    EndpointSliceController(ActorContext context) {
        super(context, "endpointslice-controller", "endpointslice-controller", "endpoint-slice-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        EndpointsController.wakeServices(change, wake);
        if (change.of(Resources.ENDPOINTSLICES)
                && change.object().label(EndpointSlices.MANAGED_BY).equals(NAME)) {
            wake.accept(new Ref(
                    Resources.SERVICES,
                    change.ref().namespace(),
                    change.object().label(EndpointSlices.SERVICE_NAME)));
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        if (isLabelled(ref)) {
            Map<String, String> labels = labelsOf(ref);
            for (Obj service : client.list(Resources.SERVICES, ref.namespace())) {
                if (EndpointsController.selects(service)
                        && Selector.of(service.map("spec.selector")).matches(labels)) {
                    sync(service);
                }
            }
            return Outcome.done();
        }
        client.find(ref).filter(EndpointsController::selects).ifPresent(this::sync);
        return Outcome.done();
    }

    private void sync(Obj service) {
        List<Obj> existing = client
                .list(
                        Resources.ENDPOINTSLICES,
                        service.namespace(),
                        EndpointSlices.SERVICE_NAME + "=" + service.name() + "," + EndpointSlices.MANAGED_BY + "="
                                + NAME)
                .stream()
                .filter(slice -> !slice.deleting())
                .toList();
        List<Obj> pods = client.list(
                Resources.PODS,
                service.namespace(),
                Selector.of(service.map("spec.selector")).text());
        List<EndpointSlices.Group> groups = new ArrayList<>();
        List<String> families = service.texts("spec.ipFamilies");
        for (String family : families.isEmpty() ? List.of("IPv4") : families) {
            groups.addAll(groups(service, pods, family));
        }
        try {
            new EndpointSlices(client, MOST).write(existing, groups, pattern(service, pods, existing));
        } catch (ApiError e) {
            if (namespaceTerminating(e)) {
                return;
            }
            events.warning(
                    service,
                    "FailedToUpdateEndpointSlices",
                    "Error updating Endpoint Slices for Service " + service.namespace() + "/" + service.name() + ": "
                            + e.getMessage());
            throw e;
        }
    }

    /** The endpoints by the ports they have; one empty group where there is no endpoint. */
    private List<EndpointSlices.Group> groups(Obj service, List<Obj> pods, String family) {
        Map<String, EndpointSlices.Group> groups = new LinkedHashMap<>();
        boolean publish = service.bool("spec.publishNotReadyAddresses");
        for (Obj pod : pods) {
            String address = ServicePorts.address(pod, family.equals("IPv6"));
            if (address.isEmpty() || !ServicePorts.eligible(pod, true)) {
                continue;
            }
            List<Obj> ports = ports(service, pod);
            groups.computeIfAbsent(ports.toString(), k -> new EndpointSlices.Group(family, ports, new ArrayList<>()))
                    .endpoints()
                    .add(endpoint(service, pod, address, publish));
        }
        return groups.isEmpty()
                ? List.of(new EndpointSlices.Group(family, List.of(), List.of()))
                : new ArrayList<>(groups.values());
    }

    private Obj endpoint(Obj service, Obj pod, String address, boolean publish) {
        boolean serving = Pods.ready(pod);
        boolean terminating = pod.deleting();
        Obj endpoint = Obj.create()
                .setTexts("addresses", List.of(address))
                .set("conditions.ready", publish || serving && !terminating)
                .set("conditions.serving", serving)
                .set("conditions.terminating", terminating);
        String hostname = ServicePorts.hostname(pod, service);
        if (!hostname.isEmpty()) {
            endpoint.set("hostname", hostname);
        }
        String node = pod.text("spec.nodeName");
        if (!node.isEmpty()) {
            endpoint.set("nodeName", node);
        }
        endpoint.set("targetRef", ServicePorts.targetRef(pod));
        String zone = client.find(Resources.NODES, "", node)
                .map(found -> found.label("topology.kubernetes.io/zone"))
                .orElse("");
        return zone.isEmpty() ? endpoint : endpoint.set("zone", zone);
    }

    private static List<Obj> ports(Obj service, Obj pod) {
        List<Obj> ports = new ArrayList<>();
        for (Obj port : service.list("spec.ports")) {
            int number = ServicePorts.target(pod, port);
            if (number > 0) {
                Obj made = Obj.create();
                if (port.has("appProtocol")) {
                    made.set("appProtocol", port.text("appProtocol"));
                }
                ports.add(made.set("name", port.text("name"))
                        .set("port", number)
                        .set("protocol", port.text("protocol", "TCP")));
            }
        }
        return ports;
    }

    /** The metadata that all slices of the Service have. */
    private static Obj pattern(Obj service, List<Obj> pods, List<Obj> existing) {
        Obj pattern = Obj.create()
                .set("metadata.generateName", service.name() + "-")
                .set("metadata.namespace", service.namespace());
        Map<String, String> labels = new TreeMap<>(service.labels());
        labels.remove(EndpointsController.HEADLESS);
        if (ServicePorts.headless(service)) {
            labels.put(EndpointsController.HEADLESS, "");
        }
        labels.put(EndpointSlices.SERVICE_NAME, service.name());
        labels.put(EndpointSlices.MANAGED_BY, NAME);
        pattern.set("metadata.labels", labels);
        pattern.set("metadata.ownerReferences", Json.array());
        pattern.add("metadata.ownerReferences", ownerReference(service));
        if (!existing.isEmpty()) {
            pattern.set("metadata.resourceVersion", "0");
            String noted = existing.get(0).annotation(TriggerTime.ANNOTATION);
            if (!noted.isEmpty()) {
                pattern.setAnnotation(TriggerTime.ANNOTATION, noted);
            }
        }
        TriggerTime.note(pattern, service, pods);
        return pattern.remove("metadata.resourceVersion");
    }
}
