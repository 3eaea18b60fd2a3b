package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules of metadata that hold for every kind, in apimachinery's words and order. */
final class Metadata {
    static final String ORPHAN = "orphan";
    static final String FOREGROUND = "foregroundDeletion";
    private static final List<String> KNOWN_FINALIZERS = List.of("kubernetes", ORPHAN, FOREGROUND);

    /** The groups whose validation uses apimachinery's rules and not the core API's. */
    private static final Set<String> OWN_METADATA_RULES = Set.of(
            "apiextensions.k8s.io",
            "admissionregistration.k8s.io",
            "apiregistration.k8s.io",
            "coordination.k8s.io",
            "node.k8s.io",
            "policy");

    private static final int ANNOTATIONS_LIMIT = 256 * 1024;

    private Metadata() {}

    /** The kind's own rule for names; kinds without one leave it to {@link #path}. */
    static void name(Kind kind, Obj object, Problems problems) {
        if (kind.nameRule() == null) {
            return;
        }
        String prefix = object.text("metadata.generateName");
        if (!prefix.isEmpty()) {
            kind.nameRule()
                    .apply(Names.unmasked(prefix))
                    .forEach(fault -> problems.invalid("metadata.generateName", prefix, fault));
        }
        if (object.name().isEmpty()) {
            problems.required("metadata.name", "name or generateName is required");
        } else {
            kind.nameRule()
                    .apply(object.name())
                    .forEach(fault -> problems.invalid("metadata.name", object.name(), fault));
        }
    }

    /** The generic rule for names: they must be fit for a path. */
    static void path(Obj object, Problems problems) {
        String prefix = object.text("metadata.generateName");
        for (String part : List.of("/", "%")) {
            if (prefix.contains(part)) {
                problems.invalid("metadata.generateName", prefix, "may not contain '" + part + "'");
            }
        }
        if (object.name().isEmpty()) {
            problems.required("metadata.name", "name or generateName is required");
        } else {
            Names.pathSegment(object.name()).forEach(fault -> problems.invalid("metadata.name", object.name(), fault));
        }
    }

    /** What holds of any object, its name apart. */
    static void check(Kind kind, Obj object, Problems problems) {
        namespace(kind, object, problems);
        if (object.generation() < 0) {
            problems.invalid("metadata.generation", object.generation(), "must be greater than or equal to 0");
        }
        labels("metadata.labels", object.labels(), problems);
        annotations(object, problems);
        owners(object, problems);
        finalizers(object, problems);
        managedFields(object, problems);
    }

    /** Whether the kind's own validation looks at metadata once more, so that faults are found again. */
    static boolean judgedTwice(Kind kind) {
        return !kind.custom();
    }

