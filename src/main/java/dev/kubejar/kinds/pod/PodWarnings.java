package dev.kubejar.kinds.pod;

import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the server warns of in a pod or template that it accepts. */
public final class PodWarnings {
    private static final List<String> LISTS = List.of("initContainers", "containers", "ephemeralContainers");
    private static final String NULL_SELECTOR = ": a null labelSelector results in matching no pod";
    private static final String[][] NODE_LABELS = {
        {"beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead"},
        {"beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead"},
        {
            "failure-domain.beta.kubernetes.io/region",
            "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead"
        },
        {"failure-domain.beta.kubernetes.io/zone", "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead"
        },
        {"beta.kubernetes.io/instance-type", "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead"
        },
        {"app.kubernetes.io/created-by", "deprecated since v1.9"},
        {"scheduler.alpha.kubernetes.io/preferAvoidPods", "deprecated since v1.22; use Taints and Tolerations instead"},
        {"node-role.kubernetes.io/master", "use \"node-role.kubernetes.io/control-plane\" instead"}
    };
    private static final String[][] ANNOTATIONS = {
        {
            "scheduler.alpha.kubernetes.io/critical-pod",
            "non-functional in v1.16+; use the \"priorityClassName\" field instead"
        },
        {"security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"},
        {"security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"}
    };
    private static final String[][] VOLUMES = {
        {"photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"},
        {"gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"},
        {"scaleIO", "deprecated in v1.16, non-functional in v1.22+"},
        {"flocker", "deprecated in v1.22, non-functional in v1.25+"},
        {"storageos", "deprecated in v1.22, non-functional in v1.25+"},
        {"quobyte", "deprecated in v1.22, non-functional in v1.25+"},
        {"glusterfs", "deprecated in v1.25, non-functional in v1.26+"},
        {"cephfs", "deprecated in v1.28, non-functional in v1.31+"},
        {"rbd", "deprecated in v1.28, non-functional in v1.31+"}
    };

    private PodWarnings() {}

    /** Of a new pod. */
    static void pod(Obj pod, Problems problems) {
        List<String> faults = Names.label(pod.name());
        if (!faults.isEmpty()) {
            problems.warn(
                    "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a"
                            + " DNS label is recommended: [" + String.join(" ", faults) + "]");
        }
        warn("", pod, problems);
    }

    /** Of a template at a path: {@code spec.template}. */
    public static void template(String path, Obj template, Problems problems) {
        warn(path + ".", template, problems);
    }

    private static void warn(String prefix, Obj pod, Problems problems) {
        Obj spec = pod.obj("spec");
        String path = prefix + "spec";
        placement(problems, path, spec);
        for (String[] each : ANNOTATIONS) {
            if (pod.annotations().containsKey(each[0])) {
                problems.warn(prefix + "metadata.annotations[" + each[0] + "]: " + each[1]);
            }
        }
        volumes(problems, path, spec.list("volumes"));
        VolumeOverlaps.warn(spec.list("volumes"), problems);
        repeated(problems, path + ".hostAliases", spec.list("hostAliases"), "ip", "duplicate ip");
        repeated(problems, path + ".imagePullSecrets", spec.list("imagePullSecrets"), "name", "duplicate name");
        List<Obj> secrets = spec.list("imagePullSecrets");
        for (int i = 0; i < secrets.size(); i++) {
            if (secrets.get(i).text("name").isEmpty()) {
                problems.warn(path + ".imagePullSecrets[" + i + "].name: invalid empty name \"\"");
            }
        }
        fractions(problems, path + ".overhead", spec.obj("overhead"));
        for (String list : LISTS) {
            List<Obj> containers = spec.list(list);
            for (int i = 0; i < containers.size(); i++) {
                container(problems, path + "." + list + "[" + i + "]", containers.get(i));
            }
        }
        ports(problems, path, spec);
        if (spec.number("terminationGracePeriodSeconds") < 0) {
            problems.warn(path + ".terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be"
                    + " treated as 1");
        }
        podAffinity(problems, path, spec);
        addresses(problems, path, spec);
    }

