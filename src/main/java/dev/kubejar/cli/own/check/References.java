package dev.kubejar.cli.own.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.List;

/**
 * What a pod template refers to and nobody has: told, and then done without in what is sent, so that the pods run and
 * show what else is wrong.
 */
final class References {
    private static final GroupVersionResource RUNTIME_CLASSES =
            GroupVersionResource.of("node.k8s.io/v1", "runtimeclasses");

    private final World world;
    private final Findings findings;
    private Manifest manifest;

    References(World world) {
        this.world = world;
        this.findings = world.findings;
    }

    void check(Manifest each) {
        manifest = each;
        if (each.template() == null) {
            return;
        }
        Obj spec = each.pod().obj("spec");
        for (String list : new String[] {"initContainers", "containers"}) {
            List<Obj> containers = spec.list(list);
            for (int i = 0; i < containers.size(); i++) {
                container(containers.get(i), "spec." + list + "[" + i + "]");
            }
        }
        List<Obj> volumes = spec.list("volumes");
        for (int i = 0; i < volumes.size(); i++) {
            volume(volumes.get(i), "spec.volumes[" + i + "]");
        }
        names(spec);
    }

    private void names(Obj spec) {
        String field = spec.has("serviceAccountName") ? "serviceAccountName" : "serviceAccount";
        if (missing(Resources.SERVICEACCOUNTS, "ServiceAccount", manifest.namespace, spec, field)) {
            spec.remove("serviceAccountName").remove("serviceAccount");
        }
        if (missing(Resources.PRIORITYCLASSES, "PriorityClass", "", spec, "priorityClassName")) {
            spec.remove("priorityClassName");
        }
        if (missing(RUNTIME_CLASSES, "RuntimeClass", "", spec, "runtimeClassName")) {
            spec.remove("runtimeClassName");
        }
        String node = spec.text("nodeName");
        if (!node.isEmpty() && !world.there(Resources.NODES, "", node)) {
            findings.add(
                    "unschedulable", manifest, manifest.podField("spec.nodeName"), "node \"" + node + "\" not found");
            spec.remove("nodeName");
        }
    }

    private boolean missing(GroupVersionResource resource, String kind, String namespace, Obj spec, String field) {
        String name = spec.text(field);
        if (name.isEmpty() || name.equals("default") && kind.equals("ServiceAccount")) {
            return false;
        }
        if (world.there(resource, namespace, name)) {
            return false;
        }
        absent(resource, kind, namespace, name, "spec." + field);
        return true;
    }

    /** Tells that something is not there, unless its own mistake is told already. */
    private void absent(GroupVersionResource resource, String kind, String namespace, String name, String field) {
        manifest.mended = true;
        if (world.meant(resource, kind, namespace, name)) {
            return;
        }
        String word = kind.equals("PersistentVolumeClaim") ? "claim" : kind.toLowerCase(java.util.Locale.ROOT);
        findings.shared(
                kind + " " + namespace + "/" + name,
                "missing-" + word,
                manifest,
                manifest.podField(field),
                kind + " \"" + name + "\" not found" + (namespace.isEmpty() ? "" : " in namespace " + namespace));
    }

    private void container(Obj container, String path) {
        List<Obj> sources = container.list("envFrom");
        for (int i = 0; i < sources.size(); i++) {
            String at = path + ".envFrom[" + i + "].";
            data(sources.get(i), "configMapRef", "name", at, null);
            data(sources.get(i), "secretRef", "name", at, null);
        }
        List<Obj> variables = container.list("env");
        for (int i = 0; i < variables.size(); i++) {
            Obj from = variables.get(i).obj("valueFrom");
            String at = path + ".env[" + i + "].valueFrom.";
            for (String kind : new String[] {"configMapKeyRef", "secretKeyRef"}) {
                data(from, kind, "name", at, from.text(kind + ".key"));
            }
        }
    }

    private void volume(Obj volume, String path) {
        data(volume, "configMap", "name", path + ".", null);
        data(volume, "secret", "secretName", path + ".", null);
        List<Obj> sources = volume.list("projected.sources");
        for (int i = 0; i < sources.size(); i++) {
            String at = path + ".projected.sources[" + i + "].";
            data(sources.get(i), "configMap", "name", at, null);
            data(sources.get(i), "secret", "name", at, null);
        }
        String claim = volume.text("persistentVolumeClaim.claimName");
        if (!claim.isEmpty() && !claimed(claim)) {
            absent(
                    Resources.PERSISTENTVOLUMECLAIMS,
                    "PersistentVolumeClaim",
                    manifest.namespace,
                    claim,
                    path + ".persistentVolumeClaim.claimName");
            volume.remove("persistentVolumeClaim").set("emptyDir", Json.object());
        }
    }

    /** A claim may also be one that a StatefulSet makes: {@code TEMPLATE-SET-N}. */
    private boolean claimed(String claim) {
        if (world.there(Resources.PERSISTENTVOLUMECLAIMS, manifest.namespace, claim)) {
            return true;
        }
        for (Manifest each : world.manifests()) {
            for (Obj template : each.written.list("spec.volumeClaimTemplates")) {
                if (each.namespace.equals(manifest.namespace)
                        && claim.startsWith(template.name() + "-" + each.name() + "-")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A reference to a ConfigMap or a Secret, as a whole or to a key, or to the keys that its items name. */
    private void data(Obj holder, String source, String nameField, String path, String key) {
        if (!(holder.at(source) instanceof ObjectNode node) || holder.bool(source + ".optional")) {
            return;
        }
        Obj reference = Obj.of(node);
        String name = reference.text(nameField);
        boolean secret = source.startsWith("secret");
        String kind = secret ? "Secret" : "ConfigMap";
        GroupVersionResource resource = secret ? Resources.SECRETS : Resources.CONFIGMAPS;
        if (name.isEmpty()) {
            return;
        }
        Obj found = world.client.find(resource, manifest.namespace, name).orElse(null);
        if (found == null) {
            absent(resource, kind, manifest.namespace, name, path + source + "." + nameField);
            reference.set("optional", true);
            return;
        }
        if (key != null) {
            key(found, kind, key, path + source + ".key", reference);
        }
        List<Obj> items = reference.list("items");
        for (int i = 0; i < items.size(); i++) {
            key(found, kind, items.get(i).text("key"), path + source + ".items[" + i + "].key", reference);
        }
    }

    private void key(Obj found, String kind, String key, String field, Obj reference) {
        for (String part : new String[] {"data", "binaryData", "stringData"}) {
            JsonNode data = found.at(part);
            if (data.has(key)) {
                return;
            }
        }
        if (!key.isEmpty()) {
            findings.add(
                    "missing-key",
                    manifest,
                    manifest.podField(field),
                    kind + " \"" + found.name() + "\" has no key \"" + key + "\"");
            reference.set("optional", true);
            manifest.mended = true;
        }
    }
}
