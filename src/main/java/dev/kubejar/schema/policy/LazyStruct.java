package dev.kubejar.schema.policy;

import dev.kubejar.cel.Names;
import dev.kubejar.cel.Type;
import dev.kubejar.schema.Field;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.ValueType;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The fields of a type of the API as expressions see them, each made when it is asked for. */
final class LazyStruct extends AbstractMap<String, Type> {
    private final FieldType type;
    private final String name;
    private final Map<String, Type> made = new HashMap<>();

    private LazyStruct(FieldType type, String name) {
        this.type = type;
        this.name = name;
    }

    static Type of(FieldType type, String name) {
        return Type.struct(name, new LazyStruct(type, name));
    }

    @Override
    public Type get(Object key) {
        if (!made.containsKey(key)) {
            Field field = type.field(Names.unescape((String) key));
            made.put((String) key, field == null ? null : value(field.value(), name + "." + key));
        }
        return made.get(key);
    }

    private static Type value(ValueType value, String name) {
        return switch (value.kind()) {
            case STRING -> Type.STRING;
            case INT32, INT64 -> Type.INT;
            case NUMBER -> Type.DOUBLE;
            case BOOLEAN -> Type.BOOL;
            case BYTES -> Type.BYTES;
            case TIME, MICRO_TIME -> Type.TIMESTAMP;
            case ARRAY -> Type.list(value(value.element(), name + ".@idx"));
            case MAP -> Type.map(Type.STRING, value(value.element(), name + ".@elem"));
            case OBJECT -> value.type() == null ? Type.DYN : of(value.type(), name);
            default -> Type.DYN;
        };
    }

    @Override
    public Set<Map.Entry<String, Type>> entrySet() {
        return Set.of();
    }
}
