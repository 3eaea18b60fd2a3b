package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Column;
import dev.kubejar.schema.Kind;
import java.time.Instant;
import java.util.List;

/** Objects in the form of a meta.k8s.io/v1 Table, with the metadata of each in its row. */
final class Tables {
    private Tables() {}

    /** {@code metadata}: that of the list, or of the one object. */
    static Obj table(Kind kind, List<Obj> objects, JsonNode metadata, String include, Instant now) {
        Obj table = Obj.create("meta.k8s.io/v1", "Table").set("metadata", metadata);
        ArrayNode columns = Json.array();
        for (Column column : kind.columns()) {
            columns.add(Obj.create()
                    .set("name", column.name())
                    .set("type", column.type())
                    .set("format", column.format())
                    .set("description", column.description())
                    .set("priority", column.priority())
                    .node());
        }
        ArrayNode rows = Json.array();
        for (Obj object : objects) {
            rows.add(row(kind, object, include, now));
        }
        return table.set("columnDefinitions", columns).set("rows", rows);
    }

    private static JsonNode row(Kind kind, Obj object, String include, Instant now) {
        ArrayNode cells = Json.array();
        for (Column column : kind.columns()) {
            cells.add(cell(column.cell().of(object, now)));
        }
        Obj row = Obj.create().set("cells", cells);
        return switch (include) {
            case "None" -> row.node().putNull("object");
            case "Object" -> row.set("object", object).node();
            default -> row.set("object", Forms.partial(object)).node();
        };
    }

    private static JsonNode cell(Object value) {
        if (value == null) {
            return Json.NODES.nullNode();
        }
        if (value instanceof Boolean flag) {
            return Json.NODES.booleanNode(flag);
        }
        if (value instanceof Number number) {
            return Json.NODES.numberNode(number.longValue());
        }
        return Json.NODES.textNode(value.toString());
    }
}
