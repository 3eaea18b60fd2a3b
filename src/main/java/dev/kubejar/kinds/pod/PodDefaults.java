package dev.kubejar.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Map;

/** What the server fills into a pod's specification, in pods and in the templates of workloads. */
public final class PodDefaults {
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    private PodDefaults() {}

    /** Defaults of a pod itself: those of its specification, and what only pods get. */
    public static void pod(Obj pod) {
        Obj spec = pod.child("spec");
        spec(spec);
        for (String list : List.of("containers", "initContainers")) {
            for (Obj container : spec.list(list)) {
                requestsFromLimits(container);
                if (spec.bool("hostNetwork")) {
                    hostPorts(container);
                }
            }
        }
        podLevel(spec);
        spec.orSet("enableServiceLinks", true);
        if (spec.number("terminationGracePeriodSeconds") < 0) {
            spec.set("terminationGracePeriodSeconds", 1);
        }
    }

    /** Defaults of a template: {@code path} leads to the PodTemplateSpec. */
    public static void template(Obj owner, String path) {
        if (owner.has(path)) {
            spec(owner.obj(path).child("spec"));
        }
    }

    /** Defaults of a template that is always there: {@code path} leads to the PodTemplateSpec. */
    public static void requiredTemplate(Obj owner, String path) {
        if (!owner.has(path)) {
            owner.set(path, Json.object());
        }
        owner.child(path + ".metadata");
        spec(owner.child(path + ".spec"));
    }

