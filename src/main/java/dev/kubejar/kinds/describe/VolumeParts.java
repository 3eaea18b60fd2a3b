package dev.kubejar.kinds.describe;

import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Describe;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Volumes and their sources as descriptions show them. */
public final class VolumeParts {
    // Source, its type's text, then titles with the fields that they show. A field may have a form: ? for a pointer
    // that reads <nil>, [] for a slice.
    private static final String[][] PLAIN = {
        {
            "gcePersistentDisk",
            "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
            "PDName:",
            "pdName",
            "FSType:",
            "fsType",
            "Partition:",
            "#partition",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "awsElasticBlockStore",
            "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
            "VolumeID:",
            "volumeID",
            "FSType:",
            "fsType",
            "Partition:",
            "#partition",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "gitRepo",
            "GitRepo (a volume that is pulled from git when the pod is created)",
            "Repository:",
            "repository",
            "Revision:",
            "revision"
        },
        {
            "nfs",
            "NFS (an NFS mount that lasts the lifetime of a pod)",
            "Server:",
            "server",
            "Path:",
            "path",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "iscsi",
            "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
            "TargetPortal:",
            "targetPortal",
            "IQN:",
            "iqn",
            "Lun:",
            "#lun",
            "ISCSIInterface",
            "iscsiInterface",
            "FSType:",
            "fsType",
            "ReadOnly:",
            "!readOnly",
            "Portals:",
            "[]portals",
            "DiscoveryCHAPAuth:",
            "!chapAuthDiscovery",
            "SessionCHAPAuth:",
            "!chapAuthSession",
            "SecretRef:",
            "?secretRef",
            "InitiatorName:",
            "-initiatorName"
        },
        {
            "glusterfs",
            "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
            "EndpointsName:",
            "endpoints",
            "Path:",
            "path",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "persistentVolumeClaim",
            "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
            "ClaimName:",
            "claimName",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "rbd",
            "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
            "CephMonitors:",
            "[]monitors",
            "RBDImage:",
            "image",
            "FSType:",
            "fsType",
            "RBDPool:",
            "pool",
            "RadosUser:",
            "user",
            "Keyring:",
            "keyring",
            "SecretRef:",
            "?secretRef",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "quobyte",
            "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
            "Registry:",
            "registry",
            "Volume:",
            "volume",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "azureDisk",
            "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
            "DiskName:",
            "diskName",
            "DiskURI:",
            "diskURI",
            "Kind: ",
            "kind",
            "FSType:",
            "fsType",
            "CachingMode:",
            "cachingMode",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "vsphereVolume",
            "vSphereVolume (a Persistent Disk resource in vSphere)",
            "VolumePath:",
            "volumePath",
            "FSType:",
            "fsType",
            "StoragePolicyName:",
            "storagePolicyName"
        },
        {
            "cinder",
            "Cinder (a Persistent Disk resource in OpenStack)",
            "VolumeID:",
            "volumeID",
            "FSType:",
            "fsType",
            "ReadOnly:",
            "!readOnly",
            "SecretRef:",
            "?secretRef"
        },
        {
            "photonPersistentDisk",
            "PhotonPersistentDisk (a Persistent Disk resource in photon platform)",
            "PdID:",
            "pdID",
            "FSType:",
            "fsType"
        },
        {"portworxVolume", "PortworxVolume (a Portworx Volume resource)", "VolumeID:", "volumeID"},
        {
            "scaleIO",
            "ScaleIO (a persistent volume backed by a block device in ScaleIO)",
            "Gateway:",
            "gateway",
            "System:",
            "system",
            "Protection Domain:",
            "protectionDomain",
            "Storage Pool:",
            "storagePool",
            "Storage Mode:",
            "storageMode",
            "VolumeName:",
            "volumeName",
            "FSType:",
            "fsType",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "cephfs",
            "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
            "Monitors:",
            "[]monitors",
            "Path:",
            "path",
            "User:",
            "user",
            "SecretFile:",
            "secretFile",
            "SecretRef:",
            "?secretRef",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "storageos",
            "StorageOS (a StorageOS Persistent Disk resource)",
            "VolumeName:",
            "volumeName",
            "VolumeNamespace:",
            "volumeNamespace",
            "FSType:",
            "fsType",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "fc",
            "FC (a Fibre Channel disk)",
            "TargetWWNs:",
            ",targetWWNs",
            "LUN:",
            "-lun",
            "FSType:",
            "fsType",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "azureFile",
            "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
            "SecretName:",
            "secretName",
            "ShareName:",
            "shareName",
            "ReadOnly:",
            "!readOnly"
        },
        {
            "flexVolume",
            "FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)",
            "Driver:",
            "driver",
            "FSType:",
            "fsType",
            "SecretRef:",
            "?secretRef",
            "ReadOnly:",
            "!readOnly",
            "Options:",
            "{}options"
        },
        {
            "flocker",
            "Flocker (a Flocker volume mounted by the Flocker agent)",
            "DatasetName:",
            "datasetName",
            "DatasetUUID:",
            "datasetUUID"
        },
        {"local", "LocalVolume (a persistent volume backed by local storage on a node)", "Path:", "path"},
        {"image", "Image (a container image or OCI artifact)", "Reference:", "reference", "PullPolicy:", "pullPolicy"}
    };

