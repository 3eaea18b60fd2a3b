package dev.kubejar.kinds.pod;

import dev.kubejar.kinds.rules.Formats;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The rules of environment variables and of the references that they and downward volumes make. */
final class EnvRules {
    static final Set<String> ENV_FIELDS = Set.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");
    static final Set<String> VOLUME_FIELDS =
            Set.of("metadata.name", "metadata.namespace", "metadata.labels", "metadata.annotations", "metadata.uid");
    private static final Set<String> ALL_FIELDS = Set.of(
            "metadata.annotations",
            "metadata.labels",
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.serviceAccountName",
            "spec.schedulerName",
            "status.phase",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");
    private static final List<String> RESOURCES = List.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory");
    private static final Set<String> SIZES =
            Set.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

    private EnvRules() {}

    static void variables(Problems problems, String path, List<Obj> variables) {
        for (int i = 0; i < variables.size(); i++) {
            String at = path + "[" + i + "]";
            Obj variable = variables.get(i);
            String name = variable.text("name");
            if (name.isEmpty()) {
                problems.required(at + ".name", "");
            } else {
                Values.named(problems, at + ".name", name, Formats.envName(name));
            }
            if (variable.has("valueFrom")) {
                valueFrom(problems, at + ".valueFrom", variable);
            }
        }
    }

    private static void valueFrom(Problems problems, String path, Obj variable) {
        Obj from = variable.obj("valueFrom");
        int sources = 0;
        if (from.has("fieldRef")) {
            sources++;
            fieldRef(problems, path + ".fieldRef", from.obj("fieldRef"), ENV_FIELDS);
        }
        if (from.has("resourceFieldRef")) {
            sources++;
            resourceRef(problems, path + ".resourceFieldRef", from.obj("resourceFieldRef"), false);
        }
        for (String kind : List.of("configMapKeyRef", "secretKeyRef")) {
            if (from.has(kind)) {
                sources++;
                keyRef(problems, path + "." + kind, from.obj(kind));
            }
        }
        if (from.has("fileKeyRef")) {
            sources++;
            fileRef(problems, path + ".fileKeyRef", from.obj("fileKeyRef"));
        }
        if (sources == 0) {
            problems.invalid(
                    path,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or"
                            + " `fileKeyRef`");
        } else if (!variable.text("value").isEmpty()) {
            problems.invalid(path, "", "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            problems.invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private static void keyRef(Problems problems, String path, Obj ref) {
        Values.named(problems, path + ".name", ref.text("name"), Names.subdomain(ref.text("name")));
        if (Values.required(problems, path, ref, "key")) {
            Values.named(problems, path + ".key", ref.text("key"), Formats.configKey(ref.text("key")));
        }
    }

    private static void fileRef(Problems problems, String path, Obj ref) {
        if (Values.required(problems, path, ref, "key")) {
            Values.named(problems, path + ".key", ref.text("key"), Formats.envName(ref.text("key")));
        }
        if (Values.required(problems, path, ref, "volumeName")) {
            Values.named(problems, path + ".volumeName", ref.text("volumeName"), Names.label(ref.text("volumeName")));
        }
        if (Values.required(problems, path, ref, "path") && Formats.backsteps(ref.text("path"))) {
            problems.invalid(path + ".path", ref.text("path"), "must not contain '..'");
        }
    }

    static void fieldRef(Problems problems, String path, Obj ref, Set<String> fields) {
        if (!Values.required(problems, path, ref, "apiVersion") || !Values.required(problems, path, ref, "fieldPath")) {
            return;
        }
        String field = ref.text("fieldPath");
        String fault = conversion(ref.text("apiVersion"), field);
        if (!fault.isEmpty()) {
            problems.invalid(path + ".fieldPath", field, "error converting fieldPath: " + fault);
            return;
        }
        String subscript = subscript(field);
        if (subscript != null) {
            boolean annotation = field.startsWith("metadata.annotations");
            String key = annotation ? subscript.toLowerCase(Locale.ROOT) : subscript;
            Values.named(problems, path, key, Names.qualified(key));
        } else {
            String shown = field.equals("spec.host") ? "spec.nodeName" : field;
            if (!fields.contains(shown)) {
                problems.notSupported(path + ".fieldPath", shown, new TreeSet<>(fields));
            }
        }
    }

    private static String conversion(String version, String field) {
        if (!version.equals("v1")) {
            return "unsupported pod version: " + version;
        }
        if (subscript(field) != null) {
            String map = field.substring(0, field.indexOf('['));
            return map.equals("metadata.annotations") || map.equals("metadata.labels")
                    ? ""
                    : "field label does not support subscript: " + field;
        }
        return ALL_FIELDS.contains(field) || field.equals("spec.host") ? "" : "field label not supported: " + field;
    }

    /** What stands between {@code ['} and {@code ']} at the end, or null. */
    private static String subscript(String field) {
        int start = field.indexOf("['");
        return start > 0 && field.endsWith("']") && field.length() > start + 4
                ? field.substring(start + 2, field.length() - 2)
                : null;
    }

    static void resourceRef(Problems problems, String path, Obj ref, boolean volume) {
        String resource = ref.text("resource");
        if (volume && ref.text("containerName").isEmpty()) {
            problems.required(path + ".containerName", "");
        } else if (resource.isEmpty()) {
            problems.required(path + ".resource", "");
        } else if (!RESOURCES.contains(resource) && !huge(resource)) {
            problems.notSupported(path + ".resource", resource, RESOURCES);
        }
        Quantity divisor = Quantity.of(ref.at("divisor"));
        if (divisor.isZero()) {
            return;
        }
        String unit = divisor.toString();
        String what = resource.substring(resource.indexOf('.') + 1);
        boolean known = RESOURCES.contains(resource);
        if (known && what.equals("cpu")) {
            if (!unit.equals("1m") && !unit.equals("1")) {
                problems.invalid(
                        path + ".divisor",
                        resource,
                        "only divisor's values 1m and 1 are supported with the cpu resource");
            }
        } else if ((known || huge(resource)) && !SIZES.contains(unit)) {
            String named = what.equals("memory") ? "memory" : huge(resource) ? "hugepages" : "local ephemeral storage";
            problems.invalid(
                    path + ".divisor",
                    resource,
                    "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with"
                            + " the " + named + " resource");
        }
    }

    private static boolean huge(String resource) {
        return resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
    }

    static void sources(Problems problems, String path, List<Obj> sources) {
        for (int i = 0; i < sources.size(); i++) {
            String at = path + "[" + i + "]";
            Obj source = sources.get(i);
            String prefix = source.text("prefix");
            if (!prefix.isEmpty()) {
                Values.named(problems, at + ".prefix", prefix, Formats.envName(prefix));
            }
            List<String> kinds = new ArrayList<>();
            for (String kind : List.of("configMapRef", "secretRef")) {
                if (source.has(kind)) {
                    kinds.add(kind);
                    String name = source.obj(kind).text("name");
                    if (name.isEmpty()) {
                        problems.required(at + "." + kind + ".name", "");
                    } else {
                        Values.named(problems, at + "." + kind + ".name", name, Names.subdomain(name));
                    }
                }
            }
            if (kinds.isEmpty()) {
                problems.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
            } else if (kinds.size() > 1) {
                problems.invalid(path, "", "may not have more than one field specified at a time");
            }
        }
    }
}
