package dev.kubejar.kinds.pod;

import dev.kubejar.kinds.rules.Formats;
import dev.kubejar.kinds.rules.Resources;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of ordinary, init and ephemeral containers. */
final class ContainerRules {
    private static final List<String> EPHEMERAL_FORBIDDEN = List.of(
            "ports",
            "resources",
            "resizePolicy",
            "restartPolicy",
            "restartPolicyRules",
            "livenessProbe",
            "readinessProbe",
            "startupProbe",
            "lifecycle");

    private ContainerRules() {}

    static void ordinary(Scope scope, String path, List<Obj> containers) {
        if (containers.isEmpty()) {
            scope.problems().required(path, "");
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            String at = path + "[" + i + "]";
            Obj container = containers.get(i);
            common(scope, at, container);
            if (!names.add(container.text("name"))) {
                scope.problems().duplicate(at + ".name", container.text("name"));
            }
            ProbeRules.lifecycle(scope, at, container);
            ProbeRules.probes(scope, at, container);
            restart(scope, at, container);
        }
        hostPorts(scope.problems(), path, containers);
    }

    static void init(Scope scope, String path, List<Obj> containers, List<Obj> regular) {
        Problems problems = scope.problems();
        Set<String> names = new HashSet<>();
        regular.forEach(container -> names.add(container.text("name")));
        for (int i = 0; i < containers.size(); i++) {
            String at = path + "[" + i + "]";
            Obj container = containers.get(i);
            common(scope, at, container);
            restart(scope, at, container);
            String name = container.text("name");
            if (names.contains(name)) {
                problems.duplicate(at + ".name", name);
            } else if (!name.isEmpty()) {
                names.add(name);
            }
            hostPorts(problems, path, List.of(container));
            boolean sidecar = container.text("restartPolicy").equals("Always");
            if (sidecar) {
                ProbeRules.lifecycle(scope, at, container);
                ProbeRules.probes(scope, at, container);
            } else {
                for (String field : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
                    if (container.has(field)) {
                        problems.forbidden(
                                at + "." + field, "may not be set for init containers without restartPolicy=Always");
                    }
                }
                List<Obj> policies = container.list("resizePolicy");
                for (int j = 0; j < policies.size(); j++) {
                    if (policies.get(j).text("restartPolicy").equals("RestartContainer")) {
                        problems.invalid(
                                at + ".resizePolicy[" + j + "].restartPolicy",
                                "RestartContainer",
                                "must not be set to 'RestartContainer' for non-sidecar initContainers");
                    }
                }
            }
        }
    }

    static void ephemeral(Scope scope, String path, List<Obj> containers) {
        Problems problems = scope.problems();
        Set<String> others = new HashSet<>();
        scope.spec().list("containers").forEach(each -> others.add(each.text("name")));
        scope.spec().list("initContainers").forEach(each -> others.add(each.text("name")));
        Set<String> names = new HashSet<>(others);
        for (int i = 0; i < containers.size(); i++) {
            String at = path + "[" + i + "]";
            Obj container = containers.get(i);
            common(scope, at, container);
            image(problems, at, container);
            if (!names.add(container.text("name"))) {
                problems.duplicate(at + ".name", container.text("name"));
            }
            String target = container.text("targetContainerName");
            if (!target.isEmpty() && !others.contains(target)) {
                problems.notFound(at + ".targetContainerName", target);
            }
            for (String field : EPHEMERAL_FORBIDDEN) {
                if (container.has(field) && !container.at(field).isEmpty()) {
                    problems.forbidden(at + "." + field, "cannot be set for an Ephemeral Container");
                }
            }
            List<Obj> mounts = container.list("volumeMounts");
            for (int j = 0; j < mounts.size(); j++) {
                for (String field : List.of("subPath", "subPathExpr")) {
                    if (!mounts.get(j).text(field).isEmpty()) {
                        problems.forbidden(
                                at + ".volumeMounts[" + j + "]." + field, "cannot be set for an Ephemeral Container");
                    }
                }
            }
        }
    }

    /** An image in a pod, not a template, may not be padded. */
    static void image(Problems problems, String path, Obj container) {
        String image = container.text("image");
        if (!image.equals(image.strip())) {
            problems.invalid(path + ".image", image, "must not have leading or trailing whitespace");
        }
    }

