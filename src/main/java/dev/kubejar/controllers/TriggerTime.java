package dev.kubejar.controllers;

import dev.kubejar.client.Conditions;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import java.time.Instant;
import java.util.List;

/** The annotation that says which pod's or Service's change the endpoints answer to. */
final class TriggerTime {
    static final String ANNOTATION = "endpoints.kubernetes.io/last-change-trigger-time";

    private TriggerTime() {}

    /** Notes the earliest change since the one noted before, or takes the note away where there was none. */
    static void note(Obj endpoints, Obj service, List<Obj> pods) {
        String before = endpoints.annotation(ANNOTATION);
        Instant noted = before.isEmpty() ? null : Times.parse(before);
        Instant first = endpoints.resourceVersion().isEmpty() ? service.time("metadata.creationTimestamp") : null;
        for (Obj pod : pods) {
            Obj ready = Conditions.find(pod, "Ready");
            Instant at = ready == null ? null : ready.time("lastTransitionTime");
            boolean news = at != null && (noted == null || at.isAfter(noted));
            if (news && (first == null || at.isBefore(first))) {
                first = at;
            }
        }
        if (first == null) {
            endpoints.removeAnnotation(ANNOTATION);
        } else {
            endpoints.setAnnotation(ANNOTATION, Times.seconds(first));
        }
    }
}
