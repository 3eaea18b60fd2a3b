package dev.kubejar.kinds.rules;

import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;

/** The rules of a persistent volume claim's specification, in claims and in the templates that make them. */
public final class ClaimSpecs {
    public static final String[] ACCESS_MODES = {"ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"};

    private ClaimSpecs() {}

    /** Checks a claim's specification. */
    public static void check(Problems problems, String path, Obj spec) {
        check(problems, path, spec, false);
    }

    /** Checks a claim's specification; {@code anyGroup}: the API group of its data source may be malformed. */
    public static void check(Problems problems, String path, Obj spec, boolean anyGroup) {
        List<String> modes = spec.texts("accessModes");
        if (modes.isEmpty()) {
            problems.required(path + ".accessModes", "at least 1 access mode is required");
        }
        Selectors.check(problems, path + ".selector", spec.obj("selector"));
        accessModes(problems, path + ".accessModes", modes);
        String storage = path + ".resources[storage]";
        if (!spec.obj("resources.requests").has("storage")) {
            problems.required(storage, "");
        } else {
            Quantity amount = Quantity.of(spec.at("resources.requests.storage"));
            if (amount.signum() <= 0) {
                problems.invalid(storage, amount.toString(), "must be greater than zero");
            }
        }
        String className = spec.text("storageClassName");
        if (!className.isEmpty()) {
            Values.named(problems, path + ".storageClassName", className, Names.subdomain(className));
        }
        if (spec.has("volumeMode")) {
            Values.supported(problems, path + ".volumeMode", spec.text("volumeMode"), "Block", "Filesystem");
        }
        sources(problems, path, spec, anyGroup);
        String attributes = spec.text("volumeAttributesClassName");
        if (!attributes.isEmpty()) {
            Values.named(problems, path + ".volumeAttributesClassName", attributes, Names.subdomain(attributes));
        }
    }

    /** Access modes: known ones, ReadWriteOncePod alone. */
    public static void accessModes(Problems problems, String path, List<String> modes) {
        boolean oncePod = false;
        boolean other = false;
        for (String mode : modes) {
            boolean known = Values.supported(problems, path, mode, ACCESS_MODES);
            oncePod |= mode.equals("ReadWriteOncePod");
            other |= known && !mode.equals("ReadWriteOncePod");
        }
        if (oncePod && other) {
            problems.forbidden(path, "may not use ReadWriteOncePod with other access modes");
        }
    }

    private static void sources(Problems problems, String path, Obj spec, boolean anyGroup) {
        for (String field : List.of("dataSource", "dataSourceRef")) {
            if (spec.has(field)) {
                source(problems, path + "." + field, spec.obj(field), field.equals("dataSourceRef"), anyGroup);
            }
        }
        boolean both = spec.has("dataSource") && spec.has("dataSourceRef");
        if (both && !spec.text("dataSourceRef.namespace").isEmpty()) {
            problems.invalid(path, Json.object(), "may not be specified when dataSourceRef.namespace is specified");
        } else if (both) {
            for (String field : List.of("apiGroup", "kind", "name")) {
                if (!spec.text("dataSource." + field).equals(spec.text("dataSourceRef." + field))) {
                    problems.invalid(path, Json.object(), "must match dataSourceRef");
                    return;
                }
            }
        }
    }

    private static void source(Problems problems, String path, Obj source, boolean reference, boolean anyGroup) {
        Values.required(problems, path, source, "name");
        Values.required(problems, path, source, "kind");
        String group = source.text("apiGroup");
        if (group.isEmpty() && !source.text("kind").equals("PersistentVolumeClaim")) {
            problems.invalid(
                    path, source.text("kind"), "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
        if (!group.isEmpty() && !anyGroup) {
            Values.named(problems, path + ".apiGroup", group, Names.subdomain(group));
        }
        String namespace = source.text("namespace");
        if (reference && !namespace.isEmpty()) {
            Values.named(problems, path + ".namespace", namespace, Names.label(namespace));
        }
    }
}
