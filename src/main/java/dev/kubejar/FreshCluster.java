package dev.kubejar;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import java.util.List;

/** What an API server makes when it starts for the first time: system namespaces, its own Service, the bootstrap roles. */
final class FreshCluster {
    private FreshCluster() {}

    static void fill(ActorContext cluster) {
        Client client = cluster.system("system:apiserver", "kube-apiserver");
        for (String name : List.of("default", "kube-node-lease", "kube-public", "kube-system")) {
            client.create(Resources.NAMESPACES, Obj.create("v1", "Namespace", "", name));
        }
        priorityClass(client, "system-cluster-critical", 2_000_000_000L, "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.");
        priorityClass(client, "system-node-critical", 2_000_001_000L, "Used for system critical pods that must not be moved from their current node.");
        Obj service = Obj.create("v1", "Service", "default", "kubernetes");
        service.setLabel("component", "apiserver").setLabel("provider", "kubernetes");
        service.set("spec.clusterIP", "10.96.0.1").set("spec.type", "ClusterIP").set("spec.sessionAffinity", "None");
        service.set(
                "spec.ports",
                List.of(Obj.create()
                        .set("name", "https")
                        .set("port", 443)
                        .set("protocol", "TCP")
                        .set("targetPort", 6443)));
        client.create(Resources.SERVICES, service);
    }

    private static void priorityClass(Client client, String name, long value, String description) {
        Obj made = Obj.create("scheduling.k8s.io/v1", "PriorityClass", "", name);
        client.create(Resources.PRIORITYCLASSES, made.set("value", value).set("description", description));
    }
}
