package dev.kubejar.api;

import dev.kubejar.object.ApiError;
import dev.kubejar.object.FieldSelector;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.schema.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which objects a list, a watch or a deletion of many is about, and the index entry that finds them fastest. */
final class Selection {
    /** Fields that are asked for so often that the store indexes them, in the order of their worth. */
    static final List<String> INDEXED_FIELDS =
            List.of("spec.nodeName", "involvedObject.uid", "involvedObject.name", "regarding.uid", "regarding.name");

    private final Kind kind;
    private final String name;
    private final LabelSelector labels;
    private final FieldSelector fields;
    private final String ownerUid;

    private Selection(Kind kind, String name, LabelSelector labels, FieldSelector fields, String ownerUid) {
        this.kind = kind;
        this.name = name;
        this.labels = labels;
        this.fields = fields;
        this.ownerUid = ownerUid;
    }

    /** What the request selects; BadRequest where a selector cannot be read or names a field the kind does not offer. */
    static Selection of(Call call) {
        try {
            LabelSelector labels = call.request.labelSelector.isEmpty()
                    ? LabelSelector.EVERYTHING
                    : LabelSelector.parse(call.request.labelSelector);
            FieldSelector fields = call.request.fieldSelector.isEmpty()
                    ? FieldSelector.EVERYTHING
                    : FieldSelector.parse(call.request.fieldSelector);
            known(call.kind, fields);
            return new Selection(call.kind, call.request.name, labels, fields, call.request.ownerUid);
        } catch (ParseError e) {
            throw ApiError.badRequest(e.getMessage());
        }
    }

    private static void known(Kind kind, FieldSelector fields) {
        for (FieldSelector.Requirement each : fields.requirements()) {
            String field = each.field();
            boolean known = field.equals("metadata.name")
                    || field.equals("metadata.namespace") && (kind.namespaced() || plain(kind))
                    || kind.selectableFields().containsKey(field);
            if (!known) {
                throw ApiError.badRequest(unknown(kind, field));
            }
        }
    }

    /** Whether a kind has no say of its own in which fields select. */
    private static boolean plain(Kind kind) {
        return kind.selectableFields().isEmpty() && !kind.custom();
    }

    private static String unknown(Kind kind, String field) {
        if (plain(kind)) {
            return "\"" + field + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"";
        }
        return switch (kind.resource().groupResource()) {
            case "jobs.batch" -> "field label \"" + field + "\" not supported for Job";
            case "resourceslices.resource.k8s.io" ->
                "field label not supported for " + kind.groupVersion() + ", Kind=ResourceSlice: " + field;
            default -> "field label not supported: " + field;
        };
    }

    boolean everything() {
        return labels.isEmpty() && fields.isEmpty() && ownerUid.isEmpty() && name.isEmpty();
    }

    /** The one object it can be about at most, or empty. */
    String singleName() {
        return !name.isEmpty() ? name : fields.exactMatch("metadata.name").orElse("");
    }

    String namespace(String asked) {
        return asked.isEmpty() && kind.namespaced()
                ? fields.exactMatch("metadata.namespace").orElse("")
                : asked;
    }

    /** An index entry under which everything selected stands, or empty. */
    String index() {
        if (!ownerUid.isEmpty()) {
            return "owner/" + ownerUid;
        }
        for (String field : INDEXED_FIELDS) {
            Optional<String> value = fields.exactMatch(field);
            if (value.isPresent()) {
                return "field/" + field + "=" + value.get();
            }
        }
        for (LabelSelector.Requirement each : labels.requirements()) {
            Optional<String> value = labels.exactMatch(each.key());
            if (value.isPresent()) {
                return "label/" + each.key() + "=" + value.get();
            }
        }
        return "";
    }

    /** Whether an object, in the version asked for, is selected. */
    boolean matches(Obj object) {
        return (name.isEmpty() || name.equals(object.name()))
                && labels.matches(object)
                && (ownerUid.isEmpty() || owned(object))
                && fields.matches(field -> value(object, field));
    }

    private boolean owned(Obj object) {
        for (Obj owner : object.list("metadata.ownerReferences")) {
            if (owner.text("uid").equals(ownerUid)) {
                return true;
            }
        }
        return false;
    }

    private String value(Obj object, String field) {
        if (field.equals("metadata.name")) {
            return object.name();
        }
        if (field.equals("metadata.namespace")) {
            return object.namespace();
        }
        Function<Obj, String> value = kind.selectableFields().get(field);
        return value == null ? "" : value.apply(object);
    }
}
