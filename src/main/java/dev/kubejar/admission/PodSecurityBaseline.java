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
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The baseline level of the Pod Security Standards: nothing that is known to lead out of a container. */
final class PodSecurityBaseline {
    private static final Set<String> DEFAULT_CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");
    private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final List<String> HOSTS = List.of(
            "livenessProbe.httpGet.host",
            "livenessProbe.tcpSocket.host",
            "readinessProbe.httpGet.host",
            "readinessProbe.tcpSocket.host",
            "startupProbe.httpGet.host",
            "startupProbe.tcpSocket.host",
            "lifecycle.postStart.httpGet.host",
            "lifecycle.postStart.tcpSocket.host",
            "lifecycle.preStop.httpGet.host",
            "lifecycle.preStop.tcpSocket.host");

    private PodSecurityBaseline() {}

    static Violation appArmor(Subject pod) {
        Set<String> values = new TreeSet<>();
        boolean self = badProfile(pod.spec(), values);
        List<String> bad = names(pod.containers(), each -> badProfile(each, values));
        String setters = setters(self, bad);
        List<String> annotations = new ArrayList<>();
        pod.metadata().map("annotations").forEach((key, value) -> {
            if (key.startsWith(APPARMOR) && !allowedProfile(value)) {
                annotations.add(key + "=" + GoText.quoted(value));
            }
        });
        List<String> all = new ArrayList<>(values);
        if (!annotations.isEmpty()) {
            annotations.stream().sorted().forEach(all::add);
            setters += (setters.isEmpty() ? "" : " and ") + plural("annotation", "annotations", annotations.size());
        }
        return setters.isEmpty()
                ? null
                : new Violation(
                        plural("forbidden AppArmor profile", "forbidden AppArmor profiles", all.size()),
                        setters + " must not set AppArmor profile type to " + quoted(all));
    }

    private static boolean badProfile(Obj holder, Collection<String> values) {
        if (!holder.has("securityContext.appArmorProfile")) {
            return false;
        }
        String type = holder.text("securityContext.appArmorProfile.type");
        boolean bad = !type.equals("RuntimeDefault") && !type.equals("Localhost");
        return bad && (values.add(type) || true);
    }

    private static boolean allowedProfile(String annotation) {
        return annotation.isEmpty() || annotation.equals("runtime/default") || annotation.startsWith("localhost/");
    }

    static Violation capabilities(Subject pod) {
        Set<String> added = new TreeSet<>();
        List<String> bad = names(pod.containers(), each -> {
            List<String> beyond = new ArrayList<>(each.texts("securityContext.capabilities.add"));
            beyond.removeAll(DEFAULT_CAPABILITIES);
            added.addAll(beyond);
            return !beyond.isEmpty();
        });
        return bad.isEmpty()
                ? null
                : new Violation(
                        "non-default capabilities",
                        containers(bad) + " must not include " + quoted(added)
                                + " in securityContext.capabilities.add");
    }

    static Violation hostNamespaces(Subject pod) {
        List<String> shared = new ArrayList<>();
        for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (pod.spec().bool(field)) {
                shared.add(field + "=true");
            }
        }
        return shared.isEmpty() ? null : new Violation("host namespaces", String.join(", ", shared));
    }

    static Violation hostPaths(Subject pod) {
        List<String> volumes = names(pod.spec().list("volumes"), each -> each.has("hostPath"));
        return volumes.isEmpty()
                ? null
                : new Violation(
                        "hostPath volumes", plural("volume", "volumes", volumes.size()) + " " + quoted(volumes));
    }

    static Violation hostPorts(Subject pod) {
        Set<String> ports = new TreeSet<>();
        List<String> bad = names(pod.containers(), each -> {
            boolean uses = false;
            for (Obj port : each.list("ports")) {
                if (port.number("hostPort") != 0) {
                    ports.add(Long.toString(port.number("hostPort")));
                    uses = true;
                }
            }
            return uses;
        });
        return bad.isEmpty()
                ? null
                : new Violation(
                        "hostPort",
                        containers(bad) + plural(" uses ", " use ", bad.size())
                                + plural("hostPort", "hostPorts", ports.size()) + " " + String.join(", ", ports));
    }

    static Violation hostProbes(Subject pod) {
        Set<String> hosts = new TreeSet<>();
        Set<String> bad = new TreeSet<>(names(pod.containers(), each -> {
            boolean uses = false;
            for (String field : HOSTS) {
                if (!each.text(field).isEmpty()) {
                    hosts.add(each.text(field));
                    uses = true;
                }
            }
            return uses;
        }));
        return bad.isEmpty()
                ? null
                : new Violation(
                        "probe or lifecycle host",
                        containers(bad) + plural(" uses ", " use ", bad.size())
                                + plural("probe or lifecycle host", "probe or lifecycle hosts", hosts.size()) + " "
                                + quoted(hosts));
    }

    static Violation privileged(Subject pod) {
        List<String> bad = names(pod.containers(), each -> each.bool("securityContext.privileged"));
        return bad.isEmpty()
                ? null
                : new Violation("privileged", containers(bad) + " must not set securityContext.privileged=true");
    }

    static Violation procMount(Subject pod) {
        Set<String> types = new TreeSet<>();
        List<String> bad = names(pod.containers(), each -> {
            String type = each.text("securityContext.procMount", "Default");
            return !type.equals("Default") && (types.add(type) || true);
        });
        return bad.isEmpty()
                ? null
                : new Violation(
                        "procMount", containers(bad) + " must not set securityContext.procMount to " + quoted(types));
    }

    static Violation hostProcess(Subject pod) {
        String field = "securityContext.windowsOptions.hostProcess";
        String setters = setters(pod.spec().bool(field), names(pod.containers(), each -> each.bool(field)));
        return setters.isEmpty()
                ? null
                : new Violation(
                        "hostProcess", setters + " must not set securityContext.windowsOptions.hostProcess=true");
    }
}
