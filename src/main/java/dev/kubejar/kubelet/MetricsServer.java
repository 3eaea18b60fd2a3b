package dev.kubejar.kubelet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Client;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Response;
import dev.kubejar.client.Verb;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.object.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The API metrics.k8s.io/v1beta1 as a metrics server answers it. */
final class MetricsServer {
    private static final String VERSION = "metrics.k8s.io/v1beta1";
    /** What kubelet, runtime and kernel use on a node beside its pods: thousandths of a CPU, bytes. */
    private static final long NODE_CPU = 45;

    private static final long NODE_MEMORY = 310L << 20;

    private final ActorContext cluster;
    private final Client client;
    private final Metering metering;

    MetricsServer(ActorContext cluster, Client client, Metering metering) {
        this.cluster = cluster;
        this.client = client;
        this.metering = metering;
    }

    Response answer(Request request) {
        if (request.verb != Verb.GET && request.verb != Verb.LIST) {
            throw ApiError.methodNotAllowed("the server does not allow this method on the requested resource");
        }
        boolean nodes = request.resource.resource().equals("nodes");
        if (!nodes && !request.resource.resource().equals("pods")) {
            throw new ApiError(404, "NotFound", "the server could not find the requested resource");
        }
        List<Obj> found = new ArrayList<>();
        for (Obj each : sources(request, nodes)) {
            Obj metrics = nodes ? node(each) : pod(each);
            if (metrics != null) {
                found.add(metrics);
            }
        }
        if (request.verb == Verb.GET && found.isEmpty()) {
            throw ApiError.notFound(request.resource, nodes ? request.name : request.namespace + "/" + request.name);
        }
        return response(request, nodes, found);
    }

    private List<Obj> sources(Request request, boolean nodes) {
        var resource = nodes ? Resources.NODES : Resources.PODS;
        String namespace = nodes ? "" : request.namespace;
        if (request.verb == Verb.GET) {
            return client.find(resource, namespace, request.name).map(List::of).orElse(List.of());
        }
        return client.call(Request.list(resource, namespace)
                        .labels(request.labelSelector)
                        .fields(request.fieldSelector))
                .items();
    }

    private Obj head(String kind, Obj of) {
        Obj made = Obj.create(VERSION, kind, of.namespace(), of.name());
        made.set("metadata.creationTimestamp", Times.seconds(cluster.clock().now()));
        of.labels().forEach(made::setLabel);
        Instant now = cluster.clock().now();
        long period = Metering.RESOLUTION.getSeconds();
        return made.set("timestamp", Times.seconds(Instant.ofEpochSecond(now.getEpochSecond() / period * period)))
                .set("window", (period - 1) + "." + (100 + (of.uid().hashCode() & 511)) + "s");
    }

    /** Null while nothing has been measured. */
    private Obj pod(Obj pod) {
        Map<String, Map<String, Long>> used = metering.of(pod);
        if (used.isEmpty()) {
            return null;
        }
        List<Obj> containers = new ArrayList<>();
        used.forEach((name, usage) -> containers.add(
                Obj.create().set("name", name).set("usage", usage(usage.get("cpu"), usage.get("memory") / 1000))));
        return head("PodMetrics", pod).set("containers", containers);
    }

    private Obj node(Obj node) {
        if (!Kubelet.runs(cluster.memory(), node.name())) {
            return null;
        }
        long cpu = NODE_CPU;
        long memory = NODE_MEMORY;
        Request here = Request.list(Resources.PODS, "").fields("spec.nodeName=" + node.name());
        for (Obj pod : client.call(here).items()) {
            for (Map<String, Long> usage : metering.of(pod).values()) {
                cpu += usage.get("cpu");
                memory += usage.get("memory") / 1000;
            }
        }
        return head("NodeMetrics", node).set("usage", usage(cpu, memory));
    }

    private static Obj usage(long cpu, long memory) {
        return Obj.create()
                .set("cpu", cpu == 0 ? "0" : cpu * 1_000_000 + "n")
                .set("memory", memory < 1024 ? "0" : memory / 1024 + "Ki");
    }

    private Response response(Request request, boolean nodes, List<Obj> found) {
        if (request.table) {
            return Response.of(table(found), List.of());
        }
        if (request.verb == Verb.GET) {
            return Response.of(found.get(0), List.of());
        }
        Obj list = Obj.create(VERSION, nodes ? "NodeMetricsList" : "PodMetricsList");
        list.set("metadata", Json.object());
        return Response.of(list, found, List.of());
    }

    private static Obj table(List<Obj> found) {
        ArrayNode columns = Json.array();
        for (String name : new String[] {"Name", "cpu", "memory", "Window"}) {
            columns.add(Obj.create()
                    .set("name", name)
                    .set("type", "string")
                    .set("format", name.equals("Name") ? "name" : "")
                    .set("description", "")
                    .set("priority", 0)
                    .node());
        }
        ArrayNode rows = Json.array();
        for (Obj each : found) {
            Map<String, Quantity> sum = new TreeMap<>();
            List<Obj> parts = each.has("usage") ? List.of(each) : each.list("containers");
            for (Obj part : parts) {
                for (String resource : new String[] {"cpu", "memory"}) {
                    sum.merge(resource, Quantity.parse(part.text("usage." + resource)), Quantity::add);
                }
            }
            ArrayNode cells = Json.array();
            cells.add(each.name())
                    .add(sum.get("cpu").toString())
                    .add(sum.get("memory").toString())
                    .add(each.text("window"));
            Obj partial = Obj.create("meta.k8s.io/v1", "PartialObjectMetadata").set("metadata", each.at("metadata"));
            rows.add(Obj.create().set("cells", cells).set("object", partial).node());
        }
        return Obj.create("meta.k8s.io/v1", "Table")
                .set("metadata", Json.object())
                .set("columnDefinitions", columns)
                .set("rows", rows);
    }
}
