package dev.kubejar.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoText;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueKind;
import dev.kubejar.schema.ValueType;
import java.util.List;
import java.util.Map;

/** Finds the parts of a patch that are replaced as a whole where they are merged at all. */
final class Atomics {
    private Atomics() {}

    static void find(JsonNode patch, FieldType type, String path, List<String> found) {
        for (Map.Entry<String, JsonNode> each : GoText.sorted(patch)) {
            Field field = type.field(each.getKey());
            if (field == null) {
                continue;
            }
            String at = path + "." + each.getKey();
            JsonNode value = each.getValue();
            ValueType known = field.value();
            if (value.isArray() && known.kind() == ValueKind.ARRAY) {
                boolean merged =
                        field.listType().equals("map") || field.listType().equals("set");
                if (!merged) {
                    found.add(at);
                }
                items(value, known.element(), at, found);
            } else if (value.isObject()) {
                boolean whole = known.kind() == ValueKind.OBJECT && known.type() != null
                        ? known.type().mapType().equals("atomic")
                        : false;
                if (field.mapType().equals("atomic") || whole) {
                    found.add(at);
                }
                if (known.kind() == ValueKind.OBJECT && known.type() != null) {
                    find(value, known.type(), at, found);
                }
            }
        }
    }

    private static void items(JsonNode list, ValueType type, String path, List<String> found) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).isObject() && type.kind() == ValueKind.OBJECT && type.type() != null) {
                find(list.get(i), type.type(), path + "[" + i + "]", found);
            }
        }
    }
}
