package dev.kubejar.kinds.pod;

import dev.kubejar.kinds.rules.ClaimSpecs;
import dev.kubejar.kinds.rules.Formats;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of a pod's volumes. */
final class VolumeRules {
    static final String MODE = "must be a number between 0 and 0777 (octal), both inclusive";
    // In the order in which the server looks at them.
    private static final List<String> SOURCES = List.of(
            "emptyDir",
            "hostPath",
            "gitRepo",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "secret",
            "nfs",
            "iscsi",
            "glusterfs",
            "flocker",
            "persistentVolumeClaim",
            "rbd",
            "cinder",
            "cephfs",
            "quobyte",
            "downwardAPI",
            "fc",
            "flexVolume",
            "configMap",
            "azureFile",
            "vsphereVolume",
            "photonPersistentDisk",
            "portworxVolume",
            "azureDisk",
            "storageos",
            "projected",
            "scaleIO",
            "csi",
            "ephemeral",
            "image");

    private VolumeRules() {}

    /** Checks the volumes and gives those that are right by name. */
    static Map<String, Obj> check(Problems problems, String path, List<Obj> volumes, Obj meta, boolean isPod) {
        Set<String> names = new HashSet<>();
        Set<String> created = new HashSet<>();
        String pod = meta.text("name");
        for (Obj volume : volumes) {
            if (volume.has("ephemeral") && !pod.isEmpty()) {
                created.add(pod + "-" + volume.text("name"));
            }
        }
        Map<String, Obj> right = new HashMap<>();
        for (int i = 0; i < volumes.size(); i++) {
            String at = path + "[" + i + "]";
            Obj volume = volumes.get(i);
            String name = volume.text("name");
            int before = problems.causes().size();
            source(problems, at, volume, pod, isPod);
            if (Values.required(problems, at, volume, "name")) {
                Values.named(problems, at + ".name", name, Names.label(name));
            }
            if (names.contains(name)) {
                problems.duplicate(at + ".name", name);
            }
            if (problems.causes().size() == before) {
                names.add(name);
                right.put(name, volume);
            }
            String claim = volume.text("persistentVolumeClaim.claimName");
            if (volume.has("persistentVolumeClaim") && created.contains(claim)) {
                problems.invalid(
                        at + ".persistentVolumeClaim.claimName",
                        claim,
                        "must not reference a PVC that gets created for an ephemeral volume");
            }
        }
        return right;
    }

    private static void source(Problems problems, String path, Obj volume, String pod, boolean isPod) {
        boolean found = false;
        for (String kind : SOURCES) {
            if (!volume.has(kind)) {
                continue;
            }
            if (found) {
                String shown = kind.equals("cephfs") ? "cephFS" : kind.equals("downwardAPI") ? "downwarAPI" : kind;
                problems.forbidden(path + "." + shown, "may not specify more than 1 volume type");
            } else {
                found = true;
                String at = path + "." + (kind.equals("gcePersistentDisk") ? "persistentDisk" : kind);
                own(problems, at, kind, volume.obj(kind), isPod);
            }
            if (kind.equals("iscsi")
                    && volume.has("iscsi.initiatorName")
                    && (volume.text("name") + ":" + volume.text("iscsi.targetPortal")).length() > 64) {
                problems.invalid(
                        path + ".name",
                        volume.text("name"),
                        "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if"
                                + " iscsi.initiatorName is specified.");
            }
        }
        if (volume.has("ephemeral") && !pod.isEmpty() && !volume.text("name").isEmpty()) {
            String claim = pod + "-" + volume.text("name");
            for (String fault : Names.subdomain(claim)) {
                problems.invalid(
                        path + ".name", volume.text("name"), "PVC name " + Problems.quoted(claim) + ": " + fault);
            }
        }
        if (!found) {
            problems.required(path, "must specify a volume type");
        }
    }

    private static void own(Problems problems, String path, String kind, Obj source, boolean isPod) {
        switch (kind) {
            case "emptyDir" -> {
                if (Quantity.of(source.at("sizeLimit")).signum() < 0) {
                    problems.forbidden(path + ".sizeLimit", "SizeLimit field must be a valid resource quantity");
                }
            }
            case "secret" -> {
                Values.required(problems, path, source, "secretName");
                items(problems, path, source);
            }
            case "configMap" -> {
                Values.required(problems, path, source, "name");
                items(problems, path, source);
            }
            case "persistentVolumeClaim" -> Values.required(problems, path, source, "claimName");
            case "downwardAPI" -> {
                mode(problems, path, source, "defaultMode");
                source.list("items").forEach(item -> downward(problems, path, item));
            }
            case "projected" -> {
                mode(problems, path, source, "defaultMode");
                projections(problems, path, source);
            }
            case "ephemeral" -> ephemeral(problems, path, source);
            case "csi" -> csi(problems, path, source);
            case "image" -> {
                if (isPod) {
                    Values.required(problems, path, source, "reference");
                }
                Values.oneOf(
                        problems, path + ".pullPolicy", source.text("pullPolicy"), "Always", "IfNotPresent", "Never");
            }
            default -> SourceRules.check(problems, path, kind, source);
        }
    }

