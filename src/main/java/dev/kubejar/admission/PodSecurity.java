package dev.kubejar.admission;

import dev.kubejar.api.Admission;
import dev.kubejar.api.Attributes;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Pods keep to the Pod Security Standards that their namespace's labels ask for; templates of pods are warned about. */
final class PodSecurity implements Admission {
    private static final Set<String> IGNORED_PARTS =
            Set.of("exec", "attach", "binding", "eviction", "log", "portforward", "proxy", "status");
    private static final int MOST_PODS = 3000;

    @Override
    public void validate(Attributes request) {
        if (request.deletes()) {
            return;
        }
        if (request.aboutAny(Resources.NAMESPACES)) {
            namespace(request);
        } else if (request.aboutAny(Resources.PODS)) {
            pod(request);
        } else if (request.subresource().isEmpty()) {
            String template = template(request.resource().groupResource());
            if (template != null) {
                template(request, template);
            }
        }
    }

    /** Where a workload keeps its pod template; null for what has none. */
    private static String template(String resource) {
        return switch (resource) {
            case "podtemplates" -> "template";
            case "replicationcontrollers", "replicasets.apps", "deployments.apps" -> "spec.template";
            case "statefulsets.apps", "daemonsets.apps", "jobs.batch" -> "spec.template";
            case "cronjobs.batch" -> "spec.jobTemplate.spec.template";
            default -> null;
        };
    }

    private static void pod(Attributes request) {
        if (IGNORED_PARTS.contains(request.subresource())) {
            return;
        }
        PodSecurityPolicy policy = policy(request);
        if (policy.privileged() || request.updates() && !significant(request.object(), request.before())) {
            return;
        }
        Obj metadata = request.object().obj("metadata");
        Obj spec = request.object().obj("spec");
        String violations =
                PodSecurityChecks.of(policy.enforce(), metadata, spec).details();
        if (!violations.isEmpty()) {
            throw ApiError.forbidden(
                    request.resource(),
                    request.name(),
                    "violates PodSecurity " + GoText.quoted(policy.enforce().text()) + ": " + violations);
        }
        warn(request, policy, metadata, spec);
    }

    private static void template(Attributes request, String path) {
        PodSecurityPolicy policy = policy(request);
        if (!policy.warn().privileged() && request.object().has(path)) {
            warn(
                    request,
                    policy,
                    request.object().obj(path + ".metadata"),
                    request.object().obj(path + ".spec"));
        }
    }

    private static void warn(Attributes request, PodSecurityPolicy policy, Obj metadata, Obj spec) {
        String violations = PodSecurityChecks.of(policy.warn(), metadata, spec).details();
        if (!violations.isEmpty()) {
            request.warn(
                    "would violate PodSecurity " + GoText.quoted(policy.warn().text()) + ": " + violations);
        }
    }

    private static PodSecurityPolicy policy(Attributes request) {
        Obj namespace = request.reader().find(Resources.NAMESPACES, "", request.namespace());
        return PodSecurityPolicy.of(namespace == null ? Map.of() : namespace.labels());
    }

    /** Whether an update brings in a container or an image that has not been judged. */
    private static boolean significant(Obj pod, Obj before) {
        for (String field : List.of("spec.containers", "spec.initContainers")) {
            List<Obj> now = pod.list(field);
            List<Obj> then = before.list(field);
            if (now.size() != then.size()) {
                return true;
            }
            for (int i = 0; i < now.size(); i++) {
                if (!now.get(i).text("image").equals(then.get(i).text("image"))) {
                    return true;
                }
            }
        }
        Map<String, String> images = new TreeMap<>();
        before.list("spec.ephemeralContainers").forEach(each -> images.put(each.text("name"), each.text("image")));
        return pod.list("spec.ephemeralContainers").stream()
                .anyMatch(each -> !each.text("image").equals(images.get(each.text("name"))));
    }

    private static void namespace(Attributes request) {
        if (!request.subresource().isEmpty()) {
            return;
        }
        PodSecurityPolicy now = PodSecurityPolicy.of(request.object().labels());
        if (request.creates()) {
            refuse(request, now.faults());
            return;
        }
        PodSecurityPolicy then = PodSecurityPolicy.of(request.before().labels());
        if (!now.faults().equals(then.faults())) {
            refuse(request, now.faults());
        }
        PodSecurityPolicy.Mode enforce = now.enforce();
        boolean relaxed = enforce.version().equals(then.enforce().version())
                && enforce.rank() <= then.enforce().rank();
        if (!enforce.equals(then.enforce()) && !enforce.privileged() && !relaxed) {
            existing(request, enforce);
        }
    }

    private static void refuse(Attributes request, List<ApiError.Cause> faults) {
        if (!faults.isEmpty()) {
            throw ApiError.invalid("", "Namespace", request.name(), faults);
        }
    }

    /** Warns about the pods that are there and would not be let in any more, grouped by what is wrong with them. */
    private static void existing(Attributes request, PodSecurityPolicy.Mode enforce) {
        List<Obj> pods = prioritized(request.reader().list(Resources.PODS, request.name()));
        Map<String, List<String>> names = new TreeMap<>();
        int checked = Math.min(pods.size(), MOST_PODS);
        for (Obj pod : pods.subList(0, checked)) {
            String reasons = PodSecurityChecks.of(enforce, pod.obj("metadata"), pod.obj("spec"))
                    .reasons();
            if (!reasons.isEmpty()) {
                names.computeIfAbsent(reasons, key -> new ArrayList<>()).add(pod.name());
            }
        }
        if (checked < pods.size()) {
            request.warn("new PodSecurity enforce level only checked against the first " + checked + " of "
                    + pods.size() + " existing pods");
        }
        if (!names.isEmpty()) {
            request.warn("existing pods in namespace " + GoText.quoted(request.name())
                    + " violate the new PodSecurity enforce level " + GoText.quoted(enforce.text()));
        }
        List<String> lines = new ArrayList<>();
        names.forEach((reasons, group) -> lines.add(first(group) + ": " + reasons));
        lines.stream().sorted().forEach(request::warn);
    }

    private static String first(List<String> names) {
        String first = names.stream().sorted().findFirst().orElseThrow();
        return switch (names.size()) {
            case 1 -> first;
            case 2 -> first + " (and 1 other pod)";
            default -> first + " (and " + (names.size() - 1) + " other pods)";
        };
    }

    /** One pod of each controller comes before the controller's others. */
    private static List<Obj> prioritized(List<Obj> pods) {
        List<Obj> first = new ArrayList<>();
        List<Obj> others = new ArrayList<>();
        Set<String> controllers = new HashSet<>();
        for (Obj pod : pods) {
            Obj controller = pod.controller();
            boolean seen = controller != null && !controllers.add(controller.text("uid"));
            (seen ? others : first).add(pod);
        }
        first.addAll(others);
        return first;
    }
}
