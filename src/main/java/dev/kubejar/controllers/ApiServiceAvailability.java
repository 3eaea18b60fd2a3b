package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.List;
import java.util.function.Consumer;

/** Tells whether the Service behind an aggregated API is there: kube-aggregator's availability controller. */
final class ApiServiceAvailability extends Controller {
    static final GroupVersionResource APISERVICES = GroupVersionResource.of("apiregistration.k8s.io/v1", "apiservices");
    /** {@code /machine/apiservice/NAMESPACE/SERVICE/NAME}: who is to look when the Service changes. */
    private static final String BY_SERVICE = "/machine/apiservice/";

    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    ApiServiceAvailability(ActorContext context) {
        super(context, "apiservice-availability", "generic-garbage-collector", "kube-aggregator");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(APISERVICES)) {
            if (change.object().has("spec.service")) {
                wake.accept(change.ref());
            }
        } else if (change.of(Resources.SERVICES)) {
            wakeFor(change.object().namespace(), change.object().name(), wake);
        } else if (change.of(Resources.ENDPOINTSLICES)) {
            wakeFor(change.object().namespace(), change.object().label(SERVICE_NAME), wake);
        }
    }

    private void wakeFor(String namespace, String service, Consumer<Ref> wake) {
        String prefix = BY_SERVICE + namespace + "/" + service + "/";
        if (context.memory().first(BY_SERVICE) != null) {
            context.memory()
                    .scan(
                            prefix,
                            (key, value) -> wake.accept(new Ref(APISERVICES, "", key.substring(prefix.length()))));
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj api = client.find(ref).orElse(null);
        if (api == null || !api.has("spec.service")) {
            return Outcome.done();
        }
        Obj service = api.obj("spec.service");
        context.memory()
                .put(
                        BY_SERVICE + service.text("namespace") + "/" + service.text("name") + "/" + api.name(),
                        new byte[0]);
        Obj changed = api.copy();
        Conditions.put(changed, judged(service.text("namespace"), service.text("name"), service.number("port", 443)));
        writeStatus(APISERVICES, api, changed);
        return Outcome.done();
    }

    private Obj judged(String namespace, String name, long number) {
        String which = "service/" + name + " in \"" + namespace + "\"";
        Obj service = client.find(Resources.SERVICES, namespace, name).orElse(null);
        if (service == null) {
            return fault("ServiceNotFound", which + " is not present");
        }
        if (!service.text("spec.type").equals("ClusterIP")) {
            return passed();
        }
        Obj port = service.list("spec.ports").stream()
                .filter(each -> each.number("port") == number)
                .findFirst()
                .orElse(null);
        if (port == null) {
            return fault("ServicePortError", which + " is not listening on port " + number);
        }
        List<Obj> slices = client.list(Resources.ENDPOINTSLICES, namespace, SERVICE_NAME + "=" + name);
        if (slices.isEmpty()) {
            return fault("EndpointsNotFound", "cannot find endpointslices for " + which);
        }
        return slices.stream().anyMatch(slice -> serves(slice, port.text("name")))
                ? passed()
                : fault(
                        "MissingEndpoints",
                        "endpointslices for " + which + " have no addresses with port name \"" + port.text("name")
                                + "\"");
    }

    private static boolean serves(Obj slice, String port) {
        return slice.list("endpoints").stream().anyMatch(each -> each.bool("conditions.ready", true))
                && slice.list("ports").stream()
                        .anyMatch(each -> each.text("name").equals(port) && each.has("port"));
    }

    private Obj passed() {
        return Conditions.make("Available", "True", "Passed", "all checks passed", now());
    }

    private Obj fault(String reason, String message) {
        return Conditions.make("Available", "False", reason, message, now());
    }
}
