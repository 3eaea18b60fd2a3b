package dev.kubejar.kinds.pod;

import dev.kubejar.kinds.rules.Formats;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of volume mounts and block devices. */
final class MountRules {
    private MountRules() {}

    static void check(Scope scope, String path, Obj container) {
        Map<String, String> mounts = byName(container.list("volumeMounts"), "mountPath");
        Map<String, String> devices = byName(container.list("volumeDevices"), "devicePath");
        mounts(scope, path + ".volumeMounts", container, devices);
        devices(scope, path + ".volumeDevices", container.list("volumeDevices"), mounts);
    }

    private static Map<String, String> byName(List<Obj> items, String path) {
        Map<String, String> map = new HashMap<>();
        items.forEach(item -> map.put(item.text("name"), item.text(path)));
        return map;
    }

    private static void mounts(Scope scope, String path, Obj container, Map<String, String> devices) {
        Problems problems = scope.problems();
        Set<String> points = new HashSet<>();
        List<Obj> mounts = container.list("volumeMounts");
        for (int i = 0; i < mounts.size(); i++) {
            String at = path + "[" + i + "]";
            Obj mount = mounts.get(i);
            String name = mount.text("name");
            String point = mount.text("mountPath");
            Values.required(problems, at, mount, "name");
            if (!scope.volumes().containsKey(name)) {
                problems.notFound(at + ".name", name);
            }
            Values.required(problems, at, mount, "mountPath");
            if (!points.add(point)) {
                problems.invalid(at + ".mountPath", point, "must be unique");
            }
            if (devices.containsKey(name)) {
                problems.invalid(at + ".name", name, "must not already exist in volumeDevices");
            }
            if (devices.containsValue(point)) {
                problems.invalid(at + ".mountPath", point, "must not already exist as a path in volumeDevices");
            }
            subPaths(problems, path, at, mount);
            propagation(problems, path, container, mount);
            recursive(problems, path + ".recursiveReadOnly", mount);
        }
    }

    private static void subPaths(Problems problems, String path, String at, Obj mount) {
        String sub = mount.text("subPath");
        String expression = mount.text("subPathExpr");
        if (!sub.isEmpty()) {
            Values.named(problems, path + ".subPath", sub, Formats.descending(sub));
        }
        if (!expression.isEmpty()) {
            if (!sub.isEmpty()) {
                problems.invalid(at + ".subPathExpr", expression, "subPathExpr and subPath are mutually exclusive");
            }
            Values.named(problems, path + ".subPathExpr", expression, Formats.descending(expression));
        }
    }

    private static void propagation(Problems problems, String path, Obj container, Obj mount) {
        if (!mount.has("mountPropagation")) {
            return;
        }
        String at = path + ".mountPropagation";
        String value = mount.text("mountPropagation");
        Values.supported(problems, at, value, "Bidirectional", "HostToContainer", "None");
        if (value.equals("Bidirectional") && !container.bool("securityContext.privileged")) {
            problems.forbidden(at, "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    private static void recursive(Problems problems, String path, Obj mount) {
        if (!mount.has("recursiveReadOnly")) {
            return;
        }
        String value = mount.text("recursiveReadOnly");
        switch (value) {
            case "Disabled" -> {}
            case "Enabled", "IfPossible" -> {
                if (!mount.bool("readOnly")) {
                    problems.forbidden(path, "may only be specified when readOnly is true");
                }
                if (mount.has("mountPropagation")
                        && !mount.text("mountPropagation").equals("None")) {
                    problems.forbidden(path, "may only be specified when mountPropagation is None or not specified");
                }
            }
            default -> problems.notSupported(path, value, List.of("Disabled", "Enabled", "IfPossible"));
        }
    }

    private static void devices(Scope scope, String path, List<Obj> devices, Map<String, String> mounts) {
        Problems problems = scope.problems();
        Set<String> names = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < devices.size(); i++) {
            String at = path + "[" + i + "]";
            String name = devices.get(i).text("name");
            String device = devices.get(i).text("devicePath");
            Obj volume = scope.volumes().get(name);
            Values.required(problems, at, devices.get(i), "name");
            if (names.contains(name)) {
                problems.invalid(at + ".name", name, "must be unique");
            }
            if (volume == null) {
                problems.notFound(at + ".name", name);
            } else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
                problems.invalid(
                        at + ".name",
                        name,
                        "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
            }
            Values.required(problems, at, devices.get(i), "devicePath");
            if (paths.contains(device)) {
                problems.invalid(at + ".devicePath", device, "must be unique");
            }
            if (Formats.backsteps(device)) {
                problems.invalid(at + ".devicePath", device, "can not contain backsteps ('..')");
            } else {
                paths.add(device);
            }
            if (mounts.containsKey(name)) {
                problems.invalid(at + ".name", name, "must not already exist in volumeMounts");
            }
            if (mounts.containsValue(device)) {
                problems.invalid(at + ".devicePath", device, "must not already exist as a path in volumeMounts");
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
    }
}
