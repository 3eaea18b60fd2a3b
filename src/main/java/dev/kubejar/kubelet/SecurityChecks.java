package dev.kubejar.kubelet;

import dev.kubejar.kubelet.shell.Servers;
import dev.kubejar.object.Obj;

/** What a kubelet refuses to run on account of a security context. */
final class SecurityChecks {
    private SecurityChecks() {}

    static void check(Obj pod, Obj container, Images.Reference image) throws ContainerEnv.Fault {
        boolean nonRoot =
                container.bool("securityContext.runAsNonRoot", pod.bool("spec.securityContext.runAsNonRoot", false));
        if (!nonRoot) {
            return;
        }
        String where = " (pod: \"" + Containers.podName(pod) + "\", container: " + container.text("name") + ")";
        String user = container.text("securityContext.runAsUser", pod.text("spec.securityContext.runAsUser"));
        if (user.isEmpty() && Servers.guessed(Images.program(image))) {
            return; // nobody knows as whom an unknown image runs: it may well have a user of its own
        }
        if (user.isEmpty()) {
            throw new ContainerEnv.Fault("container has runAsNonRoot and image will run as root" + where);
        }
        if (user.equals("0")) {
            throw new ContainerEnv.Fault("container's runAsUser breaks non-root policy" + where);
        }
    }
}
