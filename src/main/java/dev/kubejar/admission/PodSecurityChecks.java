package dev.kubejar.admission;

import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The checks of the Pod Security Standards, each with the policy versions it belongs to, in the order of messages. */
final class PodSecurityChecks {
    /** The newest version that has a check of its own; later ones mean the same. */
    private static final int NEWEST = 35;

    /** What a check forbids: why in few words, and the details of this pod. */
    record Violation(String reason, String detail) {}

    /** A pod or a pod template as checks see it; its containers are init, ordinary and ephemeral ones. */
    record Subject(Obj metadata, Obj spec, List<Obj> containers) {
        boolean windows() {
            return spec.text("os.name").equals("windows");
        }

        /** Whether the pod's user namespace keeps its root from being the node's. */
        boolean ownUsers() {
            return spec.has("hostUsers") && !spec.bool("hostUsers");
        }
    }

    /** A revision of a check, from a minor version on; it may stand in for a baseline check. */
    private record Check(String id, int since, String overrides, Function<Subject, Violation> test) {
        static Check of(String id, int since, Function<Subject, Violation> test) {
            return new Check(id, since, "", test);
        }
    }

    private static final List<Check> BASELINE = List.of(
            Check.of("appArmorProfile", 0, PodSecurityBaseline::appArmor),
            Check.of("capabilities_baseline", 0, PodSecurityBaseline::capabilities),
            Check.of("hostNamespaces", 0, PodSecurityBaseline::hostNamespaces),
            Check.of("hostPathVolumes", 0, PodSecurityBaseline::hostPaths),
            Check.of("hostPorts", 0, PodSecurityBaseline::hostPorts),
            Check.of("hostProbesAndHostLifecycle", 34, PodSecurityBaseline::hostProbes),
            Check.of("privileged", 0, PodSecurityBaseline::privileged),
            Check.of("procMount", 0, PodSecurityBaseline::procMount),
            Check.of("procMount", 35, pod -> pod.ownUsers() ? null : PodSecurityBaseline.procMount(pod)),
            Check.of("seLinuxOptions", 0, pod -> PodSecurityLinux.seLinux(pod, false)),
            Check.of("seLinuxOptions", 31, pod -> PodSecurityLinux.seLinux(pod, true)),
            Check.of("seccompProfile_baseline", 0, PodSecurityLinux::seccompAnnotations),
            Check.of("seccompProfile_baseline", 19, PodSecurityLinux::seccompBaseline),
            Check.of("sysctls", 0, pod -> PodSecurityLinux.sysctls(pod, 0)),
            Check.of("sysctls", 27, pod -> PodSecurityLinux.sysctls(pod, 27)),
            Check.of("sysctls", 29, pod -> PodSecurityLinux.sysctls(pod, 29)),
            Check.of("sysctls", 32, pod -> PodSecurityLinux.sysctls(pod, 32)),
            Check.of("windowsHostProcess", 0, PodSecurityBaseline::hostProcess));

    private static final List<Check> RESTRICTED = List.of(
            Check.of("allowPrivilegeEscalation", 8, PodSecurityRestricted::escalation),
            Check.of("allowPrivilegeEscalation", 25, unlessWindows(PodSecurityRestricted::escalation)),
            new Check("capabilities_restricted", 22, "capabilities_baseline", PodSecurityRestricted::capabilities),
            new Check(
                    "capabilities_restricted",
                    25,
                    "capabilities_baseline",
                    unlessWindows(PodSecurityRestricted::capabilities)),
            new Check("procMount_restricted", 35, "procMount", PodSecurityBaseline::procMount),
            new Check("restrictedVolumes", 0, "hostPathVolumes", PodSecurityRestricted::volumes),
            Check.of("runAsNonRoot", 0, PodSecurityRestricted::nonRoot),
            Check.of("runAsNonRoot", 35, pod -> pod.ownUsers() ? null : PodSecurityRestricted.nonRoot(pod)),
            Check.of("runAsUser", 23, PodSecurityRestricted::user),
            Check.of("runAsUser", 35, pod -> pod.ownUsers() ? null : PodSecurityRestricted.user(pod)),
            new Check("seccompProfile_restricted", 19, "seccompProfile_baseline", PodSecurityLinux::seccompRestricted),
            new Check(
                    "seccompProfile_restricted",
                    25,
                    "seccompProfile_baseline",
                    unlessWindows(PodSecurityLinux::seccompRestricted)));

    private final List<Violation> violations = new ArrayList<>();

    private PodSecurityChecks() {}

    private static Function<Subject, Violation> unlessWindows(Function<Subject, Violation> test) {
        return pod -> pod.windows() ? null : test.apply(pod);
    }

    /** What a pod's metadata and spec break of a level. */
    static PodSecurityChecks of(PodSecurityPolicy.Mode mode, Obj metadata, Obj spec) {
        PodSecurityChecks found = new PodSecurityChecks();
        if (mode.privileged()) {
            return found;
        }
        List<Obj> containers = new ArrayList<>(spec.list("initContainers"));
        containers.addAll(spec.list("containers"));
        containers.addAll(spec.list("ephemeralContainers"));
        Subject subject = new Subject(metadata, spec, containers);
        int minor = Math.min(mode.minor(), NEWEST);
        List<Check> restricted = mode.level().equals("restricted") ? at(RESTRICTED, minor) : List.of();
        Set<String> overridden =
                Set.copyOf(restricted.stream().map(Check::overrides).distinct().toList());
        for (Check check : at(BASELINE, minor)) {
            if (!overridden.contains(check.id())) {
                found.run(check, subject);
            }
        }
        restricted.forEach(check -> found.run(check, subject));
        return found;
    }

    /** The revisions that are in force at a minor version: of each check the last that is not newer. */
    private static List<Check> at(List<Check> checks, int minor) {
        List<Check> inForce = new ArrayList<>();
        for (Check check : checks) {
            if (check.since() > minor) {
                continue;
            }
            int last = inForce.size() - 1;
            if (last >= 0 && inForce.get(last).id().equals(check.id())) {
                inForce.set(last, check);
            } else {
                inForce.add(check);
            }
        }
        return inForce;
    }

    private void run(Check check, Subject subject) {
        Violation violation = check.test().apply(subject);
        if (violation != null) {
            violations.add(violation);
        }
    }

    /** Why it is forbidden, in few words; empty where it is not. */
    String reasons() {
        return String.join(", ", violations.stream().map(Violation::reason).toList());
    }

    /** Why it is forbidden, each reason with its details; empty where it is not. */
    String details() {
        return String.join(
                ", ",
                violations.stream()
                        .map(each ->
                                each.detail().isEmpty() ? each.reason() : each.reason() + " (" + each.detail() + ")")
                        .toList());
    }
}
