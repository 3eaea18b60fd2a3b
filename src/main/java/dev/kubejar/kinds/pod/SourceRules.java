package dev.kubejar.kinds.pod;

import dev.kubejar.kinds.rules.Formats;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules of volume sources that pods and persistent volumes have in common. */
public final class SourceRules {
    private static final String PARTITION = "must be between 1 and 255, inclusive";
    private static final String PAIRS = "must be a host:port pair or multiple pairs separated by commas";

    private SourceRules() {}

    /** Checks a source by the name of its field. */
    public static void check(Problems problems, String path, String kind, Obj source) {
        switch (kind) {
            case "hostPath" -> hostPath(problems, path, source);
            case "gitRepo" -> {
                Values.required(problems, path, source, "repository");
                String folder = source.text("directory");
                Values.named(problems, path + ".directory", folder, Formats.descending(folder));
            }
            case "gcePersistentDisk" -> disk(problems, path, source, "pdName");
            case "awsElasticBlockStore" -> disk(problems, path, source, "volumeID");
            case "nfs" -> {
                Values.required(problems, path, source, "server");
                Values.required(problems, path, source, "path");
                if (!source.text("path").startsWith("/")) {
                    problems.invalid(path + ".path", source.text("path"), "must be an absolute path");
                }
            }
            case "iscsi" -> iscsi(problems, path, source);
            case "glusterfs" -> all(problems, path, source, "endpoints", "path");
            case "flocker" -> flocker(problems, path, source);
            case "rbd" -> {
                list(problems, path, source, "monitors");
                Values.required(problems, path, source, "image");
            }
            case "cinder" -> {
                Values.required(problems, path, source, "volumeID");
                secretName(problems, path, source);
            }
            case "cephfs" -> list(problems, path, source, "monitors");
            case "quobyte" -> quobyte(problems, path, source);
            case "fc" -> fc(problems, path, source);
            case "flexVolume" -> flex(problems, path, source);
            case "azureFile" -> all(problems, path, source, "secretName", "shareName");
            case "azureDisk" -> azureDisk(problems, path, source);
            case "vsphereVolume" -> all(problems, path, source, "volumePath");
            case "photonPersistentDisk" -> all(problems, path, source, "pdID");
            case "portworxVolume" -> all(problems, path, source, "volumeID");
            case "scaleIO" -> all(problems, path, source, "gateway", "system", "volumeName");
            case "storageos" -> storageOs(problems, path, source);
            default -> {}
        }
    }

    private static void all(Problems problems, String path, Obj source, String... fields) {
        for (String field : fields) {
            Values.required(problems, path, source, field);
        }
    }

    private static void list(Problems problems, String path, Obj source, String field) {
        if (source.texts(field).isEmpty()) {
            problems.required(path + "." + field, "");
        }
    }

    private static void secretName(Problems problems, String path, Obj source) {
        if (source.has("secretRef") && source.text("secretRef.name").isEmpty()) {
            problems.required(path + ".secretRef.name", "");
        }
    }

    private static void hostPath(Problems problems, String path, Obj source) {
        if (!Values.required(problems, path, source, "path")) {
            return;
        }
        if (Formats.backsteps(source.text("path"))) {
            problems.invalid(path + ".path", source.text("path"), "must not contain '..'");
        }
        if (source.has("type")) {
            Values.supported(
                    problems,
                    path + ".type",
                    source.text("type"),
                    "",
                    "BlockDevice",
                    "CharDevice",
                    "Directory",
                    "DirectoryOrCreate",
                    "File",
                    "FileOrCreate",
                    "Socket");
        }
    }

    private static void disk(Problems problems, String path, Obj source, String id) {
        Values.required(problems, path, source, id);
        long partition = source.number("partition");
        if (partition < 0 || partition > 255) {
            problems.invalid(path + ".partition", partition, PARTITION);
        }
    }

    private static void iscsi(Problems problems, String path, Obj source) {
        Values.required(problems, path, source, "targetPortal");
        if (Values.required(problems, path, source, "iqn")) {
            String fault = iqn(source.text("iqn"), path);
            if (!fault.isEmpty()) {
                problems.invalid(path + ".iqn", source.text("iqn"), fault);
            }
        }
        Values.range(problems, path + ".lun", source.number("lun"), 0, 255);
        boolean chap = source.bool("chapAuthDiscovery") || source.bool("chapAuthSession");
        if (chap && !source.has("secretRef")) {
            problems.required(path + ".secretRef", "");
        }
        if (source.has("initiatorName")) {
            String fault = iqn(source.text("initiatorName"), path);
            if (!fault.isEmpty()) {
                problems.invalid(path + ".initiatorname", source.text("initiatorName"), fault);
            }
        }
    }

