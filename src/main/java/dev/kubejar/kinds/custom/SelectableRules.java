package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import dev.kubejar.schema.custom.FieldPaths;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The fields that a field selector may name. */
final class SelectableRules {
    private static final int MOST = 8;

    private SelectableRules() {}

    static void check(List<Obj> fields, JsonNode schema, String list, String unschemed, Problems problems) {
        if (fields.isEmpty()) {
            return;
        }
        if (!schema.isObject()) {
            problems.invalid(list, "", unschemed);
            return;
        }
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < fields.size(); i++) {
            String path = list + "[" + i + "].jsonPath";
            String value = fields.get(i).text("jsonPath");
            if (value.isEmpty()) {
                problems.required(path, "");
                continue;
            }
            FieldPaths.Found found = FieldPaths.find(value, schema, false);
            if (found.fault() != null) {
                problems.invalid(path, value, "is an invalid path: " + found.fault());
                continue;
            }
            if (found.root().equals("metadata")) {
                problems.invalid(path, value, "must not point to fields in metadata");
            }
            if (!Set.of("string", "boolean", "integer")
                    .contains(found.schema().path("type").asText(""))) {
                problems.invalid(
                        path,
                        value,
                        "must point to a field of type string, boolean or integer. Enum string fields and strings with"
                                + " formats are allowed.");
            }
            if (!seen.add(found.path())) {
                problems.duplicate(path, value);
            }
        }
        if (seen.size() > MOST) {
            problems.tooMany(list, seen.size(), MOST);
        }
    }
}
