package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.Locale;

/** Kinds that need little more than their columns. */
final class PlainKinds {
    private PlainKinds() {}

    static Kind build(KindTable.Row row) {
        Kind.Builder kind = KindTable.start(row);
        if (row.verbs().contains("update")) {
            kind.nameRule(Names::subdomain);
        }
        columns(row.kind(), kind);
        return PlainRules.add(row.kind(), kind).build();
    }

    private static void columns(String name, Kind.Builder kind) {
        switch (name) {
            case "PodTemplate" ->
                kind.nameColumn()
                        .column("Containers", each -> Cells.containers(each.obj("template.spec")))
                        .column("Images", each -> Cells.images(each.obj("template.spec")))
                        .column("Pod Labels", each -> Cells.labels(each.map("template.metadata.labels")));
            case "ControllerRevision" ->
                kind.nameColumn()
                        .column("Controller", PlainKinds::controller)
                        .column("Revision", each -> each.number("revision"))
                        .ageColumn();
            case "CSIStorageCapacity" ->
                kind.nameColumn()
                        .column("Created At", "date", 0, (each, now) -> each.text("metadata.creationTimestamp"));
            case "RuntimeClass" ->
                kind.nameColumn()
                        .column("Handler", each -> each.text("handler"))
                        .ageColumn()
                        .createOnUpdate();
            default -> MoreColumns.add(name, kind);
        }
    }

    static long count(Obj each, String path) {
        return each.at(path).size();
    }

    private static String controller(Obj each) {
        Obj owner = each.controller();
        if (owner == null) {
            return "<none>";
        }
        String group = owner.group();
        String kind = owner.text("kind").toLowerCase(Locale.ROOT);
        return kind + (group.isEmpty() ? "" : "." + group) + "/" + owner.text("name");
    }
}
