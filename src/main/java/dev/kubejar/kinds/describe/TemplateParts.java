package dev.kubejar.kinds.describe;

import dev.kubejar.kinds.Cells;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Pod templates, and what becomes of the pods that are made from them. */
public final class TemplateParts {
    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");

    private TemplateParts() {}

    /** {@code Pod Template:} and all under it. */
    public static void write(Obj template, Describe out) {
        out.line(0, "Pod Template:");
        Obj spec = template.obj("spec");
        out.map("  Labels", template.labels(), "=");
        if (!template.annotations().isEmpty()) {
            Parts.annotations("  Annotations", template.annotations(), out);
        }
        if (!spec.text("serviceAccountName").isEmpty()) {
            out.field(1, "Service Account", spec.text("serviceAccountName"));
        }
        if (!spec.list("initContainers").isEmpty()) {
            ContainerParts.write("Init Containers", spec.list("initContainers"), List.of(), null, "  ", out);
        }
        ContainerParts.write("Containers", spec.list("containers"), List.of(), null, "  ", out);
        VolumeParts.write(spec.list("volumes"), "  ", out);
        spread(spec.list("topologySpreadConstraints"), "  ", out);
        if (!spec.text("priorityClassName").isEmpty()) {
            out.field(1, "Priority Class Name", spec.text("priorityClassName"));
        }
        out.map("  Node-Selectors", spec.map("nodeSelector"), "=");
        Parts.tolerations("  Tolerations", spec.list("tolerations"), out);
    }

    /** Topology spread constraints by key. */
    public static void spread(List<Obj> constraints, String space, Describe out) {
        List<Obj> sorted = new ArrayList<>(constraints);
        sorted.sort(Comparator.comparing(each -> each.text("topologyKey")));
        String head = space + "Topology Spread Constraints:";
        for (Obj each : sorted) {
            String text = each.text("topologyKey") + ":" + each.text("whenUnsatisfiable") + " when max skew "
                    + each.number("maxSkew") + " is exceeded";
            if (each.has("labelSelector")) {
                text += " for selector " + Cells.selector(each.obj("labelSelector"));
            }
            out.line(0, head + "\t" + text);
            head = space;
        }
    }

    /** {@code 3 Running / 0 Waiting / 0 Succeeded / 0 Failed} of the pods that the object controls. */
    public static String podsStatus(Obj owner, String selector, Related related) {
        int running = 0;
        int waiting = 0;
        int succeeded = 0;
        int failed = 0;
        for (Obj pod : related.list(PODS, owner.namespace(), selector, "")) {
            Obj controller = pod.controller();
            if (controller == null || !controller.text("uid").equals(owner.uid())) {
                continue;
            }
            switch (pod.text("status.phase")) {
                case "Running" -> running++;
                case "Pending" -> waiting++;
                case "Succeeded" -> succeeded++;
                case "Failed" -> failed++;
                default -> {}
            }
        }
        return running + " Running / " + waiting + " Waiting / " + succeeded + " Succeeded / " + failed + " Failed";
    }
}