    static void mode(Problems problems, String path, Obj source, String field) {
        long mode = source.number(field);
        if (source.has(field) && (mode > 0777 || mode < 0)) {
            problems.invalid(path + "." + field, mode, MODE);
        }
    }

    private static void items(Problems problems, String path, Obj source) {
        mode(problems, path, source, "defaultMode");
        List<Obj> items = source.list("items");
        for (int i = 0; i < items.size(); i++) {
            item(problems, path + ".items[" + i + "]", items.get(i));
        }
    }

    private static void item(Problems problems, String path, Obj item) {
        Values.required(problems, path, item, "key");
        Values.required(problems, path, item, "path");
        Values.named(problems, path + ".path", item.text("path"), Formats.notReserved(item.text("path")));
        mode(problems, path, item, "mode");
    }

    private static void downward(Problems problems, String path, Obj file) {
        Values.required(problems, path, file, "path");
        Values.named(problems, path + ".path", file.text("path"), Formats.notReserved(file.text("path")));
        if (file.has("fieldRef")) {
            EnvRules.fieldRef(problems, path + ".fieldRef", file.obj("fieldRef"), EnvRules.VOLUME_FIELDS);
            if (file.has("resourceFieldRef")) {
                problems.invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        } else if (file.has("resourceFieldRef")) {
            EnvRules.resourceRef(problems, path + ".resourceFieldRef", file.obj("resourceFieldRef"), true);
        } else {
            problems.required(path, "one of fieldRef and resourceFieldRef is required");
        }
        mode(problems, path, file, "mode");
    }

    private static void projections(Problems problems, String path, Obj projected) {
        Set<String> paths = new HashSet<>();
        List<Obj> sources = projected.list("sources");
        for (int i = 0; i < sources.size(); i++) {
            String at = path + ".sources[" + i + "]";
            Obj source = sources.get(i);
            int kinds = 0;
            for (String kind : List.of("secret", "configMap")) {
                if (source.has(kind)) {
                    kinds++;
                    keyed(problems, path, at + "." + kind, source.obj(kind), paths);
                }
            }
            if (source.has("downwardAPI")) {
                kinds++;
                for (Obj file : source.list("downwardAPI.items")) {
                    downward(problems, at + ".downwardAPI", file);
                    once(problems, path, file.text("path"), file.text("path"), paths);
                }
            }
            if (source.has("serviceAccountToken")) {
                kinds++;
                token(problems, path, at + ".serviceAccountToken", source.obj("serviceAccountToken"));
            }
            if (kinds > 1) {
                problems.forbidden(at, "may not specify more than 1 volume type per source");
            }
        }
    }

    private static void keyed(Problems problems, String path, String at, Obj source, Set<String> paths) {
        Values.required(problems, at, source, "name");
        List<Obj> items = source.list("items");
        for (int i = 0; i < items.size(); i++) {
            item(problems, at + ".items[" + i + "]", items.get(i));
            once(problems, path, items.get(i).text("path"), source.text("name"), paths);
        }
    }

    private static void once(Problems problems, String path, String file, String shown, Set<String> paths) {
        if (!file.isEmpty() && !paths.add(file)) {
            problems.invalid(path, shown, "conflicting duplicate paths");
        }
    }

    private static void token(Problems problems, String path, String at, Obj token) {
        long seconds = token.number("expirationSeconds");
        if (seconds < 600) {
            problems.invalid(at + ".expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds > 1L << 32) {
            problems.invalid(at + ".expirationSeconds", seconds, "may not specify a duration larger than 2^32 seconds");
        }
        String file = token.text("path");
        if (file.isEmpty()) {
            problems.required(path + ".path", "");
        } else {
            Values.named(problems, path + ".path", file, Formats.notReserved(file));
        }
    }

    private static void ephemeral(Problems problems, String path, Obj source) {
        if (!source.has("volumeClaimTemplate")) {
            problems.required(path + ".volumeClaimTemplate", "");
            return;
        }
        Obj template = source.obj("volumeClaimTemplate");
        String meta = path + ".volumeClaimTemplate.metadata";
        template.annotations().keySet().stream()
                .sorted()
                .forEach(key -> Values.named(
                        problems, meta + ".annotations", key, Names.qualified(key.toLowerCase(java.util.Locale.ROOT))));
        Selectors.labels(problems, meta + ".labels", template.labels());
        for (String field : List.of("name", "generateName", "namespace", "uid", "finalizers", "ownerReferences")) {
            if (template.has("metadata." + field)
                    && !template.text("metadata." + field).isEmpty()) {
                problems.forbidden(meta + "." + field, "cannot be set");
            }
        }
        ClaimSpecs.check(problems, path + ".volumeClaimTemplate.spec", template.obj("spec"));
    }

    private static void csi(Problems problems, String path, Obj csi) {
        SourceRules.driver(problems, path + ".driver", csi.text("driver"));
        if (csi.has("nodePublishSecretRef")) {
            String name = csi.text("nodePublishSecretRef.name");
            if (name.isEmpty()) {
                problems.required(path + ".nodePublishSecretRef.name", "");
            } else {
                Values.named(problems, path + ".name", name, Names.subdomain(name));
            }
        }
    }
}
