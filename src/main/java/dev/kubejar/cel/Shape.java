package dev.kubejar.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What expressions see of a schema: a type, how large its values can become, and how JSON becomes one of them. */
public final class Shape {
    private static final long REQUEST = 3 * 1024 * 1024;

    private final Type type;
    private final long most;
    private final long least;
    private final JsonNode schema;
    private final Shape element;
    private final Map<String, Shape> fields;

    private Shape(Type type, long most, long least, JsonNode schema, Shape element, Map<String, Shape> fields) {
        this.type = type;
        this.most = most;
        this.least = least;
        this.schema = schema;
        this.element = element;
        this.fields = fields;
    }

    public Type type() {
        return type;
    }

    /** The most elements, characters or entries that a value can have. */
    public long most() {
        return most;
    }

    /** The fewest bytes that a value takes in JSON. */
    public long least() {
        return least;
    }

    /** The shape at {@code @items}, {@code @values}, {@code @keys} or a field; null for none. */
    Shape inside(String part) {
        return switch (part) {
            case "@items", "@values" -> element;
            case "@keys" -> type.is(Type.Kind.MAP) ? text(REQUEST - 2) : null;
            default -> fields.get(part);
        };
    }

    /** Of a list's items or a map's values. */
    public Shape element() {
        return element;
    }

    /** Of a field by its property's name; null where expressions do not see it. */
    public Shape field(String property) {
        String name = Names.escape(property);
        return name == null ? null : fields.get(name);
    }

    private static Shape simple(Type type, long most, long least, JsonNode schema) {
        return new Shape(type, most, least, schema, null, Map.of());
    }

    private static Shape text(long most) {
        return simple(Type.STRING, most, 2, Json.object());
    }

