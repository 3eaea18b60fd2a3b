package dev.kubejar.api;

import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        return next;
    }

    /** A resize may change containers' resources and resize policies alone. */
    private static Obj resized(Obj sent, Obj present) {
        Obj next = carried(sent, present);
        for (String list : List.of("spec.containers", "spec.initContainers")) {
            Map<String, Obj> wanted = new LinkedHashMap<>();
            sent.list(list).forEach(container -> wanted.put(container.text("name"), container));
            for (Obj container : new ArrayList<>(next.list(list))) {
                Obj like = wanted.get(container.text("name"));
                if (like != null) {
                    Trees.carry("resources", like, container);
                    Trees.carry("resizePolicy", like, container);
                }
            }
        }
        return next;
    }
}
