package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Map;

/** A pod that comes to a node gets the node's zone and region as labels, over its own (KEP-4742). */
final class PodTopologyLabels implements Admission {
    private static final List<String> LABELS = List.of("topology.kubernetes.io/zone", "topology.kubernetes.io/region");

    @Override
    public void admit(Attributes request) {
        if (!request.creates() || !request.aboutAny(Resources.PODS)) {
            return;
        }
        Obj object = request.object();
        if (request.subresource().isEmpty()) {
            label(request, object, object.text("spec.nodeName"));
        } else if (request.subresource().equals("binding")
                && object.text("target.kind").equals("Node")) {
            label(request, object, object.text("target.name"));
        }
    }

    private static void label(Attributes request, Obj object, String nodeName) {
        Obj node = nodeName.isEmpty() ? null : request.reader().find(Resources.NODES, "", nodeName);
        if (node == null) {
            return;
        }
        Map<String, String> labels = node.labels();
        for (String label : LABELS) {
            if (labels.containsKey(label)) {
                object.setLabel(label, labels.get(label));
            }
        }
    }
}
