package dev.kubejar.kinds.custom;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.List;

/** Printer columns. */
final class ColumnRules {
    private static final List<String> TYPES = List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> FORMATS =
            List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");

    private ColumnRules() {}

    static void check(List<Obj> columns, String list, Problems problems) {
        for (int i = 0; i < columns.size(); i++) {
            Obj column = columns.get(i);
            String path = list + "[" + i + "]";
            if (column.text("name").isEmpty()) {
                problems.required(path + ".name", "");
            }
            String type = column.text("type");
            if (type.isEmpty()) {
                problems.required(path + ".type", "must be one of " + String.join(",", TYPES));
            } else if (!TYPES.contains(type)) {
                problems.invalid(path + ".type", type, "must be one of " + String.join(",", TYPES));
            }
            String format = column.text("format");
            if (!format.isEmpty() && !FORMATS.contains(format)) {
                problems.invalid(path + ".format", format, "must be one of " + String.join(",", FORMATS));
            }
            String jsonPath = column.text("jsonPath");
            if (jsonPath.isEmpty()) {
                problems.required(path + ".JSONPath", "");
            } else {
                SubresourceRules.simple(jsonPath, path + ".JSONPath", problems);
            }
        }
    }
}
