package dev.kubejar.cli;

import dev.kubejar.object.Obj;

/** Where kinds keep the pods they make. */
public final class PodTemplates {
    private PodTemplates() {}

    /** The path of an object's pod spec; null for a kind without one. */
    public static String podSpec(Obj object) {
        String template = template(object);
        if (object.kind().equals("Pod")) {
            return "spec";
        }
        return template == null ? null : template + ".spec";
    }

    /** The path of an object's pod template; null for a kind without one. */
    public static String template(Obj object) {
        return switch (object.kind()) {
            case "Deployment", "DaemonSet", "ReplicaSet", "StatefulSet", "ReplicationController", "Job" ->
                "spec.template";
            case "CronJob" -> "spec.jobTemplate.spec.template";
            default -> null;
        };
    }
}
