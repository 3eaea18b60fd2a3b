package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.kubejar.kinds.custom.DefinitionRules;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** CustomResourceDefinition: a kind that users bring. */
final class CustomResourceDefinition {
    private CustomResourceDefinition() {}

    static Kind build() {
        return KindTable.start("apiextensions.k8s.io/v1", "CustomResourceDefinition")
                .nameRule(Names::subdomain)
                .nameColumn()
                .column("Created At", "date", 0, (each, now) -> each.text("metadata.creationTimestamp"))
                .defaults(CustomResourceDefinition::defaults)
                .prepareCreate(CustomResourceDefinition::prepare)
                .prepareUpdate(CustomResourceDefinition::prepare)
                .conditionalUpdateOnly()
                .rule(DefinitionRules::check)
                .statusRule(DefinitionRules::checkStatus)
                .build();
    }

    private static void defaults(Obj definition) {
        Obj spec = definition.child("spec");
        Obj names = spec.child("names");
        String kind = names.text("kind");
        if (names.text("singular").isEmpty()) {
            names.set("singular", kind.toLowerCase(Locale.ROOT));
        }
        if (names.text("listKind").isEmpty() && !kind.isEmpty()) {
            names.set("listKind", kind + "List");
        }
        if (!spec.has("conversion")) {
            spec.child("conversion").set("strategy", "None");
        }
        if (spec.has("conversion.webhook.clientConfig.service")) {
            spec.obj("conversion.webhook.clientConfig.service").orSet("port", 443);
        }
    }

    private static void prepare(Obj definition) {
        Obj status = Obj.create();
        status.child("acceptedNames").set("kind", "").set("plural", "");
        status.node().set("conditions", NullNode.getInstance());
        status.node().set("storedVersions", NullNode.getInstance());
        definition.set("status", status);
        storageVersion(definition);
    }

    private static void prepare(Obj now, Obj before) {
        Workloads.keepStatus(now, before);
        storageVersion(now);
    }

    /** Notes the version that objects are stored in from now on. */
    private static void storageVersion(Obj definition) {
        for (Obj version : definition.list("spec.versions")) {
            if (version.bool("storage")) {
                List<String> stored = new ArrayList<>(definition.texts("status.storedVersions"));
                if (!stored.contains(version.text("name"))) {
                    stored.add(version.text("name"));
                    definition.setTexts("status.storedVersions", stored);
                }
                return;
            }
        }
    }
}
