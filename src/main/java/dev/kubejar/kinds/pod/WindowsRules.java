package dev.kubejar.kinds.pod;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;

/** The rules of Windows options and of what a Windows pod may not have. */
final class WindowsRules {
    private static final int MAX_SPEC = 64 * 1024;
    private static final String WHY = "cannot be set for a windows pod";
    private static final List<String> LISTS = List.of("initContainers", "containers", "ephemeralContainers");

    private WindowsRules() {}

    static void options(Problems problems, String contextPath, Obj context) {
        Obj options = context.obj("windowsOptions");
        String path = contextPath + ".windowsOptions";
        if (options.has("gmsaCredentialSpecName")) {
            String name = options.text("gmsaCredentialSpecName");
            Names.subdomain(name).forEach(fault -> problems.invalid(path + ".gmsaCredentialSpecName", name, fault));
        }
        if (options.has("gmsaCredentialSpec")) {
            String spec = options.text("gmsaCredentialSpec");
            if (spec.isEmpty()) {
                problems.invalid(path + ".gmsaCredentialSpec", spec, "gmsaCredentialSpec cannot be an empty string");
            } else if (spec.length() > MAX_SPEC) {
                problems.invalid(path + ".gmsaCredentialSpec", spec, "gmsaCredentialSpec size must be under 64 KiB");
            }
        }
        if (options.has("runAsUserName")) {
            String name = options.text("runAsUserName");
            for (String fault : userName(name)) {
                problems.invalid(path + ".runAsUserName", name, fault);
            }
        }
    }

    private static List<String> userName(String name) {
        if (name.isEmpty()) {
            return List.of("runAsUserName cannot be an empty string");
        }
        if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7F)) {
            return List.of("runAsUserName cannot contain control characters");
        }
        String[] parts = name.split("\\\\", -1);
        if (parts.length > 2) {
            return List.of("runAsUserName cannot contain more than one backslash");
        }
        List<String> faults = new java.util.ArrayList<>();
        String domain = parts.length == 2 ? parts[0] : "";
        String user = parts[parts.length - 1];
        if (domain.length() >= 256) {
            faults.add("runAsUserName's Domain length must be under 256 characters");
        }
        if (parts.length == 2
                && !domain.matches("[^\\\\/:\\*\\?\"<>|\\.][^\\\\/:\\*\\?\"<>|]{0,14}")
                && !domain.matches("([a-zA-Z0-9][a-zA-Z0-9-]*)(\\.[a-zA-Z0-9-]+)*")) {
            faults.add("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
        }
        if (user.isEmpty()) {
            faults.add("runAsUserName's User cannot be empty");
        } else if (user.length() > 104) {
            faults.add("runAsUserName's User length must not be longer than 104 characters");
        }
        if (!user.isEmpty() && user.chars().allMatch(c -> c == '.' || c == ' ')) {
            faults.add("runAsUserName's User cannot contain only periods or spaces");
        }
        if (user.chars().anyMatch(c -> "\"/\\:;|=,+*?<>@[]".indexOf(c) >= 0)) {
            faults.add("runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]");
        }
        return faults;
    }

    /** HostProcess containers: all or none, and on the host's network. */
    static void hostProcess(Scope scope, String path) {
        Problems problems = scope.problems();
        Obj spec = scope.spec();
        Obj options = spec.obj("securityContext.windowsOptions");
        boolean forPod = options.bool("hostProcess");
        int all = 0;
        int host = 0;
        for (String list : LISTS) {
            List<Obj> containers = spec.list(list);
            for (int i = 0; i < containers.size(); i++) {
                Obj own = containers.get(i).obj("securityContext.windowsOptions");
                all++;
                if (options.has("hostProcess") && own.has("hostProcess") && forPod != own.bool("hostProcess")) {
                    problems.invalid(
                            path + "." + list + "[" + i + "].securityContext.windowsOptions.hostProcess",
                            own.bool("hostProcess"),
                            "pod hostProcess value must be identical if both are specified, was " + forPod);
                }
                host += own.bool("hostProcess", forPod) ? 1 : 0;
            }
        }
        if (host > 0 && host != all) {
            problems.invalid(
                    path,
                    "",
                    "If pod contains any hostProcess containers then all containers must be HostProcess containers");
        }
        if (host > 0 && !spec.bool("hostNetwork")) {
            problems.invalid(
                    path + ".hostNetwork",
                    false,
                    "hostNetwork must be true if pod contains any hostProcess containers");
        }
    }

    static void os(Scope scope, String path) {
        Problems problems = scope.problems();
        Obj spec = scope.spec();
        String[] fields = {
            "securityContext.appArmorProfile",
            "securityContext.seLinuxOptions",
            "hostUsers",
            "!hostPID",
            "!hostIPC",
            "securityContext.seccompProfile",
            "securityContext.fsGroup",
            "securityContext.fsGroupChangePolicy",
            "securityContext.sysctls",
            "shareProcessNamespace",
            "securityContext.runAsUser",
            "securityContext.runAsGroup",
            "securityContext.supplementalGroups",
            "securityContext.supplementalGroupsPolicy",
            "securityContext.seLinuxChangePolicy"
        };
        for (String field : fields) {
            String name = field.startsWith("!") ? field.substring(1) : field;
            boolean set = field.startsWith("!") ? spec.bool(name) : spec.has(name);
            if (name.equals("securityContext.sysctls")) {
                set = !spec.list(name).isEmpty();
            }
            if (set) {
                problems.forbidden(path + "." + name, WHY);
            }
        }
        List<String> own = List.of(
                "appArmorProfile",
                "seLinuxOptions",
                "seccompProfile",
                "capabilities",
                "readOnlyRootFilesystem",
                "privileged",
                "allowPrivilegeEscalation",
                "procMount",
                "runAsUser",
                "runAsGroup");
        for (String list : LISTS) {
            List<Obj> containers = spec.list(list);
            for (int i = 0; i < containers.size(); i++) {
                for (String field : own) {
                    if (containers.get(i).has("securityContext." + field)) {
                        problems.forbidden(path + "." + list + "[" + i + "].securityContext." + field, WHY);
                    }
                }
            }
        }
    }
}
