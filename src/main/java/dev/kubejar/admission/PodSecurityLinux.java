package dev.kubejar.admission;

import static dev.kubejar.admission.PodSecurityWords.containers;
import static dev.kubejar.admission.PodSecurityWords.names;
import static dev.kubejar.admission.PodSecurityWords.plural;
import static dev.kubejar.admission.PodSecurityWords.quoted;
import static dev.kubejar.admission.PodSecurityWords.setters;

import dev.kubejar.admission.PodSecurityChecks.Subject;
import dev.kubejar.admission.PodSecurityChecks.Violation;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The checks of the Pod Security Standards about the kernel's own means: SELinux, seccomp and sysctls. */
final class PodSecurityLinux {
    private static final Set<String> SELINUX_TYPES = Set.of("", "container_t", "container_init_t", "container_kvm_t");
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";

    /** Each safe sysctl with the minor version of the policy that allowed it. */
    private static final Map<String, Integer> SYSCTLS = Map.ofEntries(
            Map.entry("kernel.shm_rmid_forced", 0),
            Map.entry("net.ipv4.ip_local_port_range", 0),
            Map.entry("net.ipv4.tcp_syncookies", 0),
            Map.entry("net.ipv4.ping_group_range", 0),
            Map.entry("net.ipv4.ip_unprivileged_port_start", 0),
            Map.entry("net.ipv4.ip_local_reserved_ports", 27),
            Map.entry("net.ipv4.tcp_keepalive_time", 29),
            Map.entry("net.ipv4.tcp_fin_timeout", 29),
            Map.entry("net.ipv4.tcp_keepalive_intvl", 29),
            Map.entry("net.ipv4.tcp_keepalive_probes", 29),
            Map.entry("net.ipv4.tcp_rmem", 32),
            Map.entry("net.ipv4.tcp_wmem", 32));

    private PodSecurityLinux() {}

    static Violation seLinux(Subject pod, boolean engine) {
        Set<String> types = new TreeSet<>();
        boolean[] set = new boolean[2];
        boolean self = badSeLinux(pod.spec(), engine, types, set);
        String setters = setters(self, names(pod.containers(), each -> badSeLinux(each, engine, types, set)));
        if (setters.isEmpty()) {
            return null;
        }
        List<String> faults = new ArrayList<>();
        if (!types.isEmpty()) {
            faults.add(plural("type", "types", types.size()) + " " + quoted(types));
        }
        if (set[0]) {
            faults.add("user may not be set");
        }
        if (set[1]) {
            faults.add("role may not be set");
        }
        return new Violation(
                "seLinuxOptions",
                setters + " set forbidden securityContext.seLinuxOptions: " + String.join("; ", faults));
    }

    private static boolean badSeLinux(Obj holder, boolean engine, Set<String> types, boolean[] set) {
        Obj options = holder.obj("securityContext.seLinuxOptions");
        String type = options.text("type");
        boolean badType = !SELINUX_TYPES.contains(type) && !(engine && type.equals("container_engine_t"));
        if (badType) {
            types.add(type);
        }
        boolean user = !options.text("user").isEmpty();
        boolean role = !options.text("role").isEmpty();
        set[0] |= user;
        set[1] |= role;
        return badType || user || role;
    }

    static Violation seccompAnnotations(Subject pod) {
        Set<String> forbidden = new TreeSet<>();
        Map<String, String> annotations = pod.metadata().map("annotations");
        List<String> keys = new ArrayList<>(List.of(SECCOMP_POD));
        pod.containers().forEach(each -> keys.add(SECCOMP_CONTAINER + each.text("name")));
        for (String key : keys) {
            String value = annotations.getOrDefault(key, "runtime/default");
            if (!value.equals("runtime/default")
                    && !value.equals("docker/default")
                    && !value.startsWith("localhost/")) {
                forbidden.add(key + "=" + GoText.quoted(value));
            }
        }
        return forbidden.isEmpty()
                ? null
                : new Violation(
                        "seccompProfile",
                        "forbidden " + plural("annotation", "annotations", forbidden.size()) + " "
                                + String.join(", ", forbidden));
    }

    static Violation seccompBaseline(Subject pod) {
        Set<String> values = new TreeSet<>();
        boolean self = badSeccomp(pod.spec(), values);
        String setters = setters(self, names(pod.containers(), each -> badSeccomp(each, values)));
        return setters.isEmpty()
                ? null
                : new Violation(
                        "seccompProfile",
                        setters + " must not set securityContext.seccompProfile.type to " + quoted(values));
    }

    static Violation seccompRestricted(Subject pod) {
        Violation explicit = seccompBaseline(pod);
        if (explicit != null || pod.spec().has("securityContext.seccompProfile")) {
            return explicit;
        }
        List<String> missing = names(pod.containers(), each -> !each.has("securityContext.seccompProfile"));
        return missing.isEmpty()
                ? null
                : new Violation(
                        "seccompProfile",
                        "pod or " + containers(missing)
                                + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"");
    }

    private static boolean badSeccomp(Obj holder, Set<String> values) {
        if (!holder.has("securityContext.seccompProfile")) {
            return false;
        }
        String type = holder.text("securityContext.seccompProfile.type");
        boolean bad = !type.equals("RuntimeDefault") && !type.equals("Localhost");
        return bad && (values.add(type) || true);
    }

    /** What is not among the sysctls that are safe in the policy of a minor version. */
    static Violation sysctls(Subject pod, int minor) {
        List<String> unsafe = names(
                pod.spec().list("securityContext.sysctls"),
                each -> SYSCTLS.getOrDefault(each.text("name"), Integer.MAX_VALUE) > minor);
        return unsafe.isEmpty() ? null : new Violation("forbidden sysctls", String.join(", ", unsafe));
    }
}
