package dev.kubejar.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.kinds.rules.Claims;
import dev.kubejar.kinds.rules.Formats;
import dev.kubejar.kinds.rules.Resources;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of pods and of the specifications in templates. */
public final class PodRules {
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    private PodRules() {}

    /** A pod's creation or update. */
    public static void pod(Obj pod, Obj before, Problems problems) {
        whole(pod, problems);
        if (before != null) {
            PodUpdateRules.check(pod, before, problems);
            return;
        }
        if (!pod.list("spec.ephemeralContainers").isEmpty()) {
            problems.forbidden("spec.ephemeralContainers", "cannot be set on create");
        }
        if (!pod.text("spec.nodeName").isEmpty()
                && !pod.list("spec.schedulingGates").isEmpty()) {
            problems.forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared");
        }
        PodWarnings.pod(pod, problems);
    }

    private static void whole(Obj pod, Problems problems) {
        annotations(problems, pod);
        spec(problems, "spec", pod.obj("spec"), pod.obj("metadata"), true);
        podOnly(problems, pod);
    }

    /** An update of the resources of a pod's containers. */
    public static void resize(Obj pod, Obj before, Problems problems) {
        whole(pod, problems);
        PodResizeRules.check(pod, before, problems);
    }

    /** An update of a pod's ephemeral containers. */
    public static void ephemeralContainers(Obj pod, Obj before, Problems problems) {
        whole(pod, problems);
        EphemeralUpdateRules.check(pod, before, problems);
    }

    /** An update of a pod's status. */
    public static void status(Obj pod, Obj before, Problems problems) {
        if (before != null) {
            PodUpdateRules.status(pod, before, problems);
        }
    }

    private static void annotations(Problems problems, Obj pod) {
        Map<String, String> annotations = pod.annotations();
        if (annotations.containsKey(MIRROR) && pod.text("spec.nodeName").isEmpty()) {
            problems.invalid(
                    "metadata.annotations[" + MIRROR + "]",
                    annotations.get(MIRROR),
                    "must set spec.nodeName if mirror pod annotation is set");
        }
        String cost = annotations.get(DELETION_COST);
        if (cost != null && !integer(cost)) {
            problems.invalid("metadata.annotations[" + DELETION_COST + "]", cost, "must be a 32bit integer");
        }
    }

