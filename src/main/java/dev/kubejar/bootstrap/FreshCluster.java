package dev.kubejar.bootstrap;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Client;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.pki.ClusterKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What API server and controller manager make when a cluster first starts: system namespaces, the API server's own
 * Service, bootstrap roles, flow schemas, API services, the controllers' service accounts.
 */
public final class FreshCluster {
    private static final String API_SERVER_ADDRESS = "172.18.0.1";
    private static final GroupVersionResource APISERVICES =
            GroupVersionResource.of("apiregistration.k8s.io/v1", "apiservices");
    private static final GroupVersionResource SERVICECIDRS =
            GroupVersionResource.of("networking.k8s.io/v1", "servicecidrs");

    private final Client client;
    private final ActorContext cluster;

    private FreshCluster(ActorContext cluster) {
        this.cluster = cluster;
        this.client = cluster.system("system:apiserver", "kube-apiserver");
    }

    public static void fill(ActorContext cluster) {
        ClusterKeys.leaveGaps(cluster.memory());
        FreshCluster fresh = new FreshCluster(cluster);
        fresh.namespaces();
        fresh.priorityClasses();
        FlowControl.create(fresh.client, cluster.clock().now());
        BootstrapPolicy.create(fresh.client);
        fresh.apiServices();
        fresh.ownService();
        fresh.configMaps();
        fresh.serviceAccounts();
    }

    private void namespaces() {
        for (String name : List.of("kube-system", "kube-public", "kube-node-lease", "default")) {
            client.create(Resources.NAMESPACES, Obj.create("v1", "Namespace", "", name));
        }
    }

    private void priorityClasses() {
        priorityClass(
                "system-cluster-critical",
                2_000_000_000L,
                "Used for system critical pods that must run in the cluster, but can be moved to another node if"
                        + " necessary.");
        priorityClass(
                "system-node-critical",
                2_000_001_000L,
                "Used for system critical pods that must not be moved from their current node.");
    }

    private void priorityClass(String name, long value, String description) {
        Obj made = Obj.create("scheduling.k8s.io/v1", "PriorityClass", "", name);
        client.create(Resources.PRIORITYCLASSES, made.set("value", value).set("description", description));
    }

    private void apiServices() {
        for (String line : Lines.of("apiservices.txt")) {
            String[] words = line.split(" ");
            int slash = words[0].indexOf('/');
            String group = slash < 0 ? "" : words[0].substring(0, slash);
            String version = words[0].substring(slash + 1);
            Obj made = Obj.create("apiregistration.k8s.io/v1", "APIService", "", version + "." + group);
            made.setLabel("kube-aggregator.kubernetes.io/automanaged", "onstart");
            if (!group.isEmpty()) {
                made.set("spec.group", group);
            }
            made.set("spec.version", version)
                    .set("spec.groupPriorityMinimum", Integer.parseInt(words[1]))
                    .set("spec.versionPriority", Integer.parseInt(words[2]));
            client.create(APISERVICES, made);
        }
    }

    private void ownService() {
        Obj cidr = Obj.create("networking.k8s.io/v1", "ServiceCIDR", "", "kubernetes");
        Obj range = client.create(
                        SERVICECIDRS,
                        cidr.setTexts("metadata.finalizers", List.of("networking.k8s.io/service-cidr-finalizer"))
                                .setTexts("spec.cidrs", List.of("10.96.0.0/16")))
                .copy();
        String ready = "Kubernetes Service CIDR is ready";
        Conditions.put(
                range,
                Conditions.make("Ready", "True", "", ready, cluster.clock().now()));
        client.updateStatus(SERVICECIDRS, range);
        Obj service = Obj.create("v1", "Service", "default", "kubernetes");
        service.setLabel("component", "apiserver").setLabel("provider", "kubernetes");
        service.set("spec.clusterIP", "10.96.0.1").set("spec.type", "ClusterIP");
        service.set("spec.ports", List.of(port().set("port", 443).set("targetPort", 6443)));
        client.create(Resources.SERVICES, service);
        endpoints();
    }

    private static Obj port() {
        return Obj.create().set("name", "https").set("protocol", "TCP");
    }

    private void endpoints() {
        Obj endpoints = Obj.create("v1", "Endpoints", "default", "kubernetes");
        endpoints.setLabel("endpointslice.kubernetes.io/skip-mirror", "true");
        Obj subset = Obj.create()
                .set("addresses", List.of(Obj.create().set("ip", API_SERVER_ADDRESS)))
                .set("ports", List.of(port().set("port", 6443)));
        client.create(Resources.ENDPOINTS, endpoints.set("subsets", List.of(subset)));
        Obj slice = Obj.create("discovery.k8s.io/v1", "EndpointSlice", "default", "kubernetes");
        slice.setLabel("kubernetes.io/service-name", "kubernetes").set("addressType", "IPv4");
        Obj endpoint =
                Obj.create().setTexts("addresses", List.of(API_SERVER_ADDRESS)).set("conditions.ready", true);
        client.create(
                Resources.ENDPOINTSLICES,
                slice.set("endpoints", List.of(endpoint)).set("ports", List.of(port().set("port", 6443))));
    }

    private void configMaps() {
        Obj authentication = Obj.create("v1", "ConfigMap", "kube-system", "extension-apiserver-authentication");
        Obj data = authentication.child("data");
        String ca = new String(cluster.memory().get(ClusterKeys.CERTIFICATE), StandardCharsets.US_ASCII);
        data.set("client-ca-file", ca)
                .set("requestheader-allowed-names", "[\"front-proxy-client\"]")
                .set("requestheader-client-ca-file", ca)
                .set("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]")
                .set("requestheader-group-headers", "[\"X-Remote-Group\"]")
                .set("requestheader-username-headers", "[\"X-Remote-User\"]");
        client.create(Resources.CONFIGMAPS, authentication);
        Obj tracking =
                Obj.create("v1", "ConfigMap", "kube-system", "kube-apiserver-legacy-service-account-token-tracking");
        String day = dev.kubejar.object.Times.seconds(cluster.clock().now()).substring(0, 10);
        client.create(Resources.CONFIGMAPS, tracking.set("data", Json.object().put("since", day)));
    }

    private void serviceAccounts() {
        Client controllers = cluster.system("system:kube-controller-manager", "kube-controller-manager");
        for (String line : Lines.of("serviceaccounts.txt")) {
            for (String name : line.split(" ")) {
                controllers.create(Resources.SERVICEACCOUNTS, Obj.create("v1", "ServiceAccount", "kube-system", name));
            }
        }
    }
}
