package dev.kubejar.kinds.describe;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What descriptions say of persistent volume claims and of their templates. */
public final class ClaimParts {
    private static final String CLASS = "volume.beta.kubernetes.io/storage-class";

    private ClaimParts() {}

    /** The template of an ephemeral volume. */
    static void template(Obj template, Describe out) {
        Describe nested = new Describe();
        nested.field("StorageClass", storageClass(template));
        common(template, false, nested);
        nested.lines().forEach(line -> out.line(line.level() + 2, line.text()));
    }

    /** The claim templates of a StatefulSet. */
    public static void templates(List<Obj> templates, Describe out) {
        if (templates.isEmpty()) {
            out.field("Volume Claims", "<none>");
            return;
        }
        out.line(0, "Volume Claims:");
        for (Obj claim : templates) {
            out.field(1, "Name", claim.name());
            out.field(1, "StorageClass", storageClass(claim));
            labels("Labels", claim.labels(), out);
            labels("Annotations", claim.annotations(), out);
            out.field(1, "Capacity", claim.text("spec.resources.requests.storage", "<default>"));
            out.field(1, "Access Modes", Parts.slice(claim.texts("spec.accessModes")));
        }
    }

    private static void labels(String title, Map<String, String> labels, Describe out) {
        String head = "  " + title + ":";
        if (labels.isEmpty()) {
            out.line(0, head + "\t<none>");
        }
        for (Map.Entry<String, String> entry : new TreeMap<>(labels).entrySet()) {
            out.line(0, head + "\t" + entry.getKey() + "=" + entry.getValue());
            head = "  ";
        }
    }

    /** A claim's storage class; empty where it has none. */
    public static String storageClass(Obj claim) {
        String old = claim.annotation(CLASS);
        return claim.annotations().containsKey(CLASS) ? old : claim.text("spec.storageClassName");
    }

    /** From the volume on, as both claims and their templates tell it. */
    public static void common(Obj claim, boolean full, Describe out) {
        out.field("Volume", claim.text("spec.volumeName"));
        Parts.metadata(claim, out);
        if (full) {
            out.field("Finalizers", Parts.slice(claim.texts("metadata.finalizers")));
        }
        boolean bound = !claim.text("spec.volumeName").isEmpty();
        out.field("Capacity", bound ? claim.text("status.capacity.storage", "0") : "");
        out.field("Access Modes", bound ? accessModes(claim.texts("status.accessModes")) : "");
        if (claim.has("spec.volumeMode")) {
            out.field("VolumeMode", claim.text("spec.volumeMode"));
        }
        if (claim.has("spec.dataSource")) {
            out.line(0, "DataSource:");
            if (claim.has("spec.dataSource.apiGroup")) {
                out.field(1, "APIGroup", claim.text("spec.dataSource.apiGroup"));
            }
            out.field(1, "Kind", claim.text("spec.dataSource.kind"));
            out.field(1, "Name", claim.text("spec.dataSource.name"));
        }
    }

    /** {@code RWO,ROX,RWX,RWOP}, each once, in this order. */
    public static String accessModes(List<String> modes) {
        LinkedHashSet<String> given = new LinkedHashSet<>(modes);
        List<String> text = new ArrayList<>();
        String[] order = {
            "ReadWriteOnce", "RWO", "ReadOnlyMany", "ROX", "ReadWriteMany", "RWX", "ReadWriteOncePod", "RWOP"
        };
        for (int i = 0; i < order.length; i += 2) {
            if (given.contains(order[i])) {
                text.add(order[i + 1]);
            }
        }
        return String.join(",", text);
    }
}
