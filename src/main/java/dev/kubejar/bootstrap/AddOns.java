package dev.kubejar.bootstrap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Document;
import dev.kubejar.object.Documents;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Limits;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * What kubeadm and the usual add-ons put into a cluster of the profile {@code full}: static control-plane pods, kube-proxy,
 * CoreDNS, a pod network, a storage class with its provisioner, a metrics server, an ingress controller.
 */
public final class AddOns {
    private static final List<String> FILES = List.of(
            "kubeadm",
            "control-plane",
            "kube-proxy",
            "kindnet",
            "coredns",
            "local-path",
            "metrics-server",
            "ingress-nginx");
    private static final String CONTROL_PLANE = "control-plane";
    private static final String API_SERVER = "172.18.0.2";
    /** Plurals that are more than the kind with an s. */
    private static final List<String> IN_ES = List.of("StorageClass", "IngressClass");

    private final ActorContext cluster;
    private final Client admin;
    private final Client kubelet;

    private AddOns(ActorContext cluster) {
        this.cluster = cluster;
        this.admin = cluster.system("kubernetes-admin", "kubeadm");
        this.kubelet = cluster.system("system:node:" + CONTROL_PLANE, "kubelet");
    }

    /** Puts everything into a fresh cluster whose nodes are there. */
    public static void fill(ActorContext cluster) {
        AddOns made = new AddOns(cluster);
        made.endpoint();
        for (String file : FILES) {
            made.file(file);
        }
    }

    private void file(String name) {
        try (InputStream in = AddOns.class.getResourceAsStream("addons/" + name + ".yaml")) {
            for (Document each : Documents.read(name, in, Limits.FILES)) {
                create(Obj.of((ObjectNode) each.root()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void create(Obj object) {
        if (object.kind().equals("Pod")) {
            mirror(object);
            return;
        }
        if (object.kind().equals("Lease")) {
            object.set(
                            "spec.acquireTime",
                            dev.kubejar.object.Times.micros(cluster.clock().now()))
                    .set(
                            "spec.renewTime",
                            dev.kubejar.object.Times.micros(cluster.clock().now()));
        }
        String plural = object.kind().toLowerCase(Locale.ROOT) + (IN_ES.contains(object.kind()) ? "es" : "s");
        admin.create(GroupVersionResource.of(object.apiVersion(), plural), object);
    }

    /** A static pod, as the kubelet of its node shows it to the API server. */
    private void mirror(Obj pod) {
        Obj node = admin.get(new Ref(Resources.NODES, "", CONTROL_PLANE));
        String hash = Integer.toHexString(pod.name().hashCode())
                + Integer.toHexString(pod.node().hashCode());
        hash = ("00000000000000000000000000000000" + hash).substring(hash.length());
        pod.setAnnotation("kubernetes.io/config.hash", hash)
                .setAnnotation("kubernetes.io/config.mirror", hash)
                .setAnnotation(
                        "kubernetes.io/config.seen",
                        dev.kubejar.object.Times.micros(cluster.clock().now()))
                .setAnnotation("kubernetes.io/config.source", "file");
        Obj owner = Obj.create()
                .set("apiVersion", "v1")
                .set("controller", true)
                .set("kind", "Node")
                .set("name", node.name())
                .set("uid", node.uid());
        pod.set("metadata.ownerReferences", List.of(owner));
        pod.set("spec.hostNetwork", true)
                .set("spec.nodeName", CONTROL_PLANE)
                .set("spec.priorityClassName", "system-node-critical")
                .set("spec.securityContext.seccompProfile.type", "RuntimeDefault")
                .set(
                        "spec.tolerations",
                        List.of(Obj.create().set("effect", "NoExecute").set("operator", "Exists")));
        cluster.memory().put("/machine/static/" + pod.namespace() + "/" + pod.name(), Json.bytes(pod.node()));
        kubelet.create(Resources.PODS, pod);
    }

    /** The API server runs on a node here, not beside the cluster. */
    private void endpoint() {
        Ref endpoints = new Ref(Resources.ENDPOINTS, "default", "kubernetes");
        Obj address = Obj.create().set("ip", API_SERVER);
        Obj changed = admin.get(endpoints).copy();
        changed.list("subsets").get(0).set("addresses", List.of(address));
        admin.update(Resources.ENDPOINTS, changed);
        Obj slice = admin.get(new Ref(Resources.ENDPOINTSLICES, "default", "kubernetes"))
                .copy();
        slice.list("endpoints").get(0).setTexts("addresses", List.of(API_SERVER));
        admin.update(Resources.ENDPOINTSLICES, slice);
    }
}
