package dev.kubejar.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import java.util.Map;
import java.util.TreeMap;

/** A pod gets the overhead and the scheduling constraints of its RuntimeClass. */
final class RuntimeClassAdmission implements Admission {
    private static final GroupVersionResource RUNTIME_CLASSES =
            GroupVersionResource.of("node.k8s.io/v1", "runtimeclasses");

    @Override
    public void admit(Attributes request) {
        Obj runtime = runtimeClass(request);
        if (runtime == null) {
            return;
        }
        Obj pod = request.object();
        if (runtime.has("overhead")) {
            JsonNode overhead = runtime.at("overhead.podFixed");
            if (!pod.at("spec.overhead").isEmpty() && !pod.at("spec.overhead").equals(overhead)) {
                throw request.forbidden("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
            }
            if (!overhead.isMissingNode()) {
                pod.set("spec.overhead", (JsonNode) overhead.deepCopy());
            }
        }
        for (Map.Entry<String, String> label : new TreeMap<>(runtime.map("scheduling.nodeSelector")).entrySet()) {
            select(request, pod, label.getKey(), label.getValue());
        }
        for (Obj toleration : runtime.list("scheduling.tolerations")) {
            if (!pod.list("spec.tolerations").contains(toleration)) {
                pod.add("spec.tolerations", toleration.copy());
            }
        }
    }

    private static void select(Attributes request, Obj pod, String key, String value) {
        String there = pod.map("spec.nodeSelector").get(key);
        if (there != null && !there.equals(value)) {
            throw request.forbidden("conflict: runtimeClass.scheduling.nodeSelector[" + key + "] = " + value
                    + "; pod.spec.nodeSelector[" + key + "] = " + there);
        }
        pod.child("spec.nodeSelector").node().put(key, value);
    }

    @Override
    public void validate(Attributes request) {
        if (!request.creates() || !request.about(Resources.PODS)) {
            return;
        }
        Obj runtime = runtimeClass(request);
        boolean defined = runtime != null && runtime.has("overhead");
        JsonNode overhead = request.object().at("spec.overhead");
        if (!defined && !overhead.isEmpty()) {
            throw request.forbidden(
                    "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
        }
    }

    private static Obj runtimeClass(Attributes request) {
        if (!request.creates() || !request.about(Resources.PODS)) {
            return null;
        }
        String name = request.object().text("spec.runtimeClassName");
        if (!request.object().has("spec.runtimeClassName")) {
            return null;
        }
        Obj found = request.reader().find(RUNTIME_CLASSES, "", name);
        if (found == null) {
            throw request.forbidden("pod rejected: RuntimeClass \"" + name + "\" not found");
        }
        return found;
    }
}
