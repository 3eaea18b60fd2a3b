package dev.kubejar.kinds;

import dev.kubejar.kinds.pod.AffinityRules;
import dev.kubejar.kinds.pod.SourceRules;
import dev.kubejar.kinds.rules.ClaimSpecs;
import dev.kubejar.kinds.rules.Formats;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Resources;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;
import java.util.Map;

/** Rules of PersistentVolume and PersistentVolumeClaim. */
final class VolumeRules {
    private static final String CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String INLINE = "may not be specified in the context of inline volumes";
    private static final List<String> SOURCES = List.of(
            "hostPath",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "glusterfs",
            "flocker",
            "nfs",
            "rbd",
            "quobyte",
            "cephfs",
            "iscsi",
            "cinder",
            "fc",
            "flexVolume",
            "azureFile",
            "vsphereVolume",
            "photonPersistentDisk",
            "portworxVolume",
            "azureDisk",
            "scaleIO",
            "local",
            "storageos",
            "csi");

    private VolumeRules() {}

    static void volume(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        spec(problems, spec, now.name());
        if (before != null) {
            spec(problems, spec, now.name()); // the server checks it twice
            updated(problems, spec, before.obj("spec"));
        }
    }

    /** A volume written into an attachment, and not kept as an object of its own. */
    static void inline(Problems problems, String path, Obj spec) {
        for (String field : List.of("claimRef", "capacity")) {
            if (spec.has(field) && !spec.obj(field).isEmpty()) {
                problems.forbidden(path + "." + field, INLINE);
            }
        }
        if (!spec.has("csi")) {
            problems.required(path + ".csi", "has to be specified in the context of inline volumes");
        }
        accessModes(problems, path, spec);
        String policy = spec.text("persistentVolumeReclaimPolicy");
        if (!policy.isEmpty() && !policy.equals("Retain")) {
            problems.forbidden(
                    path + ".persistentVolumeReclaimPolicy", "may only be Retain in the context of inline volumes");
        }
        if (spec.has("nodeAffinity")) {
            problems.forbidden(path + ".nodeAffinity", INLINE);
        }
        sources(problems, path, spec, "");
        if (!spec.text("storageClassName").isEmpty()) {
            problems.forbidden(path + ".storageClassName", INLINE);
        }
        if (!spec.text("volumeMode", "Filesystem").equals("Filesystem")) {
            problems.forbidden(
                    path + ".volumeMode",
                    "may not specify volumeMode other than Filesystem in the context of inline volumes");
        }
        attributesClass(problems, path, spec);
    }

    private static void accessModes(Problems problems, String path, Obj spec) {
        if (spec.texts("accessModes").isEmpty()) {
            problems.required(path + ".accessModes", "");
        }
        ClaimSpecs.accessModes(problems, path + ".accessModes", spec.texts("accessModes"));
    }

    private static void spec(Problems problems, Obj spec, String volume) {
        accessModes(problems, "spec", spec);
        capacity(problems, spec);
        String policy = spec.text("persistentVolumeReclaimPolicy");
        if (!policy.isEmpty()) {
            Values.supported(problems, "spec.persistentVolumeReclaimPolicy", policy, "Delete", "Recycle", "Retain");
        }
        if (spec.has("nodeAffinity.required")) {
            AffinityRules.nodeSelector(problems, "spec.nodeAffinity.required", spec.obj("nodeAffinity.required"), true);
        } else if (spec.has("nodeAffinity")) {
            problems.required("spec.nodeAffinity.required", "must specify required node constraints");
        }
        sources(problems, "spec", spec, volume);
        if (policy.equals("Recycle") && spec.text("hostPath.path").matches("/+")) {
            problems.forbidden(
                    "spec.persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'");
        }
        String name = spec.text("storageClassName");
        if (!name.isEmpty()) {
            Values.named(problems, "spec.storageClassName", name, Names.subdomain(name));
        }
        if (spec.has("volumeMode")) {
            Values.supported(problems, "spec.volumeMode", spec.text("volumeMode"), "Block", "Filesystem");
        }
        attributesClass(problems, "spec", spec);
    }

