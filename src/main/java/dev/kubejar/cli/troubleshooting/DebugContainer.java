package dev.kubejar.cli.troubleshooting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Disk;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Pods;
import dev.kubejar.cli.RandomNames;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Yaml;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.patch.StrategicMerge;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** The container that debug makes, and the pod around it. */
final class DebugContainer {
    private final Invocation call;
    private final Flags flags;
    private final DebugProfile profile;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Obj custom;
    private String name = "";

    DebugContainer(Invocation call, DebugProfile profile, List<String> command, Map<String, String> environment) {
        this.call = call;
        this.flags = call.flags();
        this.profile = profile;
        this.command = command;
        this.environment = environment;
        this.custom = custom();
    }

    private Obj custom() {
        String file = flags.text("custom");
        if (file.isEmpty()) {
            return null;
        }
        try {
            byte[] text = Files.readAllBytes(call.session().path(file));
            if (Yaml.readEither(new String(text, java.nio.charset.StandardCharsets.UTF_8)) instanceof ObjectNode node) {
                return Obj.of(node);
            }
        } catch (IOException e) {
            throw new CliError(
                    "must pass a container spec json file for custom profile: open " + file + ": " + Disk.reason(e));
        } catch (RuntimeException e) {
            throw new CliError(file + " does not contain a valid container spec: " + e.getMessage());
        }
        throw new CliError(file + " does not contain a valid container spec: error unmarshaling JSON: while decoding"
                + " JSON: json: cannot unmarshal string into Go value of type v1.Container");
    }

    void validate() {
        if (custom == null) {
            return;
        }
        for (String field : List.of("name", "command", "image", "lifecycle", "volumeDevices")) {
            if (custom.has(field)) {
                throw new CliError(
                        "name, command, image, lifecycle and volume devices are not modifiable via custom profile");
            }
        }
    }

    /** What the container of the last object was called; empty where it is none in particular. */
    String name() {
        return name;
    }

    private String named(Obj pod) {
        String given = flags.text("container");
        if (!given.isEmpty()) {
            return given;
        }
        String chosen = "";
        for (int i = 0; chosen.isEmpty() || Pods.container(pod, chosen) != null; i++) {
            chosen = "debugger-" + RandomNames.suffix(call, i == 0 ? "" : i + " ");
        }
        if (!flags.on("quiet")) {
            call.out().println("Defaulting debug container name to " + chosen + ".");
        }
        return chosen;
    }

    private Obj fresh(String called) {
        Obj container = Obj.create().set("name", called).set("image", flags.text("image"));
        if (!environment.isEmpty()) {
            container.set("env", Debug.environment(environment));
        }
        if (!flags.text("image-pull-policy").isEmpty()) {
            container.set("imagePullPolicy", flags.text("image-pull-policy"));
        }
        streams(container);
        command(container);
        return container.set("terminationMessagePolicy", "File");
    }

    private void streams(Obj container) {
        for (String field : List.of("stdin", "tty")) {
            if (flags.on(field)) {
                container.set(field, true);
            } else {
                container.remove(field);
            }
        }
    }

    private void command(Obj container) {
        if (command.isEmpty()) {
            return;
        }
        if (flags.on("arguments-only")) {
            container.setTexts("args", command);
        } else {
            container.setTexts("command", command).remove("args");
        }
    }

    /** An ephemeral container for a pod. */
    Obj inPod(Obj pod) {
        name = named(pod);
        Obj container = fresh(name);
        if (!flags.text("target").isEmpty()) {
            container.set("targetContainerName", flags.text("target"));
        }
        profile.inPod(container);
        Obj finished = customized(container);
        warn(finished, pod);
        return finished;
    }

    private Obj customized(Obj container) {
        if (custom == null) {
            return container;
        }
        FieldType pod = FieldSchema.forKind("v1", "Pod");
        FieldType type = pod.field("spec")
                .value()
                .type()
                .field("containers")
                .value()
                .element()
                .type();
        return Obj.of(StrategicMerge.apply(container.node(), custom.node().deepCopy(), type));
    }

