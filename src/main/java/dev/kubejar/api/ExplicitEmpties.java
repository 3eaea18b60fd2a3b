package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueKind;
import dev.kubejar.schema.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The lists and maps that a request spelled out though they are empty. The stored form leaves them out, but Go tells them
 * from absent ones, and a refusal shows them: {@code Invalid value: {}} and not {@code null}.
 */
final class ExplicitEmpties {
    /** A place from the root, and which of the two stands there. */
    private record Place(List<String> steps, boolean list) {}

    private final List<Place> places = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();

    /** Looks through a document of a type. */
    static ExplicitEmpties of(JsonNode document, FieldType type) {
        ExplicitEmpties empties = new ExplicitEmpties();
        empties.structure(document, type);
        return empties;
    }

    private void structure(JsonNode node, FieldType type) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Field field = entry.getValue().isContainerNode() ? type.field(entry.getKey()) : null;
            if (field != null) {
                inside(field.name(), entry.getValue(), field.value());
            }
        }
    }

    private void inside(String step, JsonNode value, ValueType type) {
        steps.add(step);
        switch (type.kind()) {
            case OBJECT -> {
                if (value.isObject() && type.type() != null) {
                    structure(value, type.type());
                }
            }
            case ARRAY, MAP -> {
                boolean list = type.kind() == ValueKind.ARRAY;
                if (value.isEmpty()) {
                    places.add(new Place(List.copyOf(steps), list));
                } else if (list && value.isArray()) {
                    for (int i = 0; i < value.size(); i++) {
                        inside(Integer.toString(i), value.get(i), type.element());
                    }
                } else if (!list && value.isObject()) {
                    value.properties().forEach(each -> inside(each.getKey(), each.getValue(), type.element()));
                }
            }
            default -> {}
        }
        steps.remove(steps.size() - 1);
    }

    /** The object as it is to be judged: itself, or a copy with what was spelled out. */
    Obj shown(Obj object) {
        if (places.isEmpty()) {
            return object;
        }
        Obj shown = object.copy();
        places.forEach(place -> restore(shown.node(), place));
        return shown;
    }

    private static void restore(JsonNode root, Place place) {
        JsonNode parent = root;
        int last = place.steps.size() - 1;
        for (String step : place.steps.subList(0, last)) {
            parent = parent instanceof ArrayNode list ? list.path(Integer.parseInt(step)) : parent.path(step);
        }
        String name = place.steps.get(last);
        if (parent instanceof ObjectNode owner && !owner.hasNonNull(name)) {
            owner.set(name, place.list ? Json.array() : Json.object());
        }
    }
}
