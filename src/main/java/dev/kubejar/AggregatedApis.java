package dev.kubejar;

import dev.kubejar.api.ApiServer;
import dev.kubejar.client.ActorContext;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Client;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.client.Verb;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The APIs that other servers answer behind the API server, by their APIServices: of those that are simulated, metrics. */
final class AggregatedApis implements ApiServer.Aggregated {
    private static final GroupVersionResource APISERVICES =
            GroupVersionResource.of("apiregistration.k8s.io/v1", "apiservices");
    private static final List<String> DEPRECATED = List.of("v1 ComponentStatus is deprecated in v1.19+");
    private static final String METRICS = "metrics.k8s.io/v1beta1";

    private final Client client;
    private final Function<Request, Response> metrics;
    private final BooleanSupplier bare;

    AggregatedApis(ActorContext cluster, Function<Request, Response> metrics) {
        this.client = cluster.system("system:kube-aggregator", "kube-aggregator");
        this.metrics = metrics;
        this.bare = () -> ClusterSettings.bare(cluster.memory());
    }

    private Obj service(String version, String group) {
        return client.find(APISERVICES, "", version + "." + group)
                .filter(api -> api.has("spec.service"))
                .orElse(null);
    }

    @Override
    public Optional<Response> answer(Request request) {
        if (request.resource.groupResource().equals("componentstatuses")) {
            return bare.getAsBoolean() ? Optional.empty() : Optional.of(components(request));
        }
        Obj api = service(request.resource.version(), request.resource.group());
        if (api == null) {
            return Optional.empty();
        }
        boolean simulated = request.resource.groupVersion().equals(METRICS);
        if (!simulated || !Conditions.isTrue(api, "Available")) {
            throw new ApiError(503, "ServiceUnavailable", "the server is currently unable to handle the request");
        }
        return Optional.of(metrics.apply(request));
    }

    /** How the control plane's own parts fare. */
    private static Response components(Request request) {
        List<Obj> all = new ArrayList<>();
        for (String name : new String[] {"controller-manager", "scheduler", "etcd-0"}) {
            Obj healthy =
                    Obj.create().set("type", "Healthy").set("status", "True").set("message", "ok");
            all.add(Obj.create("v1", "ComponentStatus", "", name).set("conditions", List.of(healthy)));
        }
        if (request.verb == Verb.LIST) {
            return Response.of(Obj.create("v1", "ComponentStatusList").set("metadata", Json.object()), all, DEPRECATED);
        }
        return all.stream()
                .filter(each -> each.name().equals(request.name))
                .findFirst()
                .map(each -> Response.of(each, DEPRECATED))
                .orElseThrow(() -> ApiError.notFound(request.resource, request.name));
    }

    /** What discovery tells of them. */
    List<ApiResource> resources() {
        Obj api = service("v1beta1", "metrics.k8s.io");
        return api == null || !Conditions.isTrue(api, "Available")
                ? List.of()
                : List.of(resource("nodes", "NodeMetrics", false), resource("pods", "PodMetrics", true));
    }

    private static ApiResource resource(String name, String kind, boolean namespaced) {
        return new ApiResource(
                GroupVersionResource.of(METRICS, name),
                kind,
                "",
                namespaced,
                Set.of("get", "list"),
                List.of(),
                List.of(),
                Set.of());
    }
}
