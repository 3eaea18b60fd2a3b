package dev.kubejar.kubelet;

import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import java.time.Instant;

/** Whether a pod's volumes can be mounted; what they hold is the runtime's business. */
final class Volumes {
    private static final long LAST_DELAY_MILLIS = 122_000;

    /** Null where all is mounted, else when to try again. */
    Instant mount(PodContext context) {
        Obj pod = context.pod();
        boolean good = true;
        for (Obj volume : pod.list("spec.volumes")) {
            String fault = fault(context, pod, volume);
            if (fault != null) {
                good = false;
                context.event("Warning", "FailedMount", fault);
            }
        }
        if (good) {
            context.record().count("mountFailures", 0);
            return null;
        }
        long failures = context.record().count("mountFailures");
        context.record().count("mountFailures", failures + 1);
        // nestedpendingoperations doubles from half a second up to two minutes and two seconds
        long millis = Math.min(LAST_DELAY_MILLIS, 500L << Math.min(failures, 20));
        return context.now().plusMillis(millis);
    }

    /** Whether what a mounted pod's volumes show is still there; what is not is told, and stays as it was. */
    static boolean complete(PodContext context) {
        boolean good = true;
        for (Obj volume : context.pod().list("spec.volumes")) {
            String fault = ContentVolume.is(volume) ? fault(context, context.pod(), volume) : null;
            if (fault != null) {
                good = false;
                context.event("Warning", "FailedMount", fault);
            }
        }
        return good;
    }

    private static String fault(PodContext context, Obj pod, Obj volume) {
        String fault = missing(context, pod, volume);
        return fault == null ? null : "MountVolume.SetUp failed for volume \"" + volume.text("name") + "\" : " + fault;
    }

    private static String missing(PodContext context, Obj pod, Obj volume) {
        if (volume.has("configMap")) {
            return source(
                    context,
                    pod,
                    Resources.CONFIGMAPS,
                    "configmap",
                    volume.obj("configMap"),
                    volume.text("configMap.name"));
        }
        if (volume.has("secret")) {
            return source(
                    context, pod, Resources.SECRETS, "secret", volume.obj("secret"), volume.text("secret.secretName"));
        }
        if (volume.has("hostPath")) {
            return hostPath(
                    context, pod.text("spec.nodeName"), volume.text("hostPath.path"), volume.text("hostPath.type"));
        }
        for (Obj part : volume.list("projected.sources")) {
            String fault = null;
            if (part.has("configMap")) {
                fault = source(
                        context,
                        pod,
                        Resources.CONFIGMAPS,
                        "configmap",
                        part.obj("configMap"),
                        part.text("configMap.name"));
            } else if (part.has("secret")) {
                fault = source(context, pod, Resources.SECRETS, "secret", part.obj("secret"), part.text("secret.name"));
            }
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** What a hostPath's type asks for is not what is there. */
    private static String hostPath(PodContext context, String node, String path, String type) {
        if (type.isEmpty()) {
            return null;
        }
        String there = context.runtime().hostType(node, path);
        boolean created = type.endsWith("OrCreate");
        String wanted = created ? type.substring(0, type.length() - "OrCreate".length()) : type;
        if (there.equals(wanted) || created && there.isEmpty()) {
            return null;
        }
        String word =
                switch (wanted) {
                    case "Directory" -> "directory";
                    case "File" -> "file";
                    case "Socket" -> "socket file";
                    case "CharDevice" -> "character device";
                    default -> "block device";
                };
        return "hostPath type check failed: " + path + " is not a " + word;
    }

    private static String source(
            PodContext context, Obj pod, GroupVersionResource resource, String kind, Obj source, String name) {
        if (source.bool("optional")) {
            return null;
        }
        Obj found = context.client().find(resource, pod.namespace(), name).orElse(null);
        if (found == null) {
            return kind + " \"" + name + "\" not found";
        }
        for (Obj item : source.list("items")) {
            String key = item.text("key");
            if (!found.obj("data").node().has(key)
                    && !found.obj("binaryData").node().has(key)) {
                return kind.equals("secret")
                        ? "references non-existent secret key: " + key
                        : "configmap references non-existent config key: " + key;
            }
        }
        return null;
    }
}
