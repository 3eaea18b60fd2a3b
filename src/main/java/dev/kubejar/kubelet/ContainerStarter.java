package dev.kubejar.kubelet;

import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.sim.Randoms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Brings one container up: volumes, sandbox, image, environment, process, hook; with every way in which it may fail. */
final class ContainerStarter {
    private static final String CRASHES = "crash";
    private static final String PULLS = "pull";
    /** When a kubelet looks again at a pod whose sync failed. */
    private static final long RESYNC_SECONDS = 11;

    private final PodContext context;
    private final Images images;
    private final PodAddresses addresses;
    private final Volumes volumes;
    private final Randoms randoms;
    private final Contents contents;
    private final Obj pod;
    private final PodRecord record;
    private final Instant now;

    ContainerStarter(
            PodContext context,
            Images images,
            PodAddresses addresses,
            Volumes volumes,
            Contents contents,
            Randoms randoms) {
        this.context = context;
        this.contents = contents;
        this.images = images;
        this.addresses = addresses;
        this.volumes = volumes;
        this.randoms = randoms;
        this.pod = context.pod();
        this.record = context.record();
        this.now = context.now();
    }

    /** Mounts volumes and makes the sandbox; false while that is not possible. */
    boolean ready(PodWorker worker) {
        if (record.sandbox() && record.mounted()) {
            return true;
        }
        if (!record.mounted()) {
            Instant retry = volumes.mount(context);
            if (retry != null) {
                worker.wakeAt(retry);
                return false;
            }
            record.mounted(true);
            contents.shown(pod);
        }
        if (!Containers.hostNetwork(pod)) {
            record.ip(addresses.allocate(context.node(), record.uid()));
            record.save();
        }
        record.sandbox(true);
        return true;
    }

    /** Tries to start a container; true where it runs now or its end must be looked at. */
    boolean start(Obj container, ContainerRecord each, PodWorker worker) {
        if (backsOff(container, each, worker)) {
            return false;
        }
        pullSecrets();
        Images.Reference image = Images.parse(container.text("image"));
        if (!image(container, each, image, worker)) {
            return false;
        }
        Map<String, String> env;
        try {
            env = ContainerEnv.of(context.client(), pod, container, context.ip(), context.hostIp(), context.node());
            SecurityChecks.check(pod, container, image);
        } catch (ContainerEnv.Fault fault) {
            return refused(container, each, "CreateContainerConfigError", fault.getMessage(), worker);
        }
        if (each.exited()) {
            each.growBackOff(CRASHES, now);
        }
        return launch(container, each, image, env, worker);
    }

    private boolean backsOff(Obj container, ContainerRecord each, PodWorker worker) {
        if (!each.exited()) {
            return false;
        }
        Instant until = each.backOff(CRASHES, each.finishedAt(), now);
        if (until == null) {
            return false;
        }
        worker.wakeAt(until);
        if (!each.waitReason().equals("CrashLoopBackOff")) {
            String name = Containers.podName(pod);
            each.waiting(
                    "CrashLoopBackOff",
                    "back-off " + duration(each.backOffSeconds(CRASHES)) + " restarting failed container=" + each.name
                            + " pod=" + name);
            context.event(
                    container,
                    "Warning",
                    "BackOff",
                    "Back-off restarting failed container " + each.name + " in pod " + name);
        }
        return true;
    }

    /** Seconds as Go's time.Duration prints them: {@code 10s}, {@code 1m20s}, {@code 5m0s}. */
    static String duration(long seconds) {
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }

    private boolean image(Obj container, ContainerRecord each, Images.Reference image, PodWorker worker) {
        String name = container.text("image");
        if (!image.valid()) {
            String message = "Failed to apply default image tag \"" + name + "\": couldn't parse image name \"" + name
                    + "\": " + image.fault();
            return failed(container, each, "InspectFailed", "InvalidImageName", message, worker);
        }
        String node = context.node().name();
        String policy = container.text("imagePullPolicy", "IfNotPresent");
        if (!policy.equals("Always") && images.present(node, image)) {
            if (!each.text("pulledFor").equals(String.valueOf(each.restarts()) + name)) {
                context.event(
                        container,
                        "Normal",
                        "Pulled",
                        "Container image \"" + name + "\" already present on machine and can be accessed by the pod");
                each.text("pulledFor", each.restarts() + name);
            }
            return true;
        }
        if (policy.equals("Never")) {
            String message = "Container image \"" + name + "\" is not present with pull policy of Never";
            return failed(container, each, "ErrImageNeverPull", "ErrImageNeverPull", message, worker);
        }
        return pull(container, each, image, worker);
    }