    /** Defaults of a PodSpec. */
    public static void spec(Obj spec) {
        Zeros.drop(spec, "hostNetwork", "hostPID", "hostIPC", "hostname", "subdomain", "nodeName", "priorityClassName");
        spec.remove("schedulingGroup"); // not served: its gate is off
        spec.orSet("dnsPolicy", "ClusterFirst");
        spec.orSet("restartPolicy", "Always");
        if (!spec.has("securityContext")) {
            spec.set("securityContext", Json.object());
        }
        spec.orSet("terminationGracePeriodSeconds", 30);
        spec.orSet("schedulerName", "default-scheduler");
        emptyToDefault(spec, "dnsPolicy", "ClusterFirst");
        emptyToDefault(spec, "restartPolicy", "Always");
        emptyToDefault(spec, "schedulerName", "default-scheduler");
        serviceAccount(spec);
        spec.list("volumes").forEach(VolumeDefaults::volume);
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            spec.list(list).forEach(PodDefaults::container);
        }
        if (spec.has("overhead")) {
            Canonical.quantities(spec, "overhead");
        }
        Canonical.quantities(spec, "resources.limits");
        Canonical.quantities(spec, "resources.requests");
    }

    /** The deprecated alias is kept beside the name, as conversion does. */
    private static void serviceAccount(Obj spec) {
        String name = spec.text("serviceAccountName");
        String alias = spec.text("serviceAccount");
        if (name.isEmpty() && !alias.isEmpty()) {
            spec.set("serviceAccountName", alias);
        } else if (!name.isEmpty()) {
            spec.set("serviceAccount", name);
        }
    }

    private static void hostPorts(Obj container) {
        for (Obj port : container.list("ports")) {
            if (port.number("hostPort") == 0) {
                port.set("hostPort", port.number("containerPort"));
            }
        }
    }

    private static void container(Obj container) {
        Zeros.drop(container, "stdin", "stdinOnce", "tty", "workingDir");
        if (container.has("lifecycle.stopSignal")) {
            container.obj("lifecycle").remove("stopSignal"); // not served: its gate is off
        }
        container.list("volumeMounts").forEach(mount -> Zeros.drop(mount, "readOnly", "subPath", "subPathExpr"));
        if (container.text("imagePullPolicy").isEmpty()) {
            container.set("imagePullPolicy", pullPolicy(container.text("image")));
        }
        emptyToDefault(container, "terminationMessagePath", "/dev/termination-log");
        emptyToDefault(container, "terminationMessagePolicy", "File");
        if (!container.has("resources")) {
            container.set("resources", Json.object());
        }
        Canonical.quantities(container, "resources.limits");
        Canonical.quantities(container, "resources.requests");
        for (Obj port : container.list("ports")) {
            Zeros.drop(port, "name", "hostPort", "hostIP");
            emptyToDefault(port, "protocol", "TCP");
        }
        for (Obj variable : container.list("env")) {
            variable(variable);
        }
        for (String probe : PROBES) {
            if (container.has(probe)) {
                probe(container.obj(probe));
            }
        }
        for (String hook : List.of("postStart", "preStop")) {
            httpGet(container, "lifecycle." + hook + ".httpGet");
        }
    }

    private static void variable(Obj variable) {
        Zeros.drop(variable, "value");
        if (variable.has("valueFrom.fieldRef")) {
            emptyToDefault(variable.obj("valueFrom.fieldRef"), "apiVersion", "v1");
        }
        if (variable.has("valueFrom.resourceFieldRef")) {
            variable.obj("valueFrom.resourceFieldRef").orSet("divisor", "0");
        }
        if (variable.has("valueFrom.fileKeyRef")) {
            variable.obj("valueFrom.fileKeyRef").orSet("optional", false);
        }
    }

    private static void probe(Obj probe) {
        Zeros.drop(probe, "initialDelaySeconds");
        zeroToDefault(probe, "timeoutSeconds", 1);
        zeroToDefault(probe, "periodSeconds", 10);
        zeroToDefault(probe, "successThreshold", 1);
        zeroToDefault(probe, "failureThreshold", 3);
        httpGet(probe, "httpGet");
        if (probe.has("grpc")) {
            probe.obj("grpc").orSet("service", "");
        }
    }

    private static void httpGet(Obj owner, String path) {
        if (owner.has(path)) {
            Obj get = owner.obj(path);
            emptyToDefault(get, "path", "/");
            emptyToDefault(get, "scheme", "HTTP");
        }
    }

    /** {@code Always} where the image has the tag latest or none, and no digest. */
    public static String pullPolicy(String image) {
        if (image.isEmpty() || image.indexOf('@') >= 0) {
            return "IfNotPresent";
        }
        int slash = image.lastIndexOf('/');
        int colon = image.indexOf(':', slash + 1);
        boolean latest = colon < 0 || image.substring(colon + 1).equals("latest");
        return latest && ImageNames.parses(image) ? "Always" : "IfNotPresent";
    }

    private static void requestsFromLimits(Obj container) {
        JsonNode limits = container.at("resources.limits");
        if (!limits.isObject() || limits.isEmpty()) {
            return;
        }
        Obj requests = container.child("resources.requests");
        for (Map.Entry<String, JsonNode> limit : limits.properties()) {
            if (!requests.node().hasNonNull(limit.getKey())) {
                requests.node().set(limit.getKey(), limit.getValue());
            }
        }
    }

    /** Pod-level requests default to the containers' sum, then to the pod-level limits (KEP-2837). */
    private static void podLevel(Obj spec) {
        if (!spec.has("resources")) {
            return;
        }
        Obj resources = spec.obj("resources");
        if (resources.has("limits") || resources.has("requests")) {
            PodResources.limits(spec).forEach((name, sum) -> {
                if (name.startsWith("hugepages-")
                        && !resources.obj("requests").node().has(name)) {
                    orSet(resources, "limits", name, sum.toString());
                }
            });
        }
        if (resources.obj("limits").isEmpty()) {
            return;
        }
        PodResources.requests(spec).forEach((name, sum) -> {
            if (name.equals("cpu") || name.equals("memory")) {
                orSet(resources, "requests", name, sum.toString());
            }
        });
        for (Map.Entry<String, JsonNode> limit :
                resources.obj("limits").copy().node().properties()) {
            if (PodResources.podLevel(limit.getKey())) {
                orSet(resources, "requests", limit.getKey(), limit.getValue().asText());
            }
        }
    }

    private static void orSet(Obj resources, String list, String name, String quantity) {
        Obj target = resources.child(list);
        if (!target.node().hasNonNull(name)) {
            target.node().put(name, quantity);
        }
    }

    private static void emptyToDefault(Obj object, String field, String value) {
        if (object.text(field).isEmpty() && !value.isEmpty()) {
            object.set(field, value);
        }
    }

    private static void zeroToDefault(Obj object, String field, long value) {
        if (object.number(field) == 0) {
            object.set(field, value);
        }
    }
}