    private static void common(Scope scope, String path, Obj container) {
        Problems problems = scope.problems();
        if (Values.required(problems, path, container, "name")) {
            Values.named(problems, path + ".name", container.text("name"), Names.label(container.text("name")));
        }
        Values.required(problems, path, container, "image");
        Values.oneOf(
                problems,
                path + ".terminationMessagePolicy",
                container.text("terminationMessagePolicy"),
                "File",
                "FallbackToLogsOnError");
        ports(problems, path + ".ports", container.list("ports"));
        EnvRules.variables(problems, path + ".env", container.list("env"));
        EnvRules.sources(problems, path + ".envFrom", container.list("envFrom"));
        MountRules.check(scope, path, container);
        Values.oneOf(
                problems,
                path + ".imagePullPolicy",
                container.text("imagePullPolicy"),
                "Always",
                "IfNotPresent",
                "Never");
        Resources.container(problems, path + ".resources", container.obj("resources"), scope.claims());
        resizePolicy(scope, path + ".resizePolicy", container.list("resizePolicy"));
        SecurityRules.container(scope, path + ".securityContext", container);
    }

    private static void ports(Problems problems, String path, List<Obj> ports) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            String at = path + "[" + i + "]";
            Obj port = ports.get(i);
            String name = port.text("name");
            if (!name.isEmpty()) {
                List<String> faults = Formats.portName(name);
                Values.named(problems, at + ".name", name, faults);
                if (faults.isEmpty() && !names.add(name)) {
                    problems.duplicate(at + ".name", name);
                }
            }
            if (port.number("containerPort") == 0) {
                problems.required(at + ".containerPort", "");
            } else {
                Values.port(problems, at + ".containerPort", port.number("containerPort"));
            }
            if (port.number("hostPort") != 0) {
                Values.port(problems, at + ".hostPort", port.number("hostPort"));
            }
            Values.oneOf(problems, at + ".protocol", port.text("protocol"), "SCTP", "TCP", "UDP");
        }
    }

    private static void hostPorts(Problems problems, String path, List<Obj> containers) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            List<Obj> ports = containers.get(i).list("ports");
            for (int j = 0; j < ports.size(); j++) {
                Obj port = ports.get(j);
                String key = port.text("protocol") + "/" + port.text("hostIP") + "/" + port.number("hostPort");
                if (port.number("hostPort") != 0 && !taken.add(key)) {
                    problems.duplicate(path + "[" + i + "].ports[" + j + "].hostPort", key);
                }
            }
        }
    }

    private static void resizePolicy(Scope scope, String path, List<Obj> policies) {
        Problems problems = scope.problems();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < policies.size(); i++) {
            String resource = policies.get(i).text("resourceName");
            String restart = policies.get(i).text("restartPolicy");
            if (!seen.add(resource)) {
                problems.duplicate(path + "[" + i + "]", resource);
            }
            Values.oneOf(problems, path, resource, "cpu", "memory");
            Values.oneOf(problems, path, restart, "NotRequired", "RestartContainer");
            if (scope.restartPolicy().equals("Never") && !restart.equals("NotRequired")) {
                problems.invalid(path, restart, "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
            }
        }
    }

    private static void restart(Scope scope, String path, Obj container) {
        Problems problems = scope.problems();
        List<Obj> rules = container.list("restartPolicyRules");
        String at = path + ".restartPolicy";
        if (!container.has("restartPolicy")) {
            if (!rules.isEmpty()) {
                problems.required(at, "must specify restartPolicy when restart rules are used");
            }
            if (rules.isEmpty()) {
                return;
            }
        } else {
            Values.supported(problems, at, container.text("restartPolicy"), "Always", "Never", "OnFailure");
        }
        if (rules.size() > 20) {
            problems.tooMany(path + ".restartPolicyRules", rules.size(), 20);
        }
        for (int i = 0; i < rules.size(); i++) {
            String rulePath = path + ".restartPolicyRules[" + i + "]";
            Obj rule = rules.get(i);
            Values.supported(problems, rulePath + ".action", rule.text("action"), "Restart", "RestartAllContainers");
            if (rule.has("exitCodes")) {
                Values.supported(
                        problems, rulePath + ".exitCodes.operator", rule.text("exitCodes.operator"), "In", "NotIn");
                int count = rule.at("exitCodes.values").size();
                if (count > 255) {
                    problems.tooMany(rulePath + ".exitCodes.values", count, 255);
                }
            } else {
                problems.required(rulePath + ".exitCodes", "must be specified");
            }
        }
    }
}
