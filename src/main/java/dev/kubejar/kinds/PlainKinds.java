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
            case "ValidatingAdmissionPolicy" -> policy(kind, "Validations", "spec.validations");
            case "MutatingAdmissionPolicy" -> policy(kind, "Mutations", "spec.mutations");
            case "ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicyBinding" ->
                kind.nameColumn()
                        .column("PolicyName", each -> each.text("spec.policyName"))
                        .column("ParamRef", PlainKinds::paramRef)
                        .ageColumn();
            default -> MoreColumns.add(name, kind);
        }
    }

    static long count(Obj each, String path) {
        return each.at(path).size();
    }

    private static void policy(Kind.Builder kind, String title, String list) {
        kind.nameColumn()
                .column(title, "integer", 0, (each, now) -> count(each, list))
                .column(
                        "ParamKind",
                        each -> each.has("spec.paramKind")
                                ? each.text("spec.paramKind.apiVersion") + "/" + each.text("spec.paramKind.kind")
                                : "<unset>")
                .ageColumn();
    }

    private static String paramRef(Obj each) {
        if (!each.has("spec.paramRef")) {
            return "<unset>";
        }
        Obj ref = each.obj("spec.paramRef");
        if (!ref.text("name").isEmpty()) {
            return Cells.orElse(ref.text("namespace"), "*") + "/" + ref.text("name");
        }
        return ref.has("selector") ? Cells.selector(ref.obj("selector")) : "<unset>";
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