    private static void capacity(Problems problems, Obj spec) {
        Obj capacity = spec.obj("capacity");
        if (capacity.isEmpty()) {
            problems.required("spec.capacity", "");
        }
        if (!capacity.has("storage") || capacity.node().size() > 1) {
            problems.notSupported("spec.capacity", spec.has("capacity") ? capacity.node() : null, List.of("storage"));
        }
        for (Map.Entry<String, Quantity> each : Resources.amounts(capacity).entrySet()) {
            String path = "spec.capacity[" + each.getKey() + "]";
            if (each.getValue().value() < 0) {
                problems.invalid(path, each.getValue().value(), "must be a valid resource quantity");
            }
            if (each.getValue().signum() <= 0) {
                problems.invalid(path, each.getValue().toString(), Values.POSITIVE);
            }
        }
    }

    private static void attributesClass(Problems problems, String path, Obj spec) {
        String field = "volumeAttributesClassName";
        if (!spec.has(field)) {
            return;
        }
        String name = spec.text(field);
        if (name.isEmpty()) {
            problems.required(path + "." + field, "an empty string is disallowed");
        } else {
            Values.named(problems, path + "." + field, name, Names.subdomain(name));
        }
        if (!spec.has("csi")) {
            problems.required(path + ".csi", "has to be specified when using volumeAttributesClassName");
        }
    }

    private static void sources(Problems problems, String root, Obj spec, String name) {
        boolean found = false;
        for (String kind : SOURCES) {
            if (!spec.has(kind)) {
                continue;
            }
            if (found) {
                String shown = kind.equals("cephfs") ? "cephFS" : kind;
                problems.forbidden(root + "." + shown, "may not specify more than 1 volume type");
                continue;
            }
            found = true;
            String path = root + "." + (kind.equals("gcePersistentDisk") ? "persistentDisk" : kind);
            source(problems, path, kind, spec, name);
        }
        if (!found) {
            problems.required(root, "must specify a volume type");
        }
    }

    private static void source(Problems problems, String path, String kind, Obj spec, String name) {
        Obj source = spec.obj(kind);
        switch (kind) {
            case "local" -> {
                if (Values.required(problems, path, source, "path") && Formats.backsteps(source.text("path"))) {
                    problems.invalid(path + ".path", source.text("path"), "must not contain '..'");
                }
                if (!spec.has("nodeAffinity")) {
                    problems.required("spec.nodeAffinity", "Local volume requires node affinity");
                }
            }
            case "csi" -> {
                SourceRules.driver(problems, path + ".driver", source.text("driver"));
                Values.required(problems, path, source, "volumeHandle");
                for (String field : List.of(
                        "controllerPublishSecretRef",
                        "controllerExpandSecretRef",
                        "nodePublishSecretRef",
                        "nodeExpandSecretRef")) {
                    if (source.has(field)) {
                        secret(problems, path + "." + field, source.obj(field));
                    }
                }
            }
            case "iscsi" -> {
                if (source.has("initiatorName") && (name + ":" + source.text("targetPortal")).length() > 64) {
                    problems.invalid(
                            path + ".targetportal",
                            source.text("targetPortal"),
                            "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if"
                                    + " iscsi.initiatorName is specified.");
                }
                SourceRules.check(problems, path, kind, source);
            }
            default -> SourceRules.check(problems, path, kind, source);
        }
    }

    private static void secret(Problems problems, String path, Obj ref) {
        String name = ref.text("name");
        if (Values.required(problems, path, ref, "name")) {
            Values.named(problems, path + ".name", name, Names.subdomain(name));
        }
        String namespace = ref.text("namespace");
        if (Values.required(problems, path, ref, "namespace")) {
            Values.named(problems, path + ".namespace", namespace, Names.label(namespace));
        }
    }

