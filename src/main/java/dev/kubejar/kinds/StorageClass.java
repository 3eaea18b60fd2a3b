package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Related;
import java.util.List;

/** StorageClass (storage.k8s.io/v1). */
final class StorageClass {
    private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";
    private static final String OLD_DEFAULT = "storageclass.beta.kubernetes.io/is-default-class";

    private StorageClass() {}

    static Kind build() {
        return KindTable.start("storage.k8s.io/v1", "StorageClass")
                .column("Name", sc -> isDefault(sc) ? sc.name() + " (default)" : sc.name())
                .column("Provisioner", sc -> sc.text("provisioner"))
                .column("ReclaimPolicy", sc -> sc.text("reclaimPolicy", "Delete"))
                .column("VolumeBindingMode", sc -> sc.text("volumeBindingMode", "<unset>"))
                .column("AllowVolumeExpansion", sc -> Boolean.toString(sc.bool("allowVolumeExpansion")))
                .ageColumn()
                .nameRule(Names::subdomain)
                .defaults(sc -> sc.orSet("reclaimPolicy", "Delete").orSet("volumeBindingMode", "Immediate"))
                .rule(StorageRules::storageClass)
                .describe(StorageClass::describe)
                .build();
    }

    private static boolean isDefault(Obj sc) {
        return sc.annotation(DEFAULT).equals("true")
                || sc.annotation(OLD_DEFAULT).equals("true");
    }

    private static void describe(Obj sc, Describe out, Related related) {
        out.field("Name", sc.name());
        out.field("IsDefaultClass", isDefault(sc) ? "Yes" : "No");
        out.field("Annotations", Cells.labels(sc.annotations()));
        out.field("Provisioner", sc.text("provisioner"));
        out.field("Parameters", Cells.labels(sc.map("parameters")));
        boolean told = sc.has("allowVolumeExpansion");
        out.field("AllowVolumeExpansion", told ? Parts.bool(sc.bool("allowVolumeExpansion")) : "<unset>");
        List<String> options = sc.texts("mountOptions");
        out.line(0, options.isEmpty() ? "MountOptions:\t<none>" : "MountOptions:");
        options.forEach(option -> out.line(1, option));
        if (sc.has("reclaimPolicy")) {
            out.field("ReclaimPolicy", sc.text("reclaimPolicy"));
        }
        if (sc.has("volumeBindingMode")) {
            out.field("VolumeBindingMode", sc.text("volumeBindingMode"));
        }
        if (sc.has("allowedTopologies")) {
            topologies(sc.list("allowedTopologies"), out);
        }
        Parts.events(sc, out, related);
    }

    private static void topologies(List<Obj> terms, Describe out) {
        out.field("AllowedTopologies", terms.isEmpty() ? "<none>" : "");
        for (int i = 0; i < terms.size(); i++) {
            String head = "Term " + i + ":";
            List<Obj> expressions = terms.get(i).list("matchLabelExpressions");
            if (expressions.isEmpty()) {
                out.line(1, head + "\t<none>");
            }
            for (Obj each : expressions) {
                out.line(1, head + "\t" + each.text("key") + " in [" + String.join(", ", each.texts("values")) + "]");
                head = "";
            }
        }
    }
}