    private static String iqn(String name, String path) {
        if (!name.startsWith("iqn") && !name.startsWith("eui") && !name.startsWith("naa")) {
            boolean ofPod = path.contains(".volumes[");
            return ofPod ? "must be valid format starting with iqn, eui, or naa" : "must be valid format";
        }
        String form = name.startsWith("iqn")
                ? "iqn\\.\\d{4}-\\d{2}\\.([a-z\\d.-]+)(:([a-z\\d._:-]+))*"
                : name.startsWith("eui") ? "eui.[A-Fa-f\\d]{16}" : "naa.[A-Fa-f\\d]{16,32}";
        return Pattern.matches(form, name) ? "" : "must be valid format";
    }

    private static void flocker(Problems problems, String path, Obj source) {
        boolean name = !source.text("datasetName").isEmpty();
        boolean uuid = !source.text("datasetUUID").isEmpty();
        if (!name && !uuid) {
            problems.required(path, "one of datasetName and datasetUUID is required");
        }
        if (name && uuid) {
            problems.invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
        }
        if (source.text("datasetName").contains("/")) {
            problems.invalid(path + ".datasetName", source.text("datasetName"), "must not contain '/'");
        }
    }

    private static void quobyte(Problems problems, String path, Obj source) {
        String registry = source.text("registry");
        if (registry.isEmpty()) {
            problems.required(path + ".registry", PAIRS);
        } else if (source.text("tenant").length() >= 65) {
            problems.required(path + ".tenant", "must be a UUID and may not exceed a length of 64 characters");
        } else {
            for (String pair : registry.split(",", -1)) {
                int colon = pair.lastIndexOf(':');
                boolean right = colon >= 0 && (pair.startsWith("[") || pair.indexOf(':') == colon);
                if (!right) {
                    problems.invalid(path + ".registry", registry, PAIRS);
                }
            }
        }
        Values.required(problems, path, source, "volume");
    }

    private static void fc(Problems problems, String path, Obj source) {
        boolean targets = !source.texts("targetWWNs").isEmpty();
        boolean wwids = !source.texts("wwids").isEmpty();
        if (!targets && !wwids) {
            problems.required(path + ".targetWWNs", "must specify either targetWWNs or wwids, but not both");
        }
        if (targets && wwids) {
            problems.invalid(
                    path + ".targetWWNs",
                    source.at("targetWWNs"),
                    "targetWWNs and wwids can not be specified simultaneously");
        }
        if (targets && !source.has("lun")) {
            problems.required(path + ".lun", "lun is required if targetWWNs is specified");
        } else if (targets) {
            Values.range(problems, path + ".lun", source.number("lun"), 0, 255);
        }
    }

    private static void flex(Problems problems, String path, Obj source) {
        Values.required(problems, path, source, "driver");
        source.map("options").keySet().stream().sorted().forEach(key -> {
            int slash = key.indexOf('/');
            String name = "." + (slash < 0 ? key : key.substring(0, slash)).toLowerCase(Locale.ROOT);
            if (name.endsWith(".kubernetes.io") || name.endsWith(".k8s.io")) {
                problems.invalid(
                        path + ".options[" + key + "]", key, "kubernetes.io and k8s.io namespaces are reserved");
            }
        });
    }

    private static void azureDisk(Problems problems, String path, Obj source) {
        all(problems, path, source, "diskName", "diskURI");
        if (source.has("cachingMode")) {
            Values.supported(
                    problems, path + ".cachingMode", source.text("cachingMode"), "None", "ReadOnly", "ReadWrite");
        }
        if (!source.has("kind")) {
            return;
        }
        String kind = source.text("kind");
        String uri = source.text("diskURI");
        Values.supported(problems, path + ".kind", kind, "Dedicated", "Managed", "Shared");
        boolean managed = kind.equals("Managed");
        if (managed && !uri.startsWith("/subscriptions/")) {
            problems.notSupported(
                    path + ".diskURI",
                    uri,
                    List.of("/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/"
                            + "{disk-id}"));
        }
        if (!managed && !uri.startsWith("https://")) {
            problems.notSupported(
                    path + ".diskURI",
                    uri,
                    List.of("https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"));
        }
    }

    private static void storageOs(Problems problems, String path, Obj source) {
        if (Values.required(problems, path, source, "volumeName")) {
            Values.named(
                    problems, path + ".volumeName", source.text("volumeName"), Names.label(source.text("volumeName")));
        }
        String namespace = source.text("volumeNamespace");
        if (!namespace.isEmpty()) {
            Values.named(problems, path + ".volumeNamespace", namespace, Names.label(namespace));
        }
        secretName(problems, path, source);
    }

    /** The name of a CSI driver. */
    public static void driver(Problems problems, String path, String name) {
        if (name.isEmpty()) {
            problems.required(path, "");
            return;
        }
        if (name.length() > 63) {
            problems.tooLong(path, 63);
        }
        Values.named(problems, path, name, Names.subdomain(name.toLowerCase(Locale.ROOT)));
    }
}