    private static void updated(Problems problems, Obj now, Obj old) {
        Obj mine = Obj.create();
        Obj theirs = Obj.create();
        for (String kind : SOURCES) {
            copy(now, mine, kind);
            copy(old, theirs, kind);
        }
        String expand = "csi.controllerExpandSecretRef";
        if (old.has("csi") && !old.has(expand)) {
            mine.remove(expand);
        }
        if (!Values.same(mine.node(), theirs.node())) {
            problems.forbidden(
                    "spec.persistentvolumesource",
                    "spec.persistentvolumesource is immutable after creation\n"
                            + GoStructs.diff("PersistentVolumeSource", theirs, mine));
        }
        Values.immutable(problems, "volumeMode", now, old, "volumeMode");
        if (old.has("nodeAffinity") && !Values.same(now.at("nodeAffinity"), old.at("nodeAffinity"))) {
            problems.invalid(
                    "nodeAffinity",
                    now.has("nodeAffinity") ? GoStructs.of("VolumeNodeAffinity", now.obj("nodeAffinity")) : null,
                    Values.IMMUTABLE + ", except for updating from beta label to GA");
        }
        String attributes = "volumeAttributesClassName";
        if (old.has(attributes) && !now.has(attributes)) {
            problems.forbidden("spec." + attributes, "update from non-nil value to nil is forbidden");
        }
    }

    private static void copy(Obj from, Obj to, String field) {
        if (from.has(field)) {
            to.set(field, from.obj(field).copy());
        }
    }

    static void claim(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        boolean anyGroup =
                before != null && (before.has("spec.dataSource.apiGroup") || before.has("spec.dataSourceRef.apiGroup"));
        ClaimSpecs.check(problems, "spec", spec, anyGroup);
        if (before != null) {
            claimUpdated(problems, now, before);
        }
        VolumeWarnings.claim(now, problems);
    }

    private static void claimUpdated(Problems problems, Obj now, Obj before) {
        Obj spec = now.obj("spec").copy();
        Obj old = before.obj("spec").copy();
        if (old.text("volumeName").isEmpty()) {
            old.remove("volumeName");
            if (spec.has("volumeName")) {
                old.set("volumeName", spec.text("volumeName"));
            }
        }
        if (!now.annotations()
                .getOrDefault(CLASS, "")
                .equals(before.annotations().getOrDefault(CLASS, ""))) {
            problems.invalid("metadata." + CLASS, now.annotations().getOrDefault(CLASS, ""), Values.IMMUTABLE);
        }
        if (spec.has("storageClassName") && !old.has("storageClassName")) {
            String annotation = before.annotations().get(CLASS);
            if (annotation == null || annotation.equals(spec.text("storageClassName"))) {
                spec.remove("storageClassName");
            }
        }
        Quantity size = Quantity.of(spec.at("resources.requests.storage"));
        Quantity oldSize = Quantity.of(old.at("resources.requests.storage"));
        if (now.text("status.phase").equals("Bound")) {
            if (spec.has("resources.requests")) {
                spec.set("resources.requests.storage", old.text("resources.requests.storage"));
            }
            spec.remove("volumeAttributesClassName");
            if (old.has("volumeAttributesClassName")) {
                spec.set("volumeAttributesClassName", old.text("volumeAttributesClassName"));
            }
        }
        if (!Values.same(spec.node(), old.node())) {
            problems.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for"
                            + " bound claims\n" + GoStructs.diff("PersistentVolumeClaimSpec", old, spec));
        }
        boolean within = size.compareTo(Quantity.of(before.at("status.capacity.storage"))) <= 0;
        if (size.compareTo(oldSize) < 0 && within) {
            problems.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
        }
        Values.immutable(problems, "volumeMode", now.obj("spec"), before.obj("spec"), "volumeMode");
        String attributes = "spec.volumeAttributesClassName";
        if (before.has("status.currentVolumeAttributesClassName")
                && !now.text(attributes).equals(before.text(attributes))) {
            String to = !now.has(attributes) ? "nil" : now.text(attributes).isEmpty() ? "empty string" : "";
            if (!to.isEmpty()) {
                problems.forbidden(
                        attributes,
                        "update to " + to + " is forbidden when status.currentVolumeAttributesClassName is not nil");
            }
        }
    }
}