    /**
     * The shape of an OpenAPI schema; {@code resource}: it is a whole resource. Null where expressions see nothing of
     * it.
     */
    public static Shape of(JsonNode schema, boolean resource, String name) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            long most = schema.hasNonNull("maxLength") ? 4 * length(schema, "maxLength") : REQUEST - 2;
            return simple(Type.DYN, most, 1, schema);
        }
        JsonNode known = resource ? withMetadata(schema) : schema;
        return switch (known.path("type").asText("")) {
            case "array" -> list(known, name);
            case "object" -> object(known, name);
            case "string" -> string(known);
            case "boolean" -> simple(Type.BOOL, 0, 4, known);
            case "number" -> simple(Type.DOUBLE, 0, 1, known);
            case "integer" -> simple(Type.INT, 0, 1, known);
            default -> null;
        };
    }

    private static long length(JsonNode schema, String field) {
        return Math.max(0, schema.path(field).asLong());
    }

    private static JsonNode withMetadata(JsonNode schema) {
        ObjectNode copy = Json.object();
        copy.setAll((ObjectNode) schema);
        ObjectNode properties = Json.object();
        if (schema.path("properties") instanceof ObjectNode there) {
            properties.setAll(there);
        }
        ObjectNode text = Json.object().put("type", "string");
        boolean complete = properties.path("metadata").path("properties").has("name")
                && properties.path("metadata").path("properties").has("generateName")
                && properties.has("kind")
                && properties.has("apiVersion");
        if (!complete) {
            properties.set("kind", text);
            properties.set("apiVersion", text);
            ObjectNode names = Json.object();
            names.set("name", text);
            names.set("generateName", text);
            ObjectNode metadata = Json.object().put("type", "object");
            metadata.set("properties", names);
            properties.set("metadata", metadata);
        }
        copy.set("properties", properties);
        return copy;
    }

    private static boolean embedded(JsonNode schema) {
        return schema.path("x-kubernetes-embedded-resource").asBoolean();
    }

    private static Shape list(JsonNode schema, String name) {
        JsonNode items = schema.path("items");
        Shape element = items.isObject() ? of(items, embedded(items), name + ".@idx") : null;
        if (element == null) {
            return null;
        }
        long most = schema.hasNonNull("maxItems") ? length(schema, "maxItems") : (REQUEST - 2) / (element.least + 1);
        return new Shape(Type.list(element.type), most, 2, schema, element, Map.of());
    }

    private static Shape object(JsonNode schema, String name) {
        JsonNode values = schema.path("additionalProperties");
        if (values.isObject()) {
            Shape element = of(values, embedded(values), name + ".@elem");
            if (element == null) {
                return null;
            }
            long most = schema.hasNonNull("maxProperties")
                    ? length(schema, "maxProperties")
                    : (REQUEST - 2) / (element.least + 6);
            return new Shape(Type.map(Type.STRING, element.type), most, 2, schema, element, Map.of());
        }
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(each -> required.add(each.asText()));
        Map<String, Shape> fields = new TreeMap<>();
        Map<String, Type> types = new TreeMap<>();
        long least = 2;
        for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
            JsonNode property = each.getValue();
            Shape shape = property.isObject() ? of(property, embedded(property), name + "." + each.getKey()) : null;
            if (shape == null) {
                continue;
            }
            String field = Names.escape(each.getKey());
            if (field != null) {
                fields.put(field, shape);
                types.put(field, shape.type);
            }
            if (required.contains(each.getKey()) && !property.hasNonNull("default")) {
                least += each.getKey().getBytes(StandardCharsets.UTF_8).length + shape.least + 4;
            }
        }
        return new Shape(Type.struct(name, types), 0, least, schema, null, fields);
    }

    private static Shape string(JsonNode schema) {
        boolean bounded = schema.hasNonNull("maxLength");
        return switch (schema.path("format").asText("")) {
            case "byte" -> simple(Type.BYTES, bounded ? length(schema, "maxLength") : REQUEST - 2, 2, schema);
            case "duration" -> simple(Type.DURATION, 32, 4, schema);
            case "date" -> simple(Type.TIMESTAMP, 12, 12, schema);
            case "date-time" -> simple(Type.TIMESTAMP, 32, 22, schema);
            default -> {
                long most = bounded ? 4 * length(schema, "maxLength") : REQUEST - 2;
                JsonNode values = schema.path("enum");
                if (!bounded && !values.isEmpty()) {
                    most = 0;
                    for (JsonNode each : values) {
                        most = Math.max(
                                most, each.isTextual() ? each.textValue().length() : 0);
                    }
                }
                yield simple(Type.STRING, most, 2, schema);
            }
        };
    }

    /** The value of JSON that fulfils the schema. */
    public Object value(JsonNode node) {
        if (node.isNull()) {
            return Null.VALUE;
        }
        return switch (type.kind()) {
            case LIST -> items(node);
            case MAP -> {
                Map<Object, Object> entries = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> each : dev.kubejar.object.GoText.sorted(node)) {
                    entries.put(each.getKey(), element.value(each.getValue()));
                }
                yield entries;
            }
            case STRUCT -> {
                Map<String, Object> values = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> each : dev.kubejar.object.GoText.sorted(node)) {
                    Shape field = field(each.getKey());
                    if (field != null) {
                        values.put(Names.escape(each.getKey()), field.value(each.getValue()));
                    }
                }
                yield new Struct(type, values);
            }
            case DOUBLE -> node.isNumber() ? node.doubleValue() : Values.of(node);
            case BYTES -> bytes(node.asText());
            case DURATION -> duration(node.asText());
            case TIMESTAMP -> timestamp(node.asText());
            default -> Values.of(node);
        };
    }

    private Object items(JsonNode node) {
        List<Object> items = new ArrayList<>(node.size());
        node.forEach(each -> items.add(element.value(each)));
        List<String> keys = new ArrayList<>();
        schema.path("x-kubernetes-list-map-keys").forEach(each -> keys.add(Names.escape(each.asText())));
        return new Items(items, schema.path("x-kubernetes-list-type").asText(""), keys);
    }

    private static Object bytes(String text) {
        try {
            return new Bytes(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new CelError("Invalid byte formatted string " + text + ": illegal base64 data");
        }
    }

    private static Duration duration(String text) {
        Duration duration = Conversions.duration(text);
        if (duration == null) {
            throw new CelError("Invalid duration " + text + ": time: invalid duration \"" + text + "\"");
        }
        return duration;
    }

    private Instant timestamp(String text) {
        try {
            return schema.path("format").asText().equals("date")
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (java.time.DateTimeException e) {
            throw new CelError("Invalid date-time formatted string " + text + ": " + e.getMessage());
        }
    }
}
