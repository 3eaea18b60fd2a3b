package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import dev.kubejar.schema.custom.Embedded;
import dev.kubejar.schema.custom.ListTypes;
import dev.kubejar.schema.custom.RuleCheck;
import dev.kubejar.schema.custom.ValueCheck;
import java.util.Set;
import java.util.TreeSet;

/** The rules of one version's custom objects: its schema, its scale's fields, its lists and its CEL rules. */
final class CustomRules {
    /** After one of these the CEL rules are not even tried. */
    private static final Set<String> BLOCKING = Set.of(
            "FieldValueNotSupported",
            "FieldValueRequired",
            "FieldValueTooLong",
            "FieldValueTooMany",
            "FieldValueTypeInvalid");

    private static final Set<String> STANDARD = Set.of("orphan", "foregroundDeletion", "kubernetes");

    private final JsonNode schema;
    private final Obj scale;
    private RuleCheck rules;

    CustomRules(JsonNode schema, Obj scale) {
        this.schema = schema;
        this.scale = scale;
    }

    /** Warns of new finalizers without a domain. */
    private static void finalizers(Obj now, Obj before, Problems problems) {
        Set<String> added = new TreeSet<>(now.texts("metadata.finalizers"));
        if (before != null) {
            added.removeAll(before.texts("metadata.finalizers"));
        }
        for (String name : added) {
            String head = "metadata.finalizers: " + GoText.quoted(name) + ": ";
            Names.qualified(name).forEach(fault -> problems.warn(head + fault));
            if (name.indexOf('/') < 0 && !STANDARD.contains(name)) {
                problems.warn(head + "prefer a domain-qualified finalizer name "
                        + (name.indexOf('.') < 0 ? "" : "including a path (/) ")
                        + "to avoid accidental conflicts with other finalizer writers");
            }
        }
    }

    /** Checks a whole object. */
    void check(Obj now, Obj before, Problems problems) {
        finalizers(now, before, problems);
        if (schema.isObject()) {
            ValueCheck.check(schema, now.node(), before == null ? null : before.node(), "", problems);
        }
        replicas(now, scale.text("specReplicasPath"), problems);
        scaleStatus(now, problems);
        if (schema.isObject()) {
            Embedded.check(schema, now.node(), "", problems);
            lists(now, before, problems);
            rules(now, before, problems);
        }
    }

    /** Checks what a change of the status has made of the object. */
    void checkStatus(Obj now, Obj before, Problems problems) {
        JsonNode status = schema.path("properties").path("status");
        if (now.node().has("status") && status.isObject()) {
            ValueCheck.check(status, now.node().get("status"), before.node().get("status"), "status", problems);
        }
        scaleStatus(now, problems);
        if (schema.isObject()) {
            lists(now, before, problems);
            rules(now, before, problems);
        }
    }

    private void lists(Obj now, Obj before, Problems problems) {
        Problems old = new Problems();
        if (before != null) {
            ListTypes.check(schema, before.node(), "", old);
        }
        if (old.isEmpty()) {
            ListTypes.check(schema, now.node(), "", problems);
        }
    }

    private void rules(Obj now, Obj before, Problems problems) {
        if (!RuleCheck.hasRules(schema)) {
            return;
        }
        if (rules == null) { // made by the first check: a read pays nothing for it
            rules = RuleCheck.of(schema, true);
        }
        if (rules == null) {
            return;
        }
        for (ApiError.Cause each : problems.causes()) {
            if (BLOCKING.contains(each.reason())) {
                problems.invalid(
                        "<nil>",
                        null,
                        "some validation rules were not checked because the object was invalid; correct the existing"
                                + " errors to complete validation");
                return;
            }
        }
        rules.check(now.node(), before == null ? null : before.node(), "", problems);
    }

    private void scaleStatus(Obj now, Problems problems) {
        replicas(now, scale.text("statusReplicasPath"), problems);
        String path = scale.text("labelSelectorPath");
        JsonNode value = path.isEmpty() ? NullNode.getInstance() : find(now, path, problems, "");
        if (value != null && !value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            problems.invalid(path, "", accessor(path, value, "string"));
        }
    }

    private static void replicas(Obj now, String path, Problems problems) {
        if (path.isEmpty()) {
            return;
        }
        JsonNode value = find(now, path, problems, 0);
        if (value == null || value.isMissingNode()) {
            return;
        }
        if (!value.isIntegralNumber()) {
            problems.invalid(path, 0, accessor(path, value, "int64"));
        } else if (value.longValue() < 0) {
            problems.invalid(path, value.longValue(), "should be a non-negative integer");
        } else if (value.longValue() > Integer.MAX_VALUE) {
            problems.invalid(path, value.longValue(), "should be less than or equal to " + Integer.MAX_VALUE);
        }
    }

    /** The value at a path; null after a fault on the way, missing where there is none. */
    private static JsonNode find(Obj now, String path, Problems problems, Object zero) {
        JsonNode at = now.node();
        StringBuilder walked = new StringBuilder();
        for (String part : path.substring(path.startsWith(".") ? 1 : 0).split("\\.")) {
            if (!at.isObject()) {
                if (!at.isMissingNode() && !at.isNull()) {
                    problems.invalid(path, zero, accessor(walked.toString(), at, "map[string]interface {}"));
                    return null;
                }
                return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
            }
            walked.append('.').append(part);
            at = at.path(part);
        }
        return at;
    }

    private static String accessor(String path, JsonNode value, String wanted) {
        String type =
                switch (value.getNodeType()) {
                    case STRING -> "string";
                    case BOOLEAN -> "bool";
                    case ARRAY -> "[]interface {}";
                    case OBJECT -> "map[string]interface {}";
                    case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
                    default -> "<nil>";
                };
        String dotted = path.startsWith(".") ? path : "." + path;
        return dotted + " accessor error: " + GoText.value(value) + " is of the type " + type + ", expected " + wanted;
    }
}