    private static void placement(Problems problems, String path, Obj spec) {
        for (String key : new TreeMap<>(spec.map("nodeSelector")).keySet()) {
            String message = deprecated(key);
            if (message != null) {
                problems.warn(path + ".nodeSelector[" + key + "]: " + message);
            }
        }
        Obj affinity = spec.obj("affinity.nodeAffinity");
        String required = "requiredDuringSchedulingIgnoredDuringExecution";
        String preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        String at = path + ".affinity.nodeAffinity.";
        List<Obj> terms = affinity.list(required + ".nodeSelectorTerms");
        for (int i = 0; i < terms.size(); i++) {
            nodeTerm(problems, at + required + ".nodeSelectorTerms[" + i + "]", terms.get(i), false);
        }
        List<Obj> weighted = affinity.list(preferred);
        for (int i = 0; i < weighted.size(); i++) {
            nodeTerm(
                    problems,
                    at + preferred + "[" + i + "].preference",
                    weighted.get(i).obj("preference"),
                    true);
        }
        List<Obj> constraints = spec.list("topologySpreadConstraints");
        for (int i = 0; i < constraints.size(); i++) {
            String key = constraints.get(i).text("topologyKey");
            String where = path + ".topologySpreadConstraints[" + i + "]";
            if (deprecated(key) != null) {
                problems.warn(where + ".topologyKey: " + key + " is " + deprecated(key));
            }
            if (!constraints.get(i).has("labelSelector")) {
                problems.warn(where + ".labelSelector" + NULL_SELECTOR);
            }
        }
    }

    /** Labels of nodes that have new names, and values that no label has. */
    public static void nodeTerm(Problems problems, String path, Obj term, boolean checkValues) {
        List<Obj> expressions = term.list("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            String key = expressions.get(i).text("key");
            String at = path + ".matchExpressions[" + i + "]";
            if (deprecated(key) != null) {
                problems.warn(at + ".key: " + key + " is " + deprecated(key));
            }
            List<String> values = expressions.get(i).texts("values");
            for (int j = 0; checkValues && j < values.size(); j++) {
                for (String fault : Names.labelValue(values.get(j))) {
                    problems.warn(at + ".values[" + j + "]: " + values.get(j) + " is invalid, " + fault);
                }
            }
        }
    }

    private static String deprecated(String label) {
        for (String[] each : NODE_LABELS) {
            if (each[0].equals(label)) {
                return each[1];
            }
        }
        return null;
    }

    private static void volumes(Problems problems, String path, List<Obj> volumes) {
        for (int i = 0; i < volumes.size(); i++) {
            for (String[] each : VOLUMES) {
                if (volumes.get(i).has(each[0])) {
                    String shown = each[0].equals("storageos") ? "storageOS" : each[0];
                    problems.warn(path + ".volumes[" + i + "]." + shown + ": " + each[1]);
                }
            }
        }
    }

