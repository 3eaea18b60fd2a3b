package dev.kubejar.api;

import dev.kubejar.object.Obj;
import java.util.List;

/** What of a sent object a subresource takes over; everything else stays as it is. */
final class PartOf {
    private PartOf() {}

    /** {@code present} with the subresource's part as {@code sent} has it. */
    static Obj object(String subresource, Obj sent, Obj present) {
        return switch (subresource) {
            case "ephemeralcontainers" -> carried(sent, present, "spec.ephemeralContainers");
            case "finalize" -> carried(sent, present, "spec.finalizers");
            case "approval" -> carried(sent, present, "status.conditions", "metadata.annotations", "metadata.labels");
            case "resize" -> resized(sent, present);
            default -> sent;
        };
    }

    private static Obj carried(Obj sent, Obj present, String... paths) {
        Obj next = present.copy();
        for (String path : paths) {
            Trees.carry(path, sent, next);
        }
        Trees.carry("metadata.resourceVersion", sent, next);
        Trees.carry("metadata.managedFields", sent, next);
        return next;
    }

    /**
     * A resize may change the resources and resize policies of containers, and the pod's own resources. Where containers
     * come, go or change places, the object is left as it was sent, for validation to refuse.
     */
    private static Obj resized(Obj sent, Obj present) {
        Obj next = carried(sent, present, "spec.resources");
        for (String list : List.of("spec.containers", "spec.initContainers")) {
            List<Obj> wanted = sent.list(list);
            List<Obj> containers = next.list(list);
            if (wanted.size() != containers.size()) {
                return sent;
            }
            for (int i = 0; i < wanted.size(); i++) {
                if (!wanted.get(i).text("name").equals(containers.get(i).text("name"))) {
                    return sent;
                }
                Trees.carry("resources", wanted.get(i), containers.get(i));
                Trees.carry("resizePolicy", wanted.get(i), containers.get(i));
            }
        }
        return next;
    }
}
