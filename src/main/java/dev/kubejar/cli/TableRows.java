package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kubejar.client.ApiResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Column;
import dev.kubejar.schema.Kind;
import java.time.Instant;

/** A table of one object, in its kind's columns: what a server that is watched for tables sends. */
public final class TableRows {
    private TableRows() {}

    public static Obj of(Invocation call, ApiResource resource, Obj object) {
        Kind kind = call.kinds().byResource(resource.resource()).orElseThrow();
        Instant now = call.now();
        ArrayNode columns = Json.array();
        ArrayNode cells = Json.array();
        for (Column column : kind.columns()) {
            columns.add(Obj.create()
                    .set("name", column.name())
                    .set("type", column.type())
                    .set("format", column.format())
                    .set("priority", column.priority())
                    .node());
            cells.add(cell(column.cell().of(object, now)));
        }
        Obj row = Obj.create().set("cells", cells).set("object.metadata", object.at("metadata"));
        return Obj.create("meta.k8s.io/v1", "Table")
                .set("columnDefinitions", columns)
                .add("rows", row);
    }

    private static JsonNode cell(Object value) {
        if (value == null) {
            return Json.NODES.nullNode();
        }
        if (value instanceof Boolean flag) {
            return Json.NODES.booleanNode(flag);
        }
        return value instanceof Number number
                ? Json.NODES.numberNode(number.longValue())
                : Json.NODES.textNode(value.toString());
    }
}
