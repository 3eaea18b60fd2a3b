package dev.kubejar.kinds.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Containers as pods and templates describe them. */
public final class ContainerParts {
    private ContainerParts() {}

    /**
     * A list of containers.
     *
     * @param pod the pod whose fields variables may show; null for a template
     * @param statuses empty for a template
     * @param space what stands before the label: nothing, or two spaces in a template
     */
    public static void write(
            String label, List<Obj> containers, List<Obj> statuses, Obj pod, String space, Describe out) {
        Map<String, Obj> byName = new HashMap<>();
        statuses.forEach(status -> byName.put(status.text("name"), status));
        out.line(0, space + label + ":" + (containers.isEmpty() ? " <none>" : ""));
        for (Obj container : containers) {
            Obj status = byName.get(container.text("name"));
            basics(container, status, space, out);
            words("Command", container.texts("command"), out);
            words("Args", container.texts("args"), out);
            if (status != null) {
                states(status, out);
            }
            resources(container.obj("resources"), 2, out);
            for (String probe : List.of("liveness", "readiness", "startup")) {
                if (container.has(probe + "Probe")) {
                    String title = Character.toUpperCase(probe.charAt(0)) + probe.substring(1);
                    out.line(2, title + ":\t" + ProbeText.of(container.obj(probe + "Probe")));
                }
            }
            EnvParts.write(container, pod, out);
            mounts(container, out);
        }
    }

    private static void basics(Obj container, Obj status, String space, Describe out) {
        out.line(1, (space.isEmpty() ? "" : " ") + container.text("name") + ":");
        if (status != null) {
            out.line(2, "Container ID:\t" + status.text("containerID"));
        }
        out.line(2, "Image:\t" + container.text("image"));
        if (status != null) {
            out.line(2, "Image ID:\t" + status.text("imageID"));
        }
        ports("Port", ports(container, "containerPort"), out);
        ports("Host Port", ports(container, "hostPort"), out);
        if (container.has("securityContext.seccompProfile")) {
            String type = container.text("securityContext.seccompProfile.type");
            out.line(2, "SeccompProfile:\t" + type);
            if (type.equals("Localhost")) {
                out.line(3, "LocalhostProfile:\t" + container.text("securityContext.seccompProfile.localhostProfile"));
            }
        }
    }

    private static void ports(String title, List<String> ports, Describe out) {
        String text = String.join(", ", ports);
        boolean many = text.indexOf(',') >= 0;
        out.line(2, title + (many ? "s" : "") + ":\t" + Parts.or(text, "<none>"));
    }

    private static List<String> ports(Obj container, String field) {
        List<String> ports = new ArrayList<>();
        for (Obj port : container.list("ports")) {
            String text = port.number(field) + "/" + port.text("protocol");
            ports.add(port.text("name").isEmpty() ? text : text + " (" + port.text("name") + ")");
        }
        return ports;
    }

    private static void words(String title, List<String> words, Describe out) {
        if (!words.isEmpty()) {
            out.line(2, title + ":");
            for (String word : words) {
                for (String line : word.split("\n", -1)) {
                    out.line(3, line);
                }
            }
        }
    }

    private static void states(Obj status, Describe out) {
        state("State", status.obj("state"), out);
        if (status.has("lastState.terminated")) {
            state("Last State", status.obj("lastState"), out);
        }
        out.line(2, "Ready:\t" + Parts.bool(status.bool("ready")));
        out.line(2, "Restart Count:\t" + status.number("restartCount"));
    }

    private static void state(String title, Obj state, Describe out) {
        if (state.has("running")) {
            out.line(2, title + ":\tRunning");
            out.line(3, "Started:\t" + Parts.time(state, "running.startedAt"));
        } else if (!state.has("terminated")) {
            out.line(2, title + ":\tWaiting");
            optional("Reason", state.text("waiting.reason"), out);
        } else {
            out.line(2, title + ":\tTerminated");
            optional("Reason", state.text("terminated.reason"), out);
            optional("Message", state.text("terminated.message"), out);
            out.line(3, "Exit Code:\t" + state.number("terminated.exitCode"));
            if (state.number("terminated.signal") > 0) {
                out.line(3, "Signal:\t" + state.number("terminated.signal"));
            }
            out.line(3, "Started:\t" + Parts.time(state, "terminated.startedAt"));
            out.line(3, "Finished:\t" + Parts.time(state, "terminated.finishedAt"));
        }
    }

    private static void optional(String title, String value, Describe out) {
        if (!value.isEmpty()) {
            out.line(3, title + ":\t" + value);
        }
    }

    /** Limits and requests, each under its title where there are any. */
    public static void resources(Obj resources, int level, Describe out) {
        for (String list : List.of("Limits", "Requests")) {
            Obj amounts = resources.obj(list.toLowerCase(java.util.Locale.ROOT));
            if (!amounts.isEmpty()) {
                out.line(level, list + ":");
                for (Map.Entry<String, JsonNode> each : Parts.sorted(amounts).entrySet()) {
                    out.line(level + 1, each.getKey() + ":\t" + each.getValue().asText());
                }
            }
        }
    }

    private static void mounts(Obj container, Describe out) {
        List<Obj> mounts = new ArrayList<>(container.list("volumeMounts"));
        mounts.sort(Comparator.comparing(mount -> mount.text("mountPath")));
        out.line(2, "Mounts:" + (mounts.isEmpty() ? "\t<none>" : ""));
        for (Obj mount : mounts) {
            String flags = mount.bool("readOnly") ? "ro" : "rw";
            if (!mount.text("subPath").isEmpty()) {
                flags += ",path=" + Problems.quoted(mount.text("subPath"));
            }
            out.line(3, mount.text("mountPath") + " from " + mount.text("name") + " (" + flags + ")");
        }
        List<Obj> devices = new ArrayList<>(container.list("volumeDevices"));
        devices.sort(Comparator.comparing(device -> device.text("devicePath")));
        if (!devices.isEmpty()) {
            out.line(2, "Devices:" + (mounts.isEmpty() ? "\t<none>" : ""));
            for (Obj device : devices) {
                out.line(3, device.text("devicePath") + " from " + device.text("name"));
            }
        }
    }
}
