package dev.kubejar.schema.policy;

import dev.kubejar.cel.Type;
import java.util.HashMap;
import java.util.Map;

/** The types of {@code request} and {@code namespaceObject}. */
final class AdmissionTypes {
    private static final Type TEXTS = Type.list(Type.STRING);
    private static final Type LABELS = Type.map(Type.STRING, Type.STRING);

    private AdmissionTypes() {}

    private static Type texts(String name, String... fields) {
        Map<String, Type> types = new HashMap<>();
        for (String field : fields) {
            types.put(field, Type.STRING);
        }
        return Type.struct(name, types);
    }

    static Type request() {
        Type kind = texts("kubernetes.GroupVersionKind", "group", "version", "kind");
        Type resource = texts("kubernetes.GroupVersionResource", "group", "version", "resource");
        Map<String, Type> user = new HashMap<>(Map.of("username", Type.STRING, "uid", Type.STRING));
        user.put("groups", TEXTS);
        user.put("extra", Type.map(Type.STRING, TEXTS));
        Map<String, Type> fields = new HashMap<>();
        fields.put("kind", kind);
        fields.put("requestKind", kind);
        fields.put("resource", resource);
        fields.put("requestResource", resource);
        for (String text : new String[] {"subResource", "requestSubResource", "name", "namespace", "operation"}) {
            fields.put(text, Type.STRING);
        }
        fields.put("userInfo", Type.struct("kubernetes.UserInfo", user));
        fields.put("dryRun", Type.BOOL);
        fields.put("options", Type.DYN);
        return Type.struct("kubernetes.AdmissionRequest", fields);
    }

    static Type namespace() {
        Type spec = Type.struct("kubernetes.NamespaceSpec", Map.of("finalizers", TEXTS));
        Map<String, Type> condition =
                new HashMap<>(texts("", "status", "type", "message", "reason").fields());
        condition.put("lastTransitionTime", Type.TIMESTAMP);
        Type conditions = Type.list(Type.struct("kubernetes.NamespaceCondition", condition));
        Type status = Type.struct("kubernetes.NamespaceStatus", Map.of("conditions", conditions, "phase", Type.STRING));
        Map<String, Type> metadata =
                new HashMap<>(texts("", "name", "generateName", "namespace", "UID", "resourceVersion")
                        .fields());
        metadata.put("labels", LABELS);
        metadata.put("annotations", LABELS);
        metadata.put("creationTimestamp", Type.TIMESTAMP);
        metadata.put("deletionTimestamp", Type.TIMESTAMP);
        metadata.put("deletionGracePeriodSeconds", Type.INT);
        metadata.put("generation", Type.INT);
        metadata.put("finalizers", TEXTS);
        return Type.struct(
                "kubernetes.Namespace",
                Map.of(
                        "metadata",
                        Type.struct("kubernetes.NamespaceMetadata", metadata),
                        "spec",
                        spec,
                        "status",
                        status));
    }
}
