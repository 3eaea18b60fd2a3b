package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.rules.GoStructs;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;

/** SubjectAccessReview, SelfSubjectAccessReview and LocalSubjectAccessReview (authorization.k8s.io/v1). */
final class AccessReviews {
    private static final String RESOURCE = "resourceAttributes";
    private static final String OTHER = "nonResourceAttributes";

    private AccessReviews() {}

    static Kind build(KindTable.Row row) {
        boolean self = row.kind().startsWith("Self");
        boolean local = row.kind().startsWith("Local");
        return KindTable.start(row)
                .rule((now, before, problems) -> check(now, problems, self, local))
                .build();
    }

    private static void check(Obj now, Problems problems, boolean self, boolean local) {
        Obj spec = now.obj("spec");
        boolean resource = spec.has(RESOURCE);
        boolean other = spec.has(OTHER);
        if (resource && other) {
            problems.invalid(
                    "spec." + OTHER, shown(spec), "cannot be specified in combination with resourceAttributes");
        }
        if (!resource && !other) {
            problems.invalid(
                    "spec." + RESOURCE,
                    null,
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
        if (!self && spec.text("user").isEmpty() && spec.texts("groups").isEmpty()) {
            problems.invalid("spec.user", "", "at least one of user or group must be specified");
        }
        selectors(problems, spec.obj(RESOURCE));
        metadata(now, problems, local);
        if (local) {
            String namespace = spec.text(RESOURCE + ".namespace");
            if (resource && !namespace.equals(now.namespace())) {
                problems.invalid("spec." + RESOURCE + ".namespace", namespace, "must match metadata.namespace");
            }
            if (other) {
                problems.invalid("spec." + OTHER, shown(spec), "disallowed on this kind of request");
            }
        }
    }

    private static JsonNode shown(Obj spec) {
        return GoStructs.of("NonResourceAttributes", spec.obj(OTHER));
    }

    private static void metadata(Obj now, Problems problems, boolean local) {
        Obj rest = now.obj("metadata").copy().remove("managedFields").remove("creationTimestamp");
        if (local) {
            rest.remove("namespace");
        }
        if (!Values.same(rest.node(), Obj.create().node())) {
            problems.invalid(
                    "metadata", now.at("metadata"), local ? "must be empty except for namespace" : "must be empty");
        }
    }

    private static void selectors(Problems problems, Obj attributes) {
        for (String field : List.of("fieldSelector", "labelSelector")) {
            if (!attributes.has(field)) {
                continue;
            }
            String path = "spec." + RESOURCE + "." + field;
            Obj selector = attributes.obj(field);
            String raw = selector.text("rawSelector");
            List<Obj> requirements = selector.list("requirements");
            if (!raw.isEmpty() && !requirements.isEmpty()) {
                problems.invalid(path + ".rawSelector", raw, "may not specified at the same time as requirements");
            }
            if (raw.isEmpty() && requirements.isEmpty()) {
                problems.required(
                        path + ".requirements",
                        "when " + path + " is specified, requirements or rawSelector is required");
            }
            for (int i = 0; i < requirements.size(); i++) {
                requirement(
                        problems, path + ".requirements[" + i + "]", requirements.get(i), field.startsWith("label"));
            }
        }
    }

    /** Operators that are not known here may be so to the authorizer. */
    private static void requirement(Problems problems, String path, Obj each, boolean label) {
        String key = each.text("key");
        List<String> values = each.texts("values");
        if (!label && key.isEmpty()) {
            problems.required(path + ".key", "must be specified");
        }
        String operator = each.text("operator");
        if ((operator.equals("In") || operator.equals("NotIn")) && values.isEmpty()) {
            problems.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
        }
        if ((operator.equals("Exists") || operator.equals("DoesNotExist")) && !values.isEmpty()) {
            problems.forbidden(path + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
        if (label) {
            Values.named(problems, path + ".key", key, Names.qualified(key));
            for (int i = 0; i < values.size(); i++) {
                Values.named(problems, path + ".values[" + i + "]", values.get(i), Names.labelValue(values.get(i)));
            }
        }
    }
}
