package dev.kubejar.kubelet;

import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;

/** A pod's own fields and its containers' resources as variables and files see them. */
final class DownwardApi {
    private final Obj pod;
    private final String podIp;
    private final String hostIp;
    private final Obj node;

    /** {@code node} is the Node object, whose allocatable resources stand in for absent limits. */
    DownwardApi(Obj pod, String podIp, String hostIp, Obj node) {
        this.pod = pod;
        this.podIp = podIp;
        this.hostIp = hostIp;
        this.node = node;
    }

    /** The value of a fieldRef; whole maps are written a line a key, as files hold them. */
    String field(String path) {
        if (path.endsWith("']")) {
            int open = path.indexOf("['");
            String key = path.substring(open + 2, path.length() - 2);
            return path.startsWith("metadata.labels") ? pod.label(key) : pod.annotation(key);
        }
        return switch (path) {
            case "metadata.labels" -> lines(pod.labels());
            case "metadata.annotations" -> lines(annotations());
            case "status.podIP", "status.podIPs" -> podIp;
            case "status.hostIP", "status.hostIPs" -> hostIp;
            case "spec.serviceAccountName" -> pod.text("spec.serviceAccountName", "default");
            default -> pod.text(path);
        };
    }

    /** Its annotations and the two that its kubelet adds to its own copy of the pod. */
    private Map<String, String> annotations() {
        Map<String, String> all = new TreeMap<>(pod.annotations());
        all.put("kubernetes.io/config.seen", pod.text("metadata.creationTimestamp"));
        all.put("kubernetes.io/config.source", "api");
        return all;
    }

    private static String lines(Map<String, String> map) {
        StringBuilder out = new StringBuilder();
        for (Map.Entry<String, String> each : new TreeMap<>(map).entrySet()) {
            out.append(out.length() == 0 ? "" : "\n")
                    .append(each.getKey())
                    .append('=')
                    .append(GoText.quoted(each.getValue()));
        }
        return out.toString();
    }

    /** The value of a resourceFieldRef, divided by its divisor and rounded up. */
    String resource(Obj ref, Obj container) {
        String name = ref.text("containerName");
        Obj of = name.isEmpty() ? container : Containers.byName(pod, name);
        String path = ref.text("resource");
        String resource = path.substring(path.indexOf('.') + 1);
        String amount = of.obj("resources." + path.substring(0, path.indexOf('.')))
                .node()
                .path(resource)
                .asText("");
        if (amount.isEmpty() && path.startsWith("limits.")) {
            amount = node.obj("status.allocatable").node().path(resource).asText("");
        }
        String divisor = ref.text("divisor");
        BigDecimal by = divisor.isEmpty() || divisor.equals("0") ? BigDecimal.ONE : amount(divisor);
        return amount.isEmpty()
                ? "0"
                : amount(amount).divide(by, 0, RoundingMode.CEILING).toPlainString();
    }

    private static BigDecimal amount(String quantity) {
        return dev.kubejar.object.Quantity.parse(quantity).decimal();
    }
}
