package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoText;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A kubelet changes its own node and the pods on it, and of these no more than a kubelet has to. */
final class NodeRestriction implements Admission {
    private static final String USER = "system:node:";
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String RESTRICTED = "node-restriction.kubernetes.io";
    private static final GroupVersionResource CSINODES = GroupVersionResource.of("storage.k8s.io/v1", "csinodes");
    private static final Set<String> KUBELET_LABELS = Set.of(
            "kubernetes.io/hostname",
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region",
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region",
            "beta.kubernetes.io/instance-type",
            "node.kubernetes.io/instance-type",
            "kubernetes.io/os",
            "kubernetes.io/arch",
            "beta.kubernetes.io/os",
            "beta.kubernetes.io/arch");

    @Override
    public void admit(Attributes request) {
        String user = request.user().user();
        if (!user.startsWith(USER)
                || !request.user().groups().contains("system:nodes")
                || request.user().master()) {
            return;
        }
        String node = user.substring(USER.length());
        if (node.isEmpty()) {
            throw request.forbidden("could not determine node from user " + GoText.quoted(user));
        }
        switch (request.resource().groupResource()) {
            case "pods" -> pod(request, node);
            case "nodes" -> node(request, node);
            case "persistentvolumeclaims" -> {
                if (!request.subresource().equals("status")) {
                    throw request.forbidden("may only update PVC status");
                }
            }
            case "leases.coordination.k8s.io" -> lease(request, node);
            case "serviceaccounts" -> token(request, node);
            default -> driver(request, node);
        }
    }

    private static void pod(Attributes request, String node) {
        String quoted = GoText.quoted(node);
        switch (request.subresource()) {
            case "" -> {
                if (request.creates()) {
                    mirror(request, node);
                } else if (!request.deletes()) {
                    throw request.forbidden("unexpected operation \"UPDATE\", node " + quoted
                            + " can only create and delete mirror pods");
                } else if (!request.before().text("spec.nodeName").equals(node)) {
                    throw request.forbidden(
                            "node " + quoted + " can only delete pods with spec.nodeName set to itself");
                }
            }
            case "status" -> {
                if (!request.before().text("spec.nodeName").equals(node)) {
                    throw request.forbidden(
                            "node " + quoted + " can only update pod status for pods with spec.nodeName set to itself");
                }
                if (!request.before().labels().equals(request.object().labels())) {
                    throw request.forbidden("node " + quoted + " cannot update labels through pod status");
                }
            }
            case "eviction" -> {}
            default ->
                throw request.forbidden("unexpected pod subresource " + GoText.quoted(request.subresource())
                        + ", only 'status' and 'eviction' are allowed");
        }
    }

    private static void mirror(Attributes request, String node) {
        Obj pod = request.object();
        String quoted = "node " + GoText.quoted(node);
        if (!pod.annotations().containsKey(MIRROR)) {
            throw request.forbidden("pod does not have " + GoText.quoted(MIRROR) + " annotation, " + quoted
                    + " can only create mirror pods");
        }
        if (!pod.text("spec.nodeName").equals(node)) {
            throw request.forbidden(quoted + " can only create pods with spec.nodeName set to itself");
        }
        List<Obj> owners = pod.list("metadata.ownerReferences");
        if (owners.size() > 1) {
            throw request.forbidden(quoted + " can only create pods with a single owner reference set to itself");
        }
        Obj owner = owners.isEmpty() ? Obj.create() : owners.get(0);
        if (!owner.text("apiVersion").equals("v1")
                || !owner.text("kind").equals("Node")
                || !owner.text("name").equals(node)) {
            throw request.forbidden(quoted + " can only create pods with an owner reference set to itself");
        }
        if (!owner.bool("controller")) {
            throw request.forbidden(quoted + " can only create pods with a controller owner reference set to itself");
        }
        if (owner.bool("blockOwnerDeletion")) {
            throw request.forbidden(quoted + " must not set blockOwnerDeletion on an owner reference");
        }
        Obj found = request.reader().find(Resources.NODES, "", node);
        if (found == null) {
            throw ApiError.notFound(Resources.NODES, node);
        }
        if (!found.uid().equals(owner.text("uid"))) {
            throw request.forbidden(
                    "node " + node + " UID mismatch: expected " + owner.text("uid") + " got " + found.uid());
        }
        if (!pod.text("spec.serviceAccountName").isEmpty()) {
            throw request.forbidden(quoted + " can not create pods that reference serviceaccounts");
        }
    }

