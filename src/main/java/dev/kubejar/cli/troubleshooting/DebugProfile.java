package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a debugging profile grants or takes: KEP-1441. */
final class DebugProfile {
    private static final Set<String> KNOWN =
            Set.of("legacy", "general", "baseline", "restricted", "netadmin", "sysadmin");

    private final Flags flags;
    private final String name;

    DebugProfile(Invocation call) {
        this.flags = call.flags();
        this.name = flags.text("profile");
        if (!KNOWN.contains(name)) {
            throw new CliError("unknown profile: " + name);
        }
    }

    /** For an ephemeral container. */
    void inPod(Obj container) {
        if (name.equals("general")) {
            grant(container, "SYS_PTRACE");
        } else {
            confine(container);
        }
    }

    /** For a pod on a node. */
    void onNode(Obj pod, Obj container) {
        confine(container);
        boolean root = Set.of("legacy", "general", "sysadmin").contains(name);
        if (root) {
            Obj volume = Obj.create().set("name", "host-root").set("hostPath.path", "/");
            pod.set("spec.volumes", List.of(volume));
            container.set(
                    "volumeMounts",
                    List.of(Obj.create().set("mountPath", "/host").set("name", "host-root")));
        }
        if (root || name.equals("netadmin")) {
            pod.set("spec.hostNetwork", true).set("spec.hostPID", true).set("spec.hostIPC", true);
        }
    }

    /** For a copy of a pod. */
    void inCopy(Obj pod, Obj container) {
        if (name.equals("legacy")) {
            pod.remove("metadata.labels");
            return;
        }
        if (name.equals("general")) {
            grant(container, "SYS_PTRACE");
        } else {
            confine(container);
        }
        drop(pod, "keep-labels", "metadata.labels");
        drop(pod, "keep-annotations", "metadata.annotations");
        for (Obj each : pod.list("spec.containers")) {
            drop(each, "keep-liveness", "livenessProbe");
            drop(each, "keep-readiness", "readinessProbe");
            drop(each, "keep-startup", "startupProbe");
        }
        drop(pod, "keep-init-containers", "spec.initContainers");
        if (!pod.has("spec.shareProcessNamespace")) {
            pod.set("spec.shareProcessNamespace", true);
        }
    }

    private void drop(Obj object, String keep, String field) {
        if (!flags.on(keep)) {
            object.remove(field);
        }
    }

    private void confine(Obj container) {
        switch (name) {
            case "baseline" -> container.remove("securityContext");
            case "restricted" ->
                container
                        .remove("securityContext")
                        .set("securityContext.runAsNonRoot", true)
                        .setTexts("securityContext.capabilities.drop", List.of("ALL"))
                        .set("securityContext.allowPrivilegeEscalation", false)
                        .set("securityContext.seccompProfile.type", "RuntimeDefault");
            case "netadmin" -> {
                grant(container, "NET_ADMIN");
                grant(container, "NET_RAW");
            }
            case "sysadmin" -> container.set("securityContext.privileged", true);
            default -> {}
        }
    }

    private static void grant(Obj container, String capability) {
        List<String> all = new ArrayList<>(container.texts("securityContext.capabilities.add"));
        all.add(capability);
        container.setTexts("securityContext.capabilities.add", all);
    }
}
