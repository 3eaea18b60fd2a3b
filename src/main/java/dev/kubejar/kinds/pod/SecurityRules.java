package dev.kubejar.kinds.pod;

import dev.kubejar.kinds.rules.Formats;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of security contexts, and what an operating system allows of them. */
final class SecurityRules {
    private static final int MAX_ID = Integer.MAX_VALUE;
    private static final String SYSCTL = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    private static final List<String> LISTS = List.of("initContainers", "containers", "ephemeralContainers");

    private SecurityRules() {}

    /** A pod's context. */
    static void pod(Scope scope, String specPath) {
        Problems problems = scope.problems();
        Obj context = scope.spec().obj("securityContext");
        String path = specPath + ".securityContext";
        for (String field : List.of("fsGroup", "runAsUser", "runAsGroup")) {
            id(problems, path, context, field);
        }
        List<Long> groups = new java.util.ArrayList<>();
        context.at("supplementalGroups").forEach(group -> groups.add(group.asLong()));
        for (int i = 0; i < groups.size(); i++) {
            Values.range(problems, path + ".supplementalGroups[" + i + "]", groups.get(i), 0, MAX_ID);
        }
        if (scope.spec().bool("shareProcessNamespace") && scope.spec().bool("hostPID")) {
            problems.invalid(
                    path + ".shareProcessNamespace", true, "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        sysctls(scope, path + ".sysctls", context.list("sysctls"));
        choice(problems, path, context, "fsGroupChangePolicy", "Always", "OnRootMismatch");
        seccomp(problems, path, context);
        WindowsRules.options(problems, path, context);
        appArmor(problems, path, context);
        choice(problems, path, context, "supplementalGroupsPolicy", "Merge", "Strict");
        choice(problems, path, context, "seLinuxChangePolicy", "MountOption", "Recursive");
    }

    private static void choice(Problems problems, String path, Obj context, String field, String... supported) {
        if (context.has(field)) {
            Values.supported(problems, path + "." + field, context.text(field), supported);
        }
    }

    private static void id(Problems problems, String path, Obj context, String field) {
        if (context.has(field)) {
            Values.range(problems, path + "." + field, context.number(field), 0, MAX_ID);
        }
    }

    private static void sysctls(Scope scope, String path, List<Obj> sysctls) {
        Problems problems = scope.problems();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < sysctls.size(); i++) {
            String at = path + "[" + i + "].name";
            String name = sysctls.get(i).text("name");
            if (name.isEmpty()) {
                problems.required(at, "");
            } else if (!sysctl(name)) {
                problems.invalid(at, name, "must have at most 253 characters and match regex " + SYSCTL);
            } else if (names.contains(name)) {
                problems.duplicate(at, name);
            }
            String dotted = name.replace('/', '.');
            boolean ipc = dotted.startsWith("kernel.msg")
                    || dotted.startsWith("kernel.shm")
                    || dotted.startsWith("fs.mqueue.")
                    || dotted.equals("kernel.sem");
            if (scope.spec().bool("hostNetwork") && dotted.startsWith("net.")) {
                problems.invalid(at, name, "may not be specified when 'hostNetwork' is true");
            } else if (scope.spec().bool("hostIPC") && ipc) {
                problems.invalid(at, name, "may not be specified when 'hostIPC' is true");
            }
            names.add(name);
        }
    }

    private static boolean sysctl(String name) {
        if (name.length() > 253) {
            return false;
        }
        for (String part : name.split("[./]", -1)) {
            if (part.isEmpty() || !Names.subdomain(part.replace('_', '-')).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** A container's context. */
    static void container(Scope scope, String path, Obj container) {
        if (!container.has("securityContext")) {
            return;
        }
        Problems problems = scope.problems();
        Obj context = container.obj("securityContext");
        id(problems, path, context, "runAsUser");
        id(problems, path, context, "runAsGroup");
        if (context.has("procMount")) {
            String mount = context.text("procMount");
            Values.supported(problems, path + ".procMount", mount, "Default", "Unmasked");
            if (scope.hostUsers() && mount.equals("Unmasked")) {
                problems.invalid(path + ".procMount", mount, "`hostUsers` must be false to use `Unmasked`");
            }
        }
        seccomp(problems, path, context);
        if (context.has("allowPrivilegeEscalation") && !context.bool("allowPrivilegeEscalation")) {
            if (context.bool("privileged")) {
                problems.invalid(
                        path,
                        GoStructs.of("SecurityContext", context),
                        "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
            }
            for (String capability : context.texts("capabilities.add")) {
                if (capability.equals("CAP_SYS_ADMIN")) {
                    problems.invalid(
                            path,
                            GoStructs.of("SecurityContext", context),
                            "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
                }
            }
        }
        WindowsRules.options(problems, path, context);
        appArmor(problems, path, context);
    }

    private static void seccomp(Problems problems, String path, Obj context) {
        if (!context.has("seccompProfile")) {
            return;
        }
        Obj profile = context.obj("seccompProfile");
        String at = path + ".seccompProfile";
        String type = profile.text("type");
        if (type.isEmpty()) {
            problems.required(at + ".type", "type is required when seccompProfile is set");
        } else {
            Values.supported(problems, at + ".type", type, "Localhost", "RuntimeDefault", "Unconfined");
        }
        String local = profile.text("localhostProfile");
        if (type.equals("Localhost")) {
            if (!profile.has("localhostProfile")) {
                problems.required(at + ".localhostProfile", "must be set when seccomp type is Localhost");
            } else {
                Values.named(problems, at + ".localhostProfile", local, Formats.descending(local));
            }
        } else if (profile.has("localhostProfile")) {
            problems.invalid(
                    at + ".localhostProfile",
                    GoStructs.of("SeccompProfile", profile),
                    "can only be set when seccomp type is Localhost");
        }
    }

    private static void appArmor(Problems problems, String path, Obj context) {
        if (!context.has("appArmorProfile")) {
            return;
        }
        Obj profile = context.obj("appArmorProfile");
        String at = path + ".appArmorProfile";
        String type = profile.text("type");
        String local = profile.text("localhostProfile");
        switch (type) {
            case "Localhost" -> {
                if (!profile.has("localhostProfile")) {
                    problems.required(at + ".localhostProfile", "must be set when AppArmor type is Localhost");
                } else if (!local.equals(local.strip())) {
                    problems.invalid(at + ".localhostProfile", local, "must not be padded with whitespace");
                } else if (local.isEmpty()) {
                    problems.required(at + ".localhostProfile", "must be set when AppArmor type is Localhost");
                }
                if (local.length() > 4095) {
                    problems.tooLong(at + ".localhostProfile", 4095);
                }
            }
            case "RuntimeDefault", "Unconfined" -> {
                if (profile.has("localhostProfile")) {
                    problems.invalid(
                            at + ".localhostProfile", local, "can only be set when AppArmor type is Localhost");
                }
            }
            case "" -> problems.required(at + ".type", "type is required when appArmorProfile is set");
            default -> problems.notSupported(at + ".type", type, List.of("Localhost", "RuntimeDefault", "Unconfined"));
        }
    }

    /** What the pod's operating system forbids. */
    static void os(Scope scope, String path) {
        Obj spec = scope.spec();
        if (!spec.has("os")) {
            return;
        }
        Problems problems = scope.problems();
        String name = spec.text("os.name");
        if (name.isEmpty()) {
            problems.required(path + ".os.name", "");
        } else if (!Values.supported(problems, path + ".os", name, "linux", "windows")) {
            return;
        } else if (name.equals("linux")) {
            linux(scope, path);
        } else {
            WindowsRules.os(scope, path);
        }
    }

    private static void linux(Scope scope, String path) {
        String why = "windows options cannot be set for a linux pod";
        if (scope.spec().has("securityContext.windowsOptions")) {
            scope.problems().forbidden(path + ".securityContext.windowsOptions", why);
        }
        for (String list : LISTS) {
            List<Obj> containers = scope.spec().list(list);
            for (int i = 0; i < containers.size(); i++) {
                if (containers.get(i).has("securityContext.windowsOptions")) {
                    scope.problems().forbidden(path + "." + list + "[" + i + "].securityContext.windowsOptions", why);
                }
            }
        }
    }

    /** What a pod without the host's user namespace may not have. */
    static void hostUsers(Scope scope, String path) {
        if (scope.hostUsers()) {
            return;
        }
        String why = "when `hostUsers` is false";
        Obj spec = scope.spec();
        if (spec.bool("hostNetwork")) {
            scope.problems().forbidden(path + ".hostNetwork", why);
        }
        if (spec.bool("hostPID")) {
            scope.problems().forbidden(path + ".HostPID", why);
        }
        if (spec.bool("hostIPC")) {
            scope.problems().forbidden(path + ".HostIPC", why);
        }
        for (String list : LISTS) {
            List<Obj> containers = spec.list(list);
            for (int i = 0; i < containers.size(); i++) {
                if (!containers.get(i).list("volumeDevices").isEmpty()) {
                    scope.problems().forbidden(path + "." + list + "[" + i + "].volumeDevices", why);
                }
            }
        }
    }
}