    private static void node(Attributes request, String node) {
        String quoted = "node " + GoText.quoted(node);
        if (!request.name().equals(node)) {
            throw request.forbidden(quoted + " is not allowed to modify node " + GoText.quoted(request.name()));
        }
        if (request.creates()) {
            Set<String> labels = forbidden(Map.of(), request.object().labels());
            if (!labels.isEmpty()) {
                throw request.forbidden(
                        quoted + " is not allowed to set the following labels: " + String.join(", ", labels));
            }
        } else if (request.updates()) {
            Obj before = request.before();
            if (!before.list("spec.taints").equals(request.object().list("spec.taints"))) {
                throw request.forbidden(quoted + " is not allowed to modify taints");
            }
            if (!before.list("metadata.ownerReferences").equals(request.object().list("metadata.ownerReferences"))) {
                throw request.forbidden(quoted + " is not allowed to modify ownerReferences");
            }
            Set<String> labels = forbidden(before.labels(), request.object().labels());
            if (!labels.isEmpty()) {
                throw request.forbidden("is not allowed to modify labels: " + String.join(", ", labels));
            }
        }
    }

    private static Set<String> forbidden(Map<String, String> before, Map<String, String> now) {
        Set<String> changed = new TreeSet<>(now.keySet());
        changed.addAll(before.keySet());
        changed.removeIf(key -> now.containsKey(key) && now.get(key).equals(before.get(key)) || allowed(key));
        return changed;
    }

    private static boolean allowed(String label) {
        String domain = label.contains("/") ? label.substring(0, label.indexOf('/')) : "";
        if (within(domain, RESTRICTED)) {
            return false;
        }
        boolean reserved = within(domain, "kubernetes.io") || within(domain, "k8s.io");
        return !reserved
                || KUBELET_LABELS.contains(label)
                || within(domain, "kubelet.kubernetes.io")
                || within(domain, "node.kubernetes.io");
    }

    private static boolean within(String domain, String other) {
        return domain.equals(other) || domain.endsWith("." + other);
    }

    private static void lease(Attributes request, String node) {
        if (!request.namespace().equals("kube-node-lease")) {
            throw request.forbidden("can only access leases in the \"kube-node-lease\" system namespace");
        }
        if (!request.name().equals(node)) {
            throw request.forbidden("can only access node lease with the same name as the requesting node");
        }
    }

    private static void token(Attributes request, String node) {
        if (!request.creates() || !request.subresource().equals("token")) {
            return;
        }
        Obj bound = request.object().obj("spec.boundObjectRef");
        if (!bound.text("apiVersion").equals("v1")
                || !bound.text("kind").equals("Pod")
                || bound.text("name").isEmpty()) {
            throw request.forbidden("node requested token not bound to a pod");
        }
        if (bound.text("uid").isEmpty()) {
            throw request.forbidden("node requested token with a pod binding without a uid");
        }
        Obj pod = request.reader().find(Resources.PODS, request.namespace(), bound.text("name"));
        if (pod == null) {
            throw ApiError.notFound(Resources.PODS, bound.text("name"));
        }
        if (!pod.text("spec.nodeName").equals(node)) {
            throw request.forbidden("node requested token bound to a pod scheduled on a different node");
        }
    }

    private static void driver(Attributes request, String node) {
        if (request.aboutAny(CSINODES) && !request.name().equals(node)) {
            throw request.forbidden("can only access CSINode with the same name as the requesting node");
        }
    }
}