    /** Tells which of the pod's secrets for registries are not there; the pull is tried all the same. */
    private void pullSecrets() {
        List<String> missing = new ArrayList<>();
        for (Obj secret : pod.list("spec.imagePullSecrets")) {
            String name = secret.text("name");
            if (!name.isEmpty()
                    && context.client()
                            .find(Resources.SECRETS, pod.namespace(), name)
                            .isEmpty()) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            context.event(
                    "Warning",
                    "FailedToRetrieveImagePullSecret",
                    "Unable to retrieve some image pull secrets (" + String.join(", ", missing)
                            + "); attempting to pull the image may not succeed.");
        }
    }

    private boolean pull(Obj container, ContainerRecord each, Images.Reference image, PodWorker worker) {
        String name = container.text("image");
        if (!each.part(PULLS).text("image").equals(name)) {
            each.dropPart(PULLS);
            each.part(PULLS).set("image", name);
        }
        Instant at = each.time(PULLS + ".at");
        if (at != null && at.isAfter(now)) {
            worker.wakeAt(at);
            return false;
        }
        if (each.text(PULLS + ".phase").equals("failed")) {
            return pullBacksOff(container, each, name, worker);
        }
        context.event(container, "Normal", "Pulling", "Pulling image \"" + name + "\"");
        String fault = images.pull(context.node().name(), image);
        if (fault == null) {
            each.dropPart(PULLS);
            context.event(
                    container,
                    "Normal",
                    "Pulled",
                    "Successfully pulled image \"" + name
                            + "\" in 1ms (1ms including waiting). Image size: 2000000 bytes.");
            return true;
        }
        context.event(container, "Warning", "Failed", "Failed to pull image \"" + name + "\": " + fault);
        context.event(container, "Warning", "Failed", "Error: ErrImagePull");
        each.growBackOff(PULLS, now);
        each.waiting("ErrImagePull", fault);
        return pullAgain(each, "failed", RESYNC_SECONDS, worker);
    }

    private boolean pullBacksOff(Obj container, ContainerRecord each, String name, PodWorker worker) {
        String fault = each.waitMessage();
        context.event(container, "Normal", "BackOff", "Back-off pulling image \"" + name + "\"");
        context.event(container, "Warning", "Failed", "Error: ImagePullBackOff");
        each.waiting("ImagePullBackOff", "Back-off pulling image \"" + name + "\": ErrImagePull: " + fault);
        return pullAgain(each, "waiting", each.backOffSeconds(PULLS), worker);
    }

    private boolean pullAgain(ContainerRecord each, String phase, long seconds, PodWorker worker) {
        each.text(PULLS + ".phase", phase);
        each.time(PULLS + ".at", now.plusSeconds(seconds));
        worker.wakeAt(now.plusSeconds(seconds));
        return false;
    }

    private boolean failed(
            Obj container, ContainerRecord each, String event, String reason, String message, PodWorker worker) {
        if (!each.waitReason().equals(reason)) {
            context.event(container, "Warning", event, message);
            context.event(container, "Warning", "Failed", "Error: " + reason);
        }
        each.waiting(reason, message);
        worker.wakeAt(now.plusSeconds(RESYNC_SECONDS));
        return false;
    }

    private boolean refused(Obj container, ContainerRecord each, String reason, String message, PodWorker worker) {
        context.event(container, "Warning", "Failed", "Error: " + message);
        each.waiting(reason, message);
        each.text("pulledFor", ""); // the next attempt tells of the image again
        worker.wakeAt(now.plusSeconds(RESYNC_SECONDS));
        return false;
    }

    private boolean launch(
            Obj container, ContainerRecord each, Images.Reference image, Map<String, String> env, PodWorker worker) {
        String id = randomId();
        each.start(id, image.full(), Images.id(image), now);
        each.text("specImage", container.text("image"));
        int attempt = (int) each.restarts();
        try {
            context.runtime().start(new ContainerRuntime.Launch(pod, container, record, env, attempt));
        } catch (ContainerRuntime.StartFailure failure) {
            context.event(container, "Normal", "Created", "Container created");
            context.event(container, "Warning", "Failed", "Error: " + failure.getMessage());
            each.exit(failure.exitCode, failure.reason, failure.getMessage(), now);
            return true;
        }
        context.event(container, "Normal", "Created", "Container created");
        context.event(container, "Normal", "Started", "Container started");
        if (container.has("lifecycle.postStart")) {
            new Hooks(context, worker).begin(container, container.obj("lifecycle.postStart"), each.part("hook"));
        }
        return true;
    }

    private String randomId() {
        StringBuilder id = new StringBuilder(64);
        for (int i = 0; i < 4; i++) {
            String part = Long.toHexString(randoms.next("container"));
            id.append("0000000000000000", 0, 16 - part.length()).append(part);
        }
        return id.toString();
    }
}
