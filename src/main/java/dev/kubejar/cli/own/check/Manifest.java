package dev.kubejar.cli.own.check;

import dev.kubejar.client.ApiResource;
import dev.kubejar.object.Document;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.util.HashMap;
import java.util.Map;

/** One object that a file asks for: as it is written, as it is sent, and what became of it. */
final class Manifest {
    final String file;
    final Document document;
    /** Where the object stands in its document: empty, or {@code items[2]} in a list. */
    final String prefix;
    /** As it is written. */
    final Obj written;
    /** As it is sent: what was found wrong is put right, so that the next mistake shows too. */
    Obj sent;

    /** From the written field's path to the one it was taken for. */
    final Map<String, String> renamed = new HashMap<>();
    /** The file that it was made from, for the output of kustomize; null: this one. */
    Manifest origin;

    /** Null while the cluster does not know the kind. */
    ApiResource resource;

    String namespace = "";
    boolean refused;
    /** A finding names it. */
    boolean troubled;
    /** Its pods run other than written: how they behave says nothing. */
    boolean mended;
    /** Its pods run, and do not do well. */
    boolean failing;

    Manifest(String file, Document document, String prefix, Obj written) {
        this.file = file;
        this.document = document;
        this.prefix = prefix;
        this.written = written;
        this.sent = written.copy();
    }

    String kind() {
        return written.kind();
    }

    /** Its name; the one that the cluster gave it where the file leaves that to it. */
    String name() {
        return sent.name();
    }

    Ref ref() {
        return Ref.of(resource.resource(), namespace, sent.name());
    }

    /** Whether the cluster has it. */
    boolean accepted() {
        return resource != null && !refused;
    }

    String title() {
        String name = written.text("metadata.name", written.text("metadata.generateName", "<no name>"));
        return (kind().isEmpty() ? "object" : kind()) + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }

    /** Where a field is written, or the nearest field above it. */
    Place place(String field) {
        if (origin != null) {
            return origin.place(field);
        }
        String path = Fields.plain(field);
        for (Map.Entry<String, String> each : renamed.entrySet()) {
            if (path.equals(each.getValue())
                    || path.startsWith(each.getValue() + ".")
                    || path.startsWith(each.getValue() + "[")) {
                path = each.getKey() + path.substring(each.getValue().length());
            }
        }
        String whole = prefix.isEmpty() ? path : path.isEmpty() ? prefix : prefix + "." + path;
        return new Place(file, document.line(whole));
    }

    /** Where the pod template begins: empty for a pod itself, null for what makes no pods. */
    String template() {
        switch (kind()) {
            case "Pod":
                return "";
            case "CronJob":
                return "spec.jobTemplate.spec.template";
            case "PodTemplate":
                return "template";
            case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController", "Job":
                return "spec.template";
            default:
                return shaped();
        }
    }

    /** A kind whose name nobody knows may be a workload with a slip in its name. */
    private String shaped() {
        if (resource != null) {
            return null;
        }
        for (String path : new String[] {"spec.template", "spec.jobTemplate.spec.template"}) {
            if (written.at(path + ".spec.containers").isArray()) {
                return path;
            }
        }
        return written.at("spec.containers").isArray() ? "" : null;
    }

    /** The path of a field of the pod's spec: {@code spec.template.spec.containers[0]}. */
    String podField(String field) {
        String template = template();
        return (template.isEmpty() ? "" : template + ".") + field;
    }

    /** The pod template as it is sent. */
    Obj pod() {
        String template = template();
        return template.isEmpty() ? sent : sent.obj(template);
    }
}
