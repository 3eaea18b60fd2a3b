package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.QuotaUsage;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A pod on a node is not resized past what its node could ever give. */
final class PodResizeValidator implements Admission {
    @Override
    public void validate(Attributes request) {
        if (!request.updates()
                || !request.subresource().equals("resize")
                || !request.aboutAny(Resources.PODS)
                || !request.object().has("spec.nodeName")
                || request.object().generation() == request.before().generation()) {
            return;
        }
        String name = request.object().text("spec.nodeName");
        Obj node = request.reader().find(Resources.NODES, "", name);
        if (node == null) {
            throw request.forbidden("node " + GoText.quoted(name) + " not found");
        }
        String os = node.map("metadata.labels").getOrDefault("kubernetes.io/os", "linux");
        if (!os.equals("linux")) {
            throw refused(
                    request,
                    "pod resize is only supported on linux nodes, node " + GoText.quoted(name) + " is "
                            + GoText.quoted(os),
                    "UnsupportedPlatform");
        }
        fits(request, node);
    }

    private static void fits(Attributes request, Obj node) {
        Obj pod = request.object();
        List<String> lacking = new ArrayList<>();
        Map<String, Quantity> wanted = QuotaUsage.sums(pod, "requests");
        Quantity cpu = Quantity.of(node.at("status.allocatable.cpu"));
        Quantity wantedCpu = wanted.getOrDefault("cpu", Quantity.ZERO);
        if (wantedCpu.compareTo(cpu) > 0) {
            lacking.add("cpu, requested: " + wantedCpu.milliValue() + ", allocatable: " + cpu.milliValue());
        }
        Quantity memory = Quantity.of(node.at("status.allocatable.memory"));
        Quantity wantedMemory = wanted.getOrDefault("memory", Quantity.ZERO);
        if (wantedMemory.compareTo(memory) > 0) {
            lacking.add("memory, requested: " + wantedMemory.value() + ", allocatable: " + memory.value());
        }
        if (!lacking.isEmpty()) {
            throw refused(
                    request,
                    "node didn't have enough allocatable resources: " + String.join("; ", lacking),
                    "NodeCapacity");
        }
    }

    private static ApiError refused(Attributes request, String why, String cause) {
        ApiError error = request.forbidden(why);
        return new ApiError(
                error.code(),
                error.reason(),
                error.getMessage(),
                error.details(),
                List.of(new ApiError.Cause(cause, "", "")));
    }
}
