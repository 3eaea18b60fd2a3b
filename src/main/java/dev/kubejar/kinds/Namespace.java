package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.ArrayList;
import java.util.List;

/** Namespace (v1). */
final class Namespace {
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private Namespace() {}

    static Kind build() {
        return KindTable.start("v1", "Namespace")
                .nameColumn()
                .column("Status", namespace -> namespace.text("status.phase"))
                .ageColumn()
                .field("status.phase", namespace -> namespace.text("status.phase"))
                .nameRule(Names::label)
                .defaults(Namespace::defaults)
                .prepareCreate(Namespace::prepareCreate)
                .prepareUpdate(Namespace::prepareUpdate)
                .rule(NamespaceRules::check)
                .statusRule(NamespaceRules::status)
                .describe(NamespaceDescription::write)
                .build();
    }

    private static void defaults(Obj namespace) {
        if (!namespace.name().isEmpty()) {
            namespace.setLabel(NAME_LABEL, namespace.name());
        }
        if (namespace.text("status.phase").isEmpty()) {
            namespace.set("status.phase", "Active");
        }
        namespace.child("spec");
    }

    private static void prepareCreate(Obj namespace) {
        namespace.set("status", Obj.create().set("phase", "Active"));
        List<String> finalizers = new ArrayList<>(namespace.texts("spec.finalizers"));
        if (!finalizers.contains("kubernetes")) {
            finalizers.add("kubernetes");
        }
        namespace.setTexts("spec.finalizers", finalizers);
    }

    private static void prepareUpdate(Obj namespace, Obj before) {
        Workloads.keepStatus(namespace, before);
        namespace.child("spec").remove("finalizers");
        if (before.has("spec.finalizers")) {
            namespace.setTexts("spec.finalizers", before.texts("spec.finalizers"));
        }
    }
}