    private static boolean integer(String text) {
        try {
            Integer.parseInt(text);
            return !text.startsWith("+") && (text.equals("0") || !text.startsWith("0") && !text.startsWith("-0"));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void podOnly(Problems problems, Obj pod) {
        if (pod.text("spec.serviceAccountName").isEmpty()) {
            List<Obj> volumes = pod.list("spec.volumes");
            for (int i = 0; i < volumes.size(); i++) {
                List<Obj> sources = volumes.get(i).list("projected.sources");
                for (int j = 0; j < sources.size(); j++) {
                    if (sources.get(j).has("serviceAccountToken")) {
                        problems.forbidden(
                                "spec.volumes[" + i + "].projected.sources[" + j + "].serviceAccountToken",
                                "must not be specified when serviceAccountName is not set");
                    }
                }
            }
        }
        for (String list : List.of("containers", "initContainers")) {
            List<Obj> containers = pod.list("spec." + list);
            for (int i = 0; i < containers.size(); i++) {
                ContainerRules.image(problems, "spec." + list + "[" + i + "]", containers.get(i));
            }
        }
    }

    /** The PodTemplateSpec of a workload. */
    public static void template(Problems problems, String path, Obj template) {
        // The server leaves metadata out of these paths.
        Selectors.labels(problems, path + ".labels", template.labels());
        template.annotations().keySet().stream()
                .sorted()
                .forEach(key -> Values.named(
                        problems, path + ".annotations", key, Names.qualified(key.toLowerCase(java.util.Locale.ROOT))));
        spec(problems, path + ".spec", template.obj("spec"), Obj.create(), false);
        if (!template.list("spec.ephemeralContainers").isEmpty()) {
            problems.forbidden(path + ".spec.ephemeralContainers", "ephemeral containers not allowed in pod template");
        }
    }

    /** A PodSpec. */
    static void spec(Problems problems, String path, Obj spec, Obj meta, boolean isPod) {
        if (!spec.has("terminationGracePeriodSeconds")) {
            problems.required(path + ".terminationGracePeriodSeconds", "");
        }
        Map<String, Obj> volumes = VolumeRules.check(problems, path + ".volumes", spec.list("volumes"), meta, isPod);
        Set<String> claims = new HashSet<>();
        spec.list("resourceClaims").forEach(claim -> claims.add(claim.text("name")));
        claims.remove("");
        boolean mirror = meta.map("annotations").containsKey(MIRROR);
        Claims.declared(problems, path + ".resourceClaims", spec.list("resourceClaims"), mirror);
        Scope scope = new Scope(problems, spec, volumes, claims, isPod);
        ContainerRules.ordinary(scope, path + ".containers", spec.list("containers"));
        ContainerRules.init(scope, path + ".initContainers", spec.list("initContainers"), spec.list("containers"));
        ContainerRules.ephemeral(scope, path + ".ephemeralContainers", spec.list("ephemeralContainers"));
        podResources(scope, path + ".resources");
        hostPorts(scope, path);
        Values.oneOf(problems, path + ".restartPolicy", spec.text("restartPolicy"), "Always", "OnFailure", "Never");
        Values.oneOf(
                problems,
                path + ".dnsPolicy",
                spec.text("dnsPolicy"),
                "ClusterFirstWithHostNet",
                "ClusterFirst",
                "Default",
                "None");
        Selectors.labels(problems, path + ".nodeSelector", spec.map("nodeSelector"));
        SecurityRules.pod(scope, path);
        AffinityRules.affinity(problems, path + ".affinity", spec.obj("affinity"));
        dns(scope, path + ".dnsConfig");
        gates(problems, path, spec);
        AffinityRules.spread(problems, path + ".topologySpreadConstraints", spec.list("topologySpreadConstraints"));
        WindowsRules.hostProcess(scope, path);
        SecurityRules.hostUsers(scope, path);
        hostname(problems, path, spec);
        names(scope, path);
        SecurityRules.os(scope, path);
        files(scope, path);
    }

    private static void podResources(Scope scope, String path) {
        Obj spec = scope.spec();
        if (!spec.has("resources")) {
            return;
        }
        Problems problems = scope.problems();
        if (spec.text("os.name").equals("windows")) {
            problems.forbidden(path, "may not be set for a windows pod");
            return;
        }
        Obj resources = spec.obj("resources");
        if (resources.has("claims")) {
            problems.forbidden(path + ".claims", "claims may not be set for Resources at pod-level");
        }
        Resources.pod(problems, path, resources, scope.claims());
        Map<String, Quantity> requests = Resources.amounts(resources.obj("requests"));
        PodResources.requests(spec).forEach((name, sum) -> {
            Quantity own = requests.get(name);
            if (own != null && sum.compareTo(own) > 0) {
                problems.invalid(
                        path + ".requests[" + name + "]",
                        own.toString(),
                        "must be greater than or equal to aggregate container requests of " + sum);
            }
        });
        Map<String, Quantity> limits = Resources.amounts(resources.obj("limits"));
        PodResources.limits(spec).forEach((name, sum) -> {
            Quantity own = limits.get(name);
            if (Resources.hugePages(name) && own != null && sum.compareTo(own) > 0) {
                problems.invalid(
                        path + ".limits[" + name + "]",
                        own.toString(),
                        "must be greater than or equal to aggregate container limits of " + sum);
            }
        });
        List<Obj> containers = spec.list("containers");
        for (int i = 0; i < containers.size(); i++) {
            String at = path + ".containers[" + i + "]";
            Resources.amounts(containers.get(i).obj("resources.limits")).forEach((name, limit) -> {
                Quantity own = limits.get(name);
                if (own != null && limit.compareTo(own) > 0) {
                    problems.invalid(
                            at + "[" + name + "].limits",
                            limit.toString(),
                            "must be less than or equal to pod limits of " + own);
                }
            });
        }
    }

    private static void hostPorts(Scope scope, String path) {
        if (!scope.spec().bool("hostNetwork")) {
            return;
        }
        List<Obj> containers = scope.spec().list("containers");
        for (int i = 0; i < containers.size(); i++) {
            List<Obj> ports = containers.get(i).list("ports");
            for (int j = 0; j < ports.size(); j++) {
                long host = ports.get(j).number("hostPort");
                if ((scope.isPod() || host != 0) && host != ports.get(j).number("containerPort")) {
                    scope.problems()
                            .invalid(
                                    path + ".containers[" + i + "].ports[" + j + "].hostPort",
                                    host,
                                    "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void dns(Scope scope, String path) {
        Problems problems = scope.problems();
        Obj config = scope.spec().obj("dnsConfig");
        List<String> servers = config.texts("nameservers");
        if (scope.spec().text("dnsPolicy").equals("None")) {
            if (!scope.spec().has("dnsConfig")) {
                problems.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (servers.isEmpty()) {
                problems.required(
                        path + ".nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }
        if (servers.size() > 3) {
            problems.invalid(path + ".nameservers", config.at("nameservers"), "must not have more than 3 nameservers");
        }
        for (int i = 0; i < servers.size(); i++) {
            Addresses.check(problems, path + ".nameservers[" + i + "]", servers.get(i));
        }
        List<String> searches = config.texts("searches");
        if (searches.size() > 32) {
            problems.invalid(path + ".searches", config.at("searches"), "must not have more than 32 search paths");
        }
        if (String.join(" ", searches).length() > 2048) {
            problems.invalid(
                    path + ".searches",
                    config.at("searches"),
                    "must not have more than 2048 characters (including spaces) in the search list");
        }
        for (int i = 0; i < searches.size(); i++) {
            String search = searches.get(i);
            if (!search.equals(".")) {
                String name = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
                Values.named(problems, path + ".searches[" + i + "]", name, Formats.subdomainUnderscore(name));
            }
        }
        List<Obj> options = config.list("options");
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).text("name").isEmpty()) {
                problems.required(path + ".options[" + i + "]", "must not be empty");
            }
        }
    }

    private static void gates(Problems problems, String path, Obj spec) {
        List<Obj> readiness = spec.list("readinessGates");
        for (int i = 0; i < readiness.size(); i++) {
            String type = readiness.get(i).text("conditionType");
            Values.named(problems, path + ".readinessGates[" + i + "].conditionType", type, Names.qualified(type));
        }
        Set<String> seen = new HashSet<>();
        List<Obj> scheduling = spec.list("schedulingGates");
        for (int i = 0; i < scheduling.size(); i++) {
            String at = path + ".schedulingGates[" + i + "]";
            String name = scheduling.get(i).text("name");
            Values.named(problems, at, name, Names.qualified(name));
            if (!seen.add(name)) {
                problems.duplicate(at, name);
            }
        }
    }

    private static void hostname(Problems problems, String path, Obj spec) {
        if (!spec.has("hostnameOverride")) {
            return;
        }
        String at = path + ".hostnameOverride";
        String name = spec.text("hostnameOverride");
        if (spec.bool("setHostnameAsFQDN")) {
            problems.forbidden(at, "may not be specified when setHostnameAsFQDN is true");
        }
        if (spec.bool("hostNetwork")) {
            problems.forbidden(at, "may not be specified when hostNetwork is true");
        }
        if (name.length() > 64) {
            problems.tooLong(at, 64);
        }
        Values.named(problems, at, name, Names.subdomain(name));
    }

    private static void names(Scope scope, String path) {
        Obj spec = scope.spec();
        Problems problems = scope.problems();
        for (String field : List.of("serviceAccountName", "nodeName")) {
            optional(problems, path, spec, field, Names.subdomain(spec.text(field)));
        }
        if (spec.has("activeDeadlineSeconds")) {
            Values.range(
                    problems,
                    path + ".activeDeadlineSeconds",
                    spec.number("activeDeadlineSeconds"),
                    1,
                    Integer.MAX_VALUE);
        }
        optional(problems, path, spec, "hostname", Names.label(spec.text("hostname")));
        optional(problems, path, spec, "subdomain", Names.label(spec.text("subdomain")));
        AffinityRules.tolerations(problems, path + ".tolerations", spec.list("tolerations"));
        hostAliases(problems, path + ".hostAliases", spec.list("hostAliases"));
        optional(problems, path, spec, "priorityClassName", Names.subdomain(spec.text("priorityClassName")));
        if (spec.has("runtimeClassName")) {
            String name = spec.text("runtimeClassName");
            Values.named(problems, path + ".runtimeClassName", name, Names.subdomain(name));
        }
        if (spec.has("preemptionPolicy")) {
            Values.oneOf(
                    problems,
                    path + ".preemptionPolicy",
                    spec.text("preemptionPolicy"),
                    "PreemptLowerPriority",
                    "Never");
        }
        if (spec.has("overhead")) {
            Obj requirements =
                    Obj.create().set("limits", (JsonNode) spec.at("overhead").deepCopy());
            Resources.container(problems, path + ".overhead", requirements, Set.of());
        }
    }

    private static void optional(Problems problems, String path, Obj spec, String field, List<String> faults) {
        if (!spec.text(field).isEmpty()) {
            Values.named(problems, path + "." + field, spec.text(field), faults);
        }
    }

    private static void hostAliases(Problems problems, String path, List<Obj> aliases) {
        for (int i = 0; i < aliases.size(); i++) {
            Addresses.check(problems, path + "[" + i + "].ip", aliases.get(i).text("ip"));
            List<String> names = aliases.get(i).texts("hostnames");
            for (int j = 0; j < names.size(); j++) {
                Values.named(
                        problems,
                        path + "[" + i + "].hostnames[" + j + "]",
                        names.get(j),
                        Names.subdomain(names.get(j)));
            }
        }
    }

    private static void files(Scope scope, String path) {
        Obj spec = scope.spec();
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            List<Obj> containers = spec.list(list);
            for (int i = 0; i < containers.size(); i++) {
                List<Obj> variables = containers.get(i).list("env");
                for (int j = 0; j < variables.size(); j++) {
                    if (variables.get(j).has("valueFrom.fileKeyRef")) {
                        String name = variables.get(j).text("valueFrom.fileKeyRef.volumeName");
                        String at = path + "." + list + "[" + i + "].env[" + j + "].valueFrom.fileKeyRef.volumeName";
                        file(scope, at, name);
                    }
                }
            }
        }
    }

    private static void file(Scope scope, String path, String name) {
        for (Obj volume : scope.spec().list("volumes")) {
            if (volume.text("name").equals(name)) {
                if (!volume.has("emptyDir")) {
                    scope.problems().invalid(path, name, "referenced volume must be of type emptyDir");
                }
                return;
            }
        }
        scope.problems().notFound(path, name);
    }

    /** Writes the pod's own values of matchLabelKeys and mismatchLabelKeys into the selectors beside them. */
    public static void mergeLabelKeys(Obj pod) {
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            Obj affinity = pod.obj("spec.affinity." + kind);
            affinity.list("requiredDuringSchedulingIgnoredDuringExecution").forEach(term -> merge(pod, term));
            for (Obj weighted : affinity.list("preferredDuringSchedulingIgnoredDuringExecution")) {
                merge(pod, weighted.obj("podAffinityTerm"));
            }
        }
        pod.list("spec.topologySpreadConstraints").forEach(constraint -> merge(pod, constraint));
    }

    private static void merge(Obj pod, Obj term) {
        if (!term.has("labelSelector")) {
            return;
        }
        Map<String, String> labels = pod.labels();
        for (String list : List.of("matchLabelKeys", "mismatchLabelKeys")) {
            for (String key : term.texts(list)) {
                if (labels.containsKey(key)) {
                    term.obj("labelSelector")
                            .add(
                                    "matchExpressions",
                                    Obj.create()
                                            .set("key", key)
                                            .set("operator", list.equals("matchLabelKeys") ? "In" : "NotIn")
                                            .setTexts("values", List.of(labels.get(key))));
                }
            }
        }
    }
}