    /** Says where a user that the pod sets may be in the way of what a profile grants. */
    private void warn(Obj container, Obj pod) {
        if (container == null || pod.number("spec.securityContext.runAsUser", 0) == 0) {
            return;
        }
        boolean root = container.has("securityContext.runAsUser") && container.number("securityContext.runAsUser") == 0;
        boolean granted = container.bool("securityContext.privileged")
                || !container.texts("securityContext.capabilities.add").isEmpty();
        if (!root && granted) {
            call.err()
                    .println("Warning: Non-root user is configured for the entire target Pod, and some capabilities"
                            + " granted by debug profile may not work. Please consider using \"--custom\" with a custom"
                            + " profile that specifies \"securityContext.runAsUser: 0\".");
        }
    }

    /** A pod on a node, in the node's own namespaces. */
    Obj onNode(Obj node) {
        String called = flags.text("container").isEmpty() ? "debugger" : flags.text("container");
        String podName = "node-debugger-" + node.name() + "-" + RandomNames.suffix(call);
        if (!flags.on("quiet")) {
            call.out()
                    .println("Creating debugging pod " + podName + " with container " + called + " on node "
                            + node.name() + ".");
        }
        Obj pod = Obj.create("v1", "Pod", call.namespace(), podName);
        pod.setLabel("app.kubernetes.io/managed-by", "kubectl-debug");
        pod.set("spec.nodeName", node.name()).set("spec.restartPolicy", "Never");
        pod.set("spec.tolerations", List.of(Obj.create().set("operator", "Exists")));
        Obj container = fresh(called);
        profile.onNode(pod, container);
        return pod.set("spec.containers", List.of(customized(container)));
    }

    /** A copy of a pod with a further container, or with one of its own changed. */
    Obj copy(Obj pod, Map<String, String> images) {
        Obj copied = Obj.create("v1", "Pod", pod.namespace(), flags.text("copy-to"));
        for (String field : List.of("metadata.labels", "metadata.annotations")) {
            if (pod.has(field)) {
                copied.set(field, pod.obj(field).copy());
            }
        }
        copied.set("spec", pod.obj("spec").copy()).remove("spec.ephemeralContainers");
        if (flags.changed("share-processes")) {
            copied.set("spec.shareProcessNamespace", flags.on("share-processes"));
        }
        if (!flags.on("same-node")) {
            copied.remove("spec.nodeName");
        }
        for (Obj container : copied.list("spec.containers")) {
            String image = images.getOrDefault(container.text("name"), images.getOrDefault("*", ""));
            if (!image.isEmpty()) {
                container.set("image", image);
            }
        }
        name = flags.text("container");
        Obj changed = Pods.container(copied, name);
        if (changed == null) {
            if (flags.text("image").isEmpty()) {
                if (!images.isEmpty()) {
                    name = "";
                    return copied;
                }
                throw new CliError("you must specify image when creating new container");
            }
            name = named(copied);
            ((com.fasterxml.jackson.databind.node.ArrayNode) copied.at("spec.containers"))
                    .add(Json.object().put("name", name).put("terminationMessagePolicy", "File"));
            changed = Pods.container(copied, name);
        }
        change(changed);
        profile.inCopy(copied, changed);
        if (custom != null) {
            ObjectNode merged = customized(changed.copy()).node();
            changed.node().removeAll().setAll(merged);
        }
        warn(changed, copied);
        return copied;
    }

    private void change(Obj container) {
        command(container);
        if (!environment.isEmpty()) {
            container.set("env", Debug.environment(environment));
        }
        if (!flags.text("image").isEmpty()) {
            container.set("image", flags.text("image"));
        }
        if (!flags.text("image-pull-policy").isEmpty()) {
            container.set("imagePullPolicy", flags.text("image-pull-policy"));
        }
        streams(container);
    }
}
