package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldSchema;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueType;

/** Puts an object's fields in the order of the API's Go structures before they are printed. */
final class TypedOrder implements Printer {
    private final Printer next;

    TypedOrder(Printer next) {
        this.next = next;
    }

    @Override
    public void print(Obj object, Appendable out) {
        next.print(ordered(object), out);
    }

    @Override
    public void printEvent(String type, Obj object, Appendable out) {
        next.printEvent(type, ordered(object), out);
    }

    @Override
    public void flush() {
        next.flush();
    }

    static Obj ordered(Obj object) {
        FieldType type = FieldSchema.forKind(object.apiVersion(), object.kind());
        return type == null ? object : Obj.of(fields(object.node(), type));
    }

    private static ObjectNode fields(ObjectNode node, FieldType type) {
        ObjectNode ordered = Json.object();
        for (String first : new String[] {"kind", "apiVersion"}) {
            if (node.has(first) && type.field(first) != null) {
                ordered.set(first, node.get(first));
            }
        }
        for (Field field : type.declared()) {
            if (node.has(field.name()) && !ordered.has(field.name())) {
                ordered.set(field.name(), value(node.get(field.name()), field.value()));
            }
        }
        node.properties().forEach(field -> {
            if (!ordered.has(field.getKey())) {
                ordered.set(field.getKey(), field.getValue());
            }
        });
        return ordered;
    }

    private static JsonNode value(JsonNode node, ValueType type) {
        if (node instanceof ArrayNode array && type.element() != null) {
            ArrayNode ordered = Json.array();
            array.forEach(item -> ordered.add(value(item, type.element())));
            return ordered;
        }
        if (node instanceof ObjectNode object) {
            return type.type() != null && !type.type().fields().isEmpty()
                    ? fields(object, type.type())
                    : Trees.sorted(object);
        }
        return node;
    }
}