    /** The core API's rule: a finalizer is one of Kubernetes' own or has a domain. */
    static void finalizersOfKubernetes(Kind kind, Obj object, Problems problems) {
        if (kind.custom()
                || OWN_METADATA_RULES.contains(kind.group())
                || kind.plural().equals("events")) {
            return;
        }
        List<String> finalizers = object.texts("metadata.finalizers");
        for (int i = 0; i < finalizers.size(); i++) {
            String finalizer = finalizers.get(i);
            String path = "metadata.finalizers[" + i + "]";
            if (finalizer.indexOf('/') < 0 && !KNOWN_FINALIZERS.contains(finalizer)) {
                problems.invalid(
                        path, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    private static void namespace(Kind kind, Obj object, Problems problems) {
        String namespace = object.namespace();
        if (!kind.namespaced()) {
            if (!namespace.isEmpty()) {
                problems.forbidden("metadata.namespace", "not allowed on this type");
            }
        } else if (namespace.isEmpty()) {
            problems.required("metadata.namespace", "");
        } else {
            Names.label(namespace).forEach(fault -> problems.invalid("metadata.namespace", namespace, fault));
        }
    }

    /** A map of labels at a path. */
    static void labels(String path, Map<String, String> labels, Problems problems) {
        new TreeMap<>(labels).forEach((key, value) -> {
            Names.qualified(key).forEach(fault -> problems.invalid(path, key, fault));
            Names.labelValue(value).forEach(fault -> problems.invalid(path, value, fault));
        });
    }

    private static void annotations(Obj object, Problems problems) {
        long size = 0;
        for (Map.Entry<String, String> each : new TreeMap<>(object.annotations()).entrySet()) {
            size += Names.bytes(each.getKey()) + Names.bytes(each.getValue());
            Names.qualified(each.getKey().toLowerCase(Locale.ROOT))
                    .forEach(fault -> problems.invalid("metadata.annotations", each.getKey(), fault));
        }
        if (size > ANNOTATIONS_LIMIT) {
            problems.tooLong("metadata.annotations", ANNOTATIONS_LIMIT);
        }
    }

    private static void owners(Obj object, Problems problems) {
        String controller = "";
        String path = "metadata.ownerReferences";
        for (Obj owner : object.list(path)) {
            String version = owner.text("apiVersion");
            if (version.substring(version.indexOf('/') + 1).isEmpty()) {
                problems.invalid(path + ".apiVersion", version, "version must not be empty");
            }
            for (String field : List.of("kind", "name", "uid")) {
                if (owner.text(field).isEmpty()) {
                    problems.invalid(path + "." + field, "", "must not be empty");
                }
            }
            if (version.equals("v1") && owner.text("kind").equals("Event")) {
                problems.invalid(path, owner.node(), "/v1, Kind=Event is disallowed from being an owner");
            }
            if (owner.bool("controller")) {
                String name = owner.text("kind") + "/" + owner.text("name");
                if (controller.isEmpty()) {
                    controller = name;
                } else {
                    problems.invalid(
                            path,
                            object.at(path),
                            "Only one reference can have Controller set to true. Found \"true\" in references for "
                                    + controller + " and " + name);
                }
            }
        }
    }

    private static void finalizers(Obj object, Problems problems) {
        List<String> finalizers = object.texts("metadata.finalizers");
        for (String finalizer : finalizers) {
            Names.qualified(finalizer).forEach(fault -> problems.invalid("metadata.finalizers", finalizer, fault));
        }
        if (finalizers.contains(ORPHAN) && finalizers.contains(FOREGROUND)) {
            problems.invalid(
                    "metadata.finalizers",
                    object.at("metadata.finalizers"),
                    "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    private static void managedFields(Obj object, Problems problems) {
        int i = 0;
        for (Obj entry : object.list("metadata.managedFields")) {
            String path = "metadata.managedFields[" + i++ + "]";
            String operation = entry.text("operation");
            if (!operation.equals("Apply") && !operation.equals("Update")) {
                problems.invalid(path + ".operation", operation, "must be `Apply` or `Update`");
            }
            String type = entry.text("fieldsType");
            if (!type.isEmpty() && !type.equals("FieldsV1")) {
                problems.invalid(path + ".fieldsType", type, "must be `FieldsV1`");
            }
            manager(entry.text("manager"), path + ".manager", problems);
            if (Names.bytes(entry.text("subresource")) > 256) {
                problems.tooLong(path + ".subresource", 256);
            }
        }
    }

    /** A field manager's name: at most 128 bytes, printable. */
    static void manager(String manager, String path, Problems problems) {
        if (Names.bytes(manager) > 128) {
            problems.tooLong(path, 128);
        }
        for (int i = 0; i < manager.length(); i++) {
            char c = manager.charAt(i);
            if (Character.isISOControl(c)) {
                String hex = Integer.toHexString(0x10000 | c).substring(1).toUpperCase(Locale.ROOT);
                problems.invalid(path, manager, "invalid character U+" + hex + " (at position " + i + ")");
            }
        }
    }

    /** What an update may not change. */
    static void checkUpdate(Obj now, Obj before, Problems problems) {
        if (before.deleting()) {
            TreeSet<String> added = new TreeSet<>(now.texts("metadata.finalizers"));
            added.removeAll(before.texts("metadata.finalizers"));
            if (!added.isEmpty()) {
                List<String> quoted = new ArrayList<>();
                added.forEach(each -> quoted.add(Problems.quoted(each)));
                problems.forbidden(
                        "metadata.finalizers",
                        "no new finalizers can be added if the object is being deleted, found new finalizers []string{"
                                + String.join(", ", quoted) + "}");
            }
        }
        if (now.resourceVersion().isEmpty()) {
            problems.invalid("metadata.resourceVersion", "", "must be specified for an update");
        }
        if (now.generation() < before.generation()) {
            problems.invalid("metadata.generation", now.generation(), "must not be decremented");
        }
        for (String field : List.of(
                "name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds")) {
            JsonNode value = now.at("metadata." + field);
            if (!Trees.same(value, before.at("metadata." + field))) {
                problems.invalid("metadata." + field, value, "field is immutable");
            }
        }
        labels("metadata.labels", now.labels(), problems);
        annotations(now, problems);
        owners(now, problems);
        managedFields(now, problems);
    }
}