    private VolumeParts() {}

    /** A pod's or template's volumes. */
    public static void write(List<Obj> volumes, String space, Describe out) {
        if (volumes.isEmpty()) {
            out.line(0, space + "Volumes:\t<none>");
            return;
        }
        out.line(0, space + "Volumes:");
        for (Obj volume : volumes) {
            out.line(1, (space.isEmpty() ? "" : " ") + volume.text("name") + ":");
            source(volume, out);
        }
    }

    /** The source of a volume, a pod's or a persistent one. */
    public static void source(Obj volume, Describe out) {
        if (volume.has("hostPath")) {
            type("HostPath (bare host directory volume)", out);
            out.line(2, "Path:\t" + volume.text("hostPath.path"));
            out.line(2, "HostPathType:\t" + volume.text("hostPath.type", "<none>"));
        } else if (volume.has("emptyDir")) {
            type("EmptyDir (a temporary directory that shares a pod's lifetime)", out);
            out.line(2, "Medium:\t" + volume.text("emptyDir.medium"));
            Quantity limit = Quantity.of(volume.at("emptyDir.sizeLimit"));
            out.line(2, "SizeLimit:\t" + (limit.signum() > 0 ? limit.toString() : "<unset>"));
        } else if (volume.has("secret")) {
            type("Secret (a volume populated by a Secret)", out);
            out.line(2, "SecretName:\t" + volume.text("secret.secretName"));
            out.line(2, "Optional:\t" + volume.bool("secret.optional"));
        } else if (volume.has("configMap")) {
            type("ConfigMap (a volume populated by a ConfigMap)", out);
            out.line(2, "Name:\t" + volume.text("configMap.name"));
            out.line(2, "Optional:\t" + volume.bool("configMap.optional"));
        } else if (volume.has("projected")) {
            type("Projected (a volume that contains injected data from multiple sources)", out);
            volume.list("projected.sources").forEach(source -> projection(source, out));
        } else if (volume.has("downwardAPI")) {
            downward(volume.obj("downwardAPI"), out);
        } else if (volume.has("ephemeral")) {
            type(
                    "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)",
                    out);
            ClaimParts.template(volume.obj("ephemeral.volumeClaimTemplate"), out);
        } else if (volume.has("csi")) {
            csi(volume.obj("csi"), out);
        } else {
            plain(volume, out);
        }
    }

    private static void type(String text, Describe out) {
        out.line(2, "Type:\t" + text);
    }

