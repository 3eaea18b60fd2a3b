package dev.kubejar.cli.own.check;

import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sends the objects to the cluster, whatever others need first, and tells why one is refused. */
final class Applying {
    private static final List<String> ORDER = List.of(
            "Namespace",
            "CustomResourceDefinition",
            "PriorityClass",
            "RuntimeClass",
            "StorageClass",
            "IngressClass",
            "LimitRange",
            "ResourceQuota",
            "ServiceAccount",
            "Secret",
            "ConfigMap",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "ClusterRole",
            "ClusterRoleBinding",
            "Role",
            "RoleBinding",
            "NetworkPolicy",
            "Service",
            "EndpointSlice",
            "Endpoints",
            "PodDisruptionBudget",
            "DaemonSet",
            "Pod",
            "ReplicationController",
            "ReplicaSet",
            "Deployment",
            "HorizontalPodAutoscaler",
            "StatefulSet",
            "Job",
            "CronJob",
            "Ingress");
    private static final int MOST_TRIES = 5;

    private final World world;
    private final Findings findings;
    private final Decoding decoding;
    private final boolean ignoreMissing;

    Applying(World world, Decoding decoding, boolean ignoreMissing) {
        this.world = world;
        this.findings = world.findings;
        this.decoding = decoding;
        this.ignoreMissing = ignoreMissing;
    }

    /** The manifests in the order in which they are sent. */
    static List<Manifest> ordered(List<Manifest> manifests) {
        List<Manifest> ordered = new ArrayList<>(manifests);
        ordered.sort(Comparator.comparingInt(Applying::rank));
        return ordered;
    }

    private static int rank(Manifest manifest) {
        int known = ORDER.indexOf(manifest.kind());
        return known < 0 ? ORDER.size() : known;
    }

    /** Whether others cannot be understood before this is there. */
    static boolean first(Manifest manifest) {
        return manifest.kind().equals("Namespace") || manifest.kind().equals("CustomResourceDefinition");
    }

    /** Finds what kind each is and which namespace it goes to; the unknown are findings or, if so asked, passed over. */
    void resolve(List<Manifest> manifests, String namespace) {
        for (Manifest each : manifests) {
            if (each.refused || each.resource != null) {
                continue;
            }
            each.resource = world.mapper.find(each.written.apiVersion(), each.kind());
            if (each.resource != null && !each.resource.kind().equals(each.kind())) {
                each.resource = null; // found by its name in small letters, which the server then refuses
            }
            boolean namespaced = each.resource == null || each.resource.namespaced();
            each.namespace = namespaced ? each.written.text("metadata.namespace", namespace) : "";
            if (each.resource == null) {
                each.refused = true;
                unknown(each);
            }
        }
    }

    private void unknown(Manifest manifest) {
        String version = manifest.written.apiVersion();
        String text = "no matches for kind \"" + manifest.kind() + "\" in version \"" + version + "\"";
        List<String> versions = new ArrayList<>();
        String near = null;
        for (var each : world.mapper.all()) {
            if (each.kind().equals(manifest.kind())) {
                versions.add(each.groupVersion());
            } else if (each.groupVersion().equals(version) && near(each.kind(), manifest.kind())) {
                near = each.kind();
            }
        }
        if (!versions.isEmpty()) {
            findings.add(
                    "unknown-kind",
                    manifest,
                    "apiVersion",
                    text + " (it is served as " + String.join(", ", versions) + ")");
        } else if (near != null) {
            findings.add("unknown-kind", manifest, "kind", text + " (did you mean \"" + near + "\"?)");
        } else if (!ignoreMissing) {
            findings.shared(
                    "kind " + version + " " + manifest.kind(),
                    "unknown-kind",
                    manifest,
                    "kind",
                    text + " (is its CustomResourceDefinition missing? see --crd)");
        }
    }

    private static boolean near(String kind, String written) {
        return kind.equalsIgnoreCase(written) || Decoding.distance(kind, written) <= 2;
    }

    /** Makes the namespaces that nobody makes, each a finding but for the one that was asked for by flag. */
    void namespaces(String asked) {
        for (Manifest each : world.manifests()) {
            boolean bySelf = each.namespace.equals(asked) && !each.written.has("metadata.namespace");
            if (!each.namespace.isEmpty()
                    && !bySelf
                    && !world.meant(Resources.NAMESPACES, "Namespace", "", each.namespace)) {
                findings.shared(
                        "namespace " + each.namespace,
                        "missing-namespace",
                        each,
                        "metadata.namespace",
                        "namespace \"" + each.namespace + "\" not found");
            }
        }
        for (Manifest each : world.manifests()) {
            if (!each.namespace.isEmpty()) {
                make(each.namespace);
            }
        }
    }