    private static void repeated(Problems problems, String path, List<Obj> items, String field, String text) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String value = items.get(i).text(field);
            if (!seen.add(value)) {
                problems.warn(path + "[" + i + "]." + field + ": " + text + " " + Problems.quoted(value));
            }
        }
    }

    private static void fractions(Problems problems, String path, Obj list) {
        for (String name : List.of("memory", "ephemeral-storage")) {
            Quantity amount = Quantity.of(list.node().path(name));
            if (amount.milliValue() % 1000 != 0) {
                problems.warn(path + "[" + name + "]: fractional byte value " + Problems.quoted(amount.toString())
                        + " is invalid, must be an integer");
            }
        }
    }

    private static void container(Problems problems, String path, Obj container) {
        for (String name : List.of("memory", "ephemeral-storage")) {
            for (String list : List.of("limits", "requests")) {
                Quantity amount =
                        Quantity.of(container.obj("resources." + list).node().path(name));
                if (amount.milliValue() % 1000 != 0) {
                    problems.warn(path + ".resources." + list + "[" + name + "]: fractional byte value "
                            + Problems.quoted(amount.toString()) + " is invalid, must be an integer");
                }
            }
        }
        Set<String> names = new HashSet<>();
        List<Obj> variables = container.list("env");
        for (int i = 0; i < variables.size(); i++) {
            String name = variables.get(i).text("name");
            if (names.add(name)) {
                continue;
            }
            String ref = "$(" + name + ")";
            String value = variables.get(i).text("value");
            if (variables.get(i).has("valueFrom") || value.equals(ref) || !value.contains(ref)) {
                problems.warn(path + ".env[" + i + "]: hides previous definition of " + Problems.quoted(name)
                        + ", which may be dropped when using apply");
            }
        }
    }

    private record PortAt(String path, Obj port) {}

    private static void ports(Problems problems, String path, Obj spec) {
        Map<String, List<PortAt>> byNumber = new HashMap<>();
        List<PortAt> all = new ArrayList<>();
        for (String list : LISTS) {
            List<Obj> containers = spec.list(list);
            for (int i = 0; i < containers.size(); i++) {
                List<Obj> ports = containers.get(i).list("ports");
                for (int j = 0; j < ports.size(); j++) {
                    all.add(new PortAt(path + "." + list + "[" + i + "].ports[" + j + "]", ports.get(j)));
                }
            }
        }
        for (PortAt each : all) {
            Obj port = each.port;
            if (!port.text("hostIP").isEmpty() && port.number("hostPort") == 0) {
                problems.warn(each.path + ": hostIP set without hostPort: {Name:" + port.text("name") + " HostPort:0"
                        + " ContainerPort:" + port.number("containerPort") + " Protocol:" + port.text("protocol")
                        + " HostIP:" + port.text("hostIP") + "}");
            }
            String key = port.number("containerPort") + "/" + port.text("protocol");
            List<PortAt> others = byNumber.computeIfAbsent(key, none -> new ArrayList<>());
            others.forEach(other -> clash(problems, each, other));
            others.add(each);
        }
        Map<String, String> names = new HashMap<>();
        for (PortAt each : all) {
            String name = each.port.text("name");
            String other = name.isEmpty() ? null : names.putIfAbsent(name, each.path);
            if (other != null) {
                problems.warn(each.path + ": duplicate port name " + Problems.quoted(name) + " with " + other
                        + ", services and probes that select ports by name will use " + other);
            }
        }
    }

    private static void clash(Problems problems, PortAt each, PortAt other) {
        boolean sameHost = each.port.text("hostIP").equals(other.port.text("hostIP"));
        long mine = each.port.number("hostPort");
        long theirs = other.port.number("hostPort");
        boolean anyHost =
                each.port.text("hostIP").isEmpty() != other.port.text("hostIP").isEmpty();
        if (sameHost && mine == theirs) {
            problems.warn(each.path + ": duplicate port definition with " + other.path);
        } else if (mine == 0 || theirs == 0) {
            problems.warn(each.path + ": overlapping port definition with " + other.path);
        } else if (mine == theirs && anyHost) {
            problems.warn(each.path + ": dangerously ambiguous port definition with " + other.path);
        }
    }

    private static void podAffinity(Problems problems, String path, Obj spec) {
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            Obj affinity = spec.obj("affinity." + kind);
            String at = path + ".affinity." + kind;
            String required = "requiredDuringSchedulingIgnoredDuringExecution";
            List<Obj> terms = affinity.list(required);
            for (int i = 0; i < terms.size(); i++) {
                if (!terms.get(i).has("labelSelector")) {
                    problems.warn(at + "." + required + "[" + i + "].labelSelector" + NULL_SELECTOR);
                }
            }
            String preferred = "preferredDuringSchedulingIgnoredDuringExecution";
            List<Obj> weighted = affinity.list(preferred);
            for (int i = 0; i < weighted.size(); i++) {
                if (!weighted.get(i).has("podAffinityTerm.labelSelector")) {
                    problems.warn(at + "." + preferred + "[" + i + "].podAffinityTerm.labelSelector" + NULL_SELECTOR);
                }
            }
        }
    }

    private static void addresses(Problems problems, String path, Obj spec) {
        List<String> servers = spec.texts("dnsConfig.nameservers");
        for (int i = 0; i < servers.size(); i++) {
            address(problems, path + ".dnsConfig.nameservers[" + i + "]", servers.get(i));
        }
        List<Obj> aliases = spec.list("hostAliases");
        for (int i = 0; i < aliases.size(); i++) {
            address(
                    problems,
                    path + ".hostAliases[" + i + "].ip",
                    aliases.get(i).text("ip"));
        }
    }

    private static void address(Problems problems, String path, String text) {
        String warning = Addresses.warning(path, text);
        if (warning != null) {
            problems.warn(warning);
        }
    }
}