    private static void projection(Obj source, Describe out) {
        if (source.has("secret")) {
            out.line(2, "SecretName:\t" + source.text("secret.name"));
            out.line(2, "Optional:\t" + source.bool("secret.optional"));
        } else if (source.has("downwardAPI")) {
            out.line(2, "DownwardAPI:\ttrue");
        } else if (source.has("configMap")) {
            out.line(2, "ConfigMapName:\t" + source.text("configMap.name"));
            out.line(2, "Optional:\t" + source.bool("configMap.optional"));
        } else if (source.has("serviceAccountToken")) {
            out.line(2, "TokenExpirationSeconds:\t" + source.number("serviceAccountToken.expirationSeconds"));
        }
    }

    private static void downward(Obj downward, Describe out) {
        type("DownwardAPI (a volume populated by information about the pod)", out);
        out.line(2, "Items:");
        for (Obj item : downward.list("items")) {
            String path = item.text("path");
            if (item.has("fieldRef")) {
                out.line(3, item.text("fieldRef.fieldPath") + " -> " + path);
            }
            if (item.has("resourceFieldRef")) {
                out.line(3, item.text("resourceFieldRef.resource") + " -> " + path);
            }
        }
    }

    private static void csi(Obj csi, Describe out) {
        if (csi.has("volumeHandle")) {
            type("CSI (a Container Storage Interface (CSI) volume source)", out);
            out.line(2, "Driver:\t" + csi.text("driver"));
            out.line(2, "FSType:\t" + csi.text("fsType"));
            out.line(2, "VolumeHandle:\t" + csi.text("volumeHandle"));
        } else {
            type("CSI (a Container Storage Interface (CSI) volume source)", out);
            out.line(2, "Driver:\t" + csi.text("driver"));
            out.line(2, "FSType:\t" + csi.text("fsType"));
        }
        out.line(2, "ReadOnly:\t" + csi.bool("readOnly"));
        String head = "VolumeAttributes:";
        if (csi.map("volumeAttributes").isEmpty()) {
            out.line(2, head + "\t<none>");
        }
        for (Map.Entry<String, String> entry : new TreeMap<>(csi.map("volumeAttributes")).entrySet()) {
            String line = entry.getKey() + "=" + entry.getValue();
            String indent = head.isEmpty() ? "    \t    " : head + "\t";
            out.line(head.isEmpty() ? 0 : 2, indent + (line.length() > 140 ? line.substring(0, 140) + "..." : line));
            head = "";
        }
    }

    private static void plain(Obj volume, Describe out) {
        for (String[] row : PLAIN) {
            if (volume.has(row[0])) {
                type(row[1], out);
                for (int i = 2; i < row.length; i += 2) {
                    out.line(2, row[i] + "\t" + value(volume.obj(row[0]), row[i + 1]));
                }
                return;
            }
        }
        out.line(1, "<unknown>");
    }

    private static String value(Obj source, String field) {
        String name = field.substring(1);
        return switch (field.charAt(0)) {
            case '#' -> Long.toString(source.number(name));
            case '!' -> Boolean.toString(source.bool(name));
            case '-' -> source.text(name, "<none>");
            case ',' -> String.join(", ", source.texts(name));
            case '[' -> Parts.slice(source.texts(field.substring(2)));
            case '{' -> goMap(source.map(field.substring(2)));
            case '?' -> reference(source, name);
            default -> source.text(field);
        };
    }

    private static String reference(Obj source, String field) {
        if (!source.has(field)) {
            return "nil";
        }
        Obj ref = source.obj(field);
        String name = "Name:" + ref.text("name") + ",";
        return ref.has("namespace")
                ? "&SecretReference{" + name + "Namespace:" + ref.text("namespace") + ",}"
                : "&LocalObjectReference{" + name + "}";
    }

    private static String goMap(Map<String, String> map) {
        StringBuilder out = new StringBuilder("map[");
        new TreeMap<>(map).forEach((key, value) -> out.append(out.length() == 4 ? "" : " ")
                .append(key)
                .append(':')
                .append(value));
        return out.append(']').toString();
    }
}