    private void make(String namespace) {
        try {
            if (world.client.find(Resources.NAMESPACES, "", namespace).isEmpty()) {
                world.client.create(Resources.NAMESPACES, Obj.create("v1", "Namespace", "", namespace));
            }
        } catch (ApiError e) {
            // a name that no namespace can have: whoever wants to be in it is refused, and told so
        }
    }

    /** An object that stands in two places, and differs there. */
    void twice() {
        List<Manifest> seen = new ArrayList<>();
        for (Manifest each : world.manifests()) {
            for (Manifest earlier : seen) {
                boolean same = !each.name().isEmpty()
                        && each.name().equals(earlier.name())
                        && each.kind().equals(earlier.kind())
                        && each.namespace.equals(earlier.namespace)
                        && each.written.group().equals(earlier.written.group());
                if (same && !each.written.equals(earlier.written)) {
                    findings.add(
                            "defined-twice",
                            each,
                            "metadata.name",
                            each.title() + " is defined in " + earlier.place("metadata.name") + " too, differently");
                    break;
                }
            }
            seen.add(each);
        }
    }

    /** Sends one object; a refusal is a finding. */
    void send(Manifest manifest) {
        if (!manifest.accepted()) {
            return;
        }
        Obj body = manifest.sent.copy();
        if (!manifest.namespace.isEmpty()) {
            body.set("metadata.namespace", manifest.namespace);
        }
        if (manifest.kind().equals("StorageClass") && world.provisions()) {
            provisioned(body);
        }
        String validation = "Strict";
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                Obj made = world.client
                        .call(Request.create(manifest.resource.resource(), manifest.namespace, body)
                                .dryRun(manifest.kind()
                                        .endsWith("WebhookConfiguration")) // nobody here answers their calls
                                .fieldValidation(validation))
                        .object();
                manifest.sent.set("metadata.name", made.name());
                return;
            } catch (ApiError e) {
                if (e.is("AlreadyExists")) {
                    replace(manifest, body);
                    return;
                }
                if (e.is("BadRequest") && e.getMessage().contains("strict decoding error: ")) {
                    strict(manifest, e.getMessage());
                    validation = "Ignore";
                    continue;
                }
                refused(manifest, e);
                return;
            }
        }
    }

    /** Whatever provisions volumes elsewhere, the cluster's own provisioner does it here. */
    private static void provisioned(Obj body) {
        String provisioner = body.text("provisioner");
        if (!provisioner.isEmpty()
                && !provisioner.equals("kubernetes.io/no-provisioner")
                && !provisioner.equals(World.PROVISIONER)) {
            body.set("provisioner", World.PROVISIONER).setAnnotation("kubejar.dev/access-modes", "any");
        }
    }

    private void replace(Manifest manifest, Obj body) {
        try {
            world.client.call(Request.patch(
                    manifest.resource.resource(),
                    manifest.namespace,
                    body.name(),
                    Request.PatchType.MERGE,
                    body.node()));
        } catch (ApiError e) {
            if (e.causes().isEmpty() || !e.causes().stream().allMatch(Applying::unchangeable)) {
                refused(manifest, e);
            }
        }
    }

    /** What cannot follow from one definition to the other: that there are two is told. */
    private static boolean unchangeable(ApiError.Cause cause) {
        String message = cause.message();
        return message.contains("immutable") || message.contains(" updates to ") || message.contains("may not change");
    }

    private void refused(Manifest manifest, ApiError e) {
        manifest.refused = true;
        if (e.getMessage().equals("namespaces \"" + manifest.namespace + "\" not found")) {
            return; // told: it is missing, or refused itself
        }
        new Refusals(findings, decoding).tell(manifest, e);
    }

    /** Custom kinds: the server alone knows their fields. */
    private void strict(Manifest manifest, String message) {
        String list = message.substring(message.indexOf("strict decoding error: ") + 23);
        for (String each : list.split(", (?=(unknown|duplicate) field )")) {
            int open = each.indexOf('"');
            String path = open < 0 ? "" : each.substring(open + 1, Math.max(open + 1, each.length() - 1));
            boolean unknown = each.startsWith("unknown");
            findings.add(unknown ? "unknown-field" : "duplicate-field", manifest, path, each);
            if (unknown) {
                decoding.dropped.add(Decoding.key(manifest, Fields.parent(path)));
            }
        }
    }
}
