package dev.kubejar.cli.own.check;

import dev.kubejar.client.Conditions;
import dev.kubejar.object.Obj;
import java.util.List;

/** Why a pod is not ready: where it cannot run, what cannot be pulled or started, and how its containers fail. */
final class PodCauses {
    private final World world;
    private final Workloads workloads;
    private final Behaviours behaviours;

    PodCauses(World world, Workloads workloads, Behaviours behaviours) {
        this.world = world;
        this.workloads = workloads;
        this.behaviours = behaviours;
    }

    /** Tells the causes of one pod; false where there are none to be seen. */
    boolean tell(Manifest manifest, Obj pod) {
        if (pod.text("spec.nodeName").isEmpty()) {
            return new Scheduling(world, workloads).tell(manifest, pod);
        }
        boolean told = mounts(manifest, pod);
        told |= containers(manifest, pod, "initContainers", "status.initContainerStatuses");
        if (initialized(pod)) {
            told |= containers(manifest, pod, "containers", "status.containerStatuses");
        }
        if (!told
                && pod.text("status.phase").equals("Failed")
                && !pod.text("status.reason").isEmpty()) {
            world.findings.add(
                    "pod-failed",
                    manifest,
                    manifest.podField("spec"),
                    pod.text("status.reason") + ": " + pod.text("status.message"));
            told = true;
        }
        return told || gates(manifest, pod);
    }

    private static boolean initialized(Obj pod) {
        return pod.list("spec.initContainers").isEmpty() || Conditions.isTrue(pod, "Initialized");
    }

    private boolean gates(Manifest manifest, Obj pod) {
        List<Obj> gates = pod.list("spec.readinessGates");
        for (int i = 0; i < gates.size(); i++) {
            String type = gates.get(i).text("conditionType");
            if (!Conditions.isTrue(pod, type)) {
                world.findings.add(
                        "readiness-gate",
                        manifest,
                        manifest.podField("spec.readinessGates[" + i + "]"),
                        "readiness gate \"" + type + "\" is not met: nothing here sets that condition");
                return true;
            }
        }
        return false;
    }

    /** Volumes that cannot be mounted. */
    private boolean mounts(Manifest manifest, Obj pod) {
        if (Conditions.isTrue(pod, "Initialized") && started(pod)) {
            return false;
        }
        boolean told = false;
        for (Obj event : workloads.events(pod)) {
            String message = event.text("message");
            if (!event.text("reason").equals("FailedMount")
                    && !event.text("reason").equals("FailedAttachVolume")) {
                continue;
            }
            List<Obj> volumes = manifest.pod().list("spec.volumes");
            for (int i = 0; i < volumes.size(); i++) {
                if (message.contains("volume \"" + volumes.get(i).text("name") + "\"")) {
                    world.findings.add("mount", manifest, manifest.podField("spec.volumes[" + i + "]"), message);
                    told = true;
                }
            }
        }
        return told;
    }

    private static boolean started(Obj pod) {
        for (Obj status : pod.list("status.containerStatuses")) {
            if (!status.text("state.waiting.reason").equals("ContainerCreating")) {
                return true;
            }
        }
        return false;
    }

    private boolean containers(Manifest manifest, Obj pod, String list, String statuses) {
        List<Obj> specs = pod.list("spec." + list);
        boolean told = false;
        for (int i = 0; i < specs.size(); i++) {
            Obj status = named(pod.list(statuses), specs.get(i).text("name"));
            String path = path(manifest, list, specs.get(i).text("name"), i);
            told |= status != null && container(manifest, pod, specs.get(i), status, path);
        }
        return told;
    }

    /** Where the manifest has the container; those that admission has put in have no place of their own. */
    private static String path(Manifest manifest, String list, String name, int index) {
        List<Obj> written = manifest.pod().list("spec." + list);
        for (int i = 0; i < written.size(); i++) {
            if (written.get(i).text("name").equals(name)) {
                return manifest.podField("spec." + list + "[" + i + "]");
            }
        }
        return manifest.podField("spec." + list + "[" + index + "]");
    }

    private static Obj named(List<Obj> statuses, String name) {
        for (Obj each : statuses) {
            if (each.text("name").equals(name)) {
                return each;
            }
        }
        return null;
    }

    private boolean container(Manifest manifest, Obj pod, Obj spec, Obj status, String path) {
        if (image(world.findings, manifest, spec, status.obj("state.waiting"), path)) {
            return true;
        }
        String message = status.text("state.waiting.message");
        switch (status.text("state.waiting.reason")) {
            case "CreateContainerConfigError":
                add("container-config", manifest, security(manifest, spec, path, message), named(spec) + message);
                return true;
            case "CreateContainerError", "RunContainerError":
                add("container-start", manifest, path + ".command", named(spec) + message);
                return true;
            default:
                return behaviours.tell(manifest, pod, spec, status, path);
        }
    }

    /** Tells of an image that a container waits for in vain; false where it does not. */
    static boolean image(Findings findings, Manifest manifest, Obj spec, Obj waiting, String path) {
        String image = "image \"" + spec.text("image") + "\" ";
        String fault = fault(waiting.text("message"));
        switch (waiting.text("reason")) {
            case "InvalidImageName":
                findings.add("invalid-image", manifest, path + ".image", image + "is not a valid reference: " + fault);
                return true;
            case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "ImageInspectError", "RegistryUnavailable":
                findings.add("image-pull", manifest, path + ".image", image + "cannot be pulled: " + fault);
                return true;
            default:
                return false;
        }
    }

    private static String named(Obj spec) {
        return "container \"" + spec.text("name") + "\": ";
    }

    private static String security(Manifest manifest, Obj spec, String path, String message) {
        if (message.contains("runAsNonRoot")) {
            String field = "securityContext.runAsNonRoot";
            return spec.has(field) ? path + "." + field : manifest.podField("spec." + field);
        }
        return path + (message.contains("securityContext") || message.contains("user") ? ".securityContext" : ".env");
    }

    private void add(String cause, Manifest manifest, String field, String message) {
        world.findings.add(cause, manifest, field, message);
    }

    /** The last part of the runtime's chain of words. */
    private static String fault(String message) {
        int resolve = message.lastIndexOf("failed to resolve reference ");
        if (resolve >= 0) {
            int end = message.indexOf("\": ", resolve);
            return end < 0 ? message : message.substring(end + 3);
        }
        int parse = message.indexOf("couldn't parse image name ");
        int end = parse < 0 ? -1 : message.indexOf("\": ", parse);
        return end < 0 ? message : message.substring(end + 3);
    }
}
