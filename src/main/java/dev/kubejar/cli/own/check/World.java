package dev.kubejar.cli.own.check;

import dev.kubejar.cli.Clusters;
import dev.kubejar.cli.ResourceMapper;
import dev.kubejar.client.Client;
import dev.kubejar.client.Cluster;
import dev.kubejar.client.Identity;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import java.util.List;

/** What there is: the throw-away cluster, and what the files mean to put there even where it was refused. */
final class World {
    static final String PROVISIONER = "rancher.io/local-path";

    final Cluster cluster;
    final Client client;
    final ResourceMapper mapper;
    final Inputs inputs;
    final Findings findings;

    World(Clusters.Opened opened, Inputs inputs, Findings findings) {
        this.cluster = opened.cluster();
        this.client = cluster.client(Identity.ADMIN);
        this.mapper = new ResourceMapper(opened.discovery());
        this.inputs = inputs;
        this.findings = findings;
    }

    /** Whether the cluster has a provisioner: its first class is there before any of the files'. */
    boolean provisions() {
        return client.list(Resources.STORAGECLASSES, "").stream()
                .anyMatch(each -> each.text("provisioner").equals(PROVISIONER));
    }

    List<Manifest> manifests() {
        return inputs.manifests;
    }

    /** The manifest of an object; null where no file has it. */
    Manifest manifest(String kind, String namespace, String name) {
        for (Manifest each : manifests()) {
            if (each.kind().equals(kind) && each.name().equals(name) && each.namespace.equals(namespace)) {
                return each;
            }
        }
        return null;
    }

    /** The object as the files write it, or as the cluster has it; null where neither does. */
    Obj find(GroupVersionResource resource, String kind, String namespace, String name) {
        Manifest manifest = manifest(kind, namespace, name);
        return manifest != null
                ? manifest.sent
                : client.find(resource, namespace, name).orElse(null);
    }

    /** Whether the cluster has an object. */
    boolean there(GroupVersionResource resource, String namespace, String name) {
        return client.find(resource, namespace, name).isPresent();
    }

    /** Whether an object is there, or would be but for a mistake that is told elsewhere. */
    boolean meant(GroupVersionResource resource, String kind, String namespace, String name) {
        return find(resource, kind, namespace, name) != null || spoilt(kind, namespace, name);
    }

    /** Whether something that could not be read or was refused may be this object. */
    boolean spoilt(String kind, String namespace, String name) {
        for (Manifest each : manifests()) {
            boolean unknown = each.resource == null && each.name().equals(name);
            boolean nameless = each.kind().equals(kind) && each.name().isEmpty();
            boolean made = each.resource != null && custom(each) && makes(each, name);
            if ((unknown || nameless || made)
                    && (namespace.isEmpty() || each.namespace.equals(namespace) || each.namespace.isEmpty())) {
                return true;
            }
        }
        return mentioned(name);
    }

    /** Whether a document that could not be read names this. */
    boolean mentioned(String word) {
        for (String text : inputs.broken) {
            for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                if (edge(text, at - 1) && edge(text, at + word.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean edge(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return true;
        }
        char c = text.charAt(at);
        return !Character.isLetterOrDigit(c) && c != '-' && c != '_' && c != '.';
    }

    private static boolean custom(Manifest manifest) {
        String group = manifest.written.group();
        return group.contains(".") && !group.endsWith(".k8s.io");
    }

    /** Custom objects such as certificates and external secrets stand for what their operators make of them. */
    private static boolean makes(Manifest manifest, String name) {
        return manifest.name().equals(name)
                || manifest.written.text("spec.secretName").equals(name)
                || manifest.written.text("spec.target.name").equals(name);
    }
}
