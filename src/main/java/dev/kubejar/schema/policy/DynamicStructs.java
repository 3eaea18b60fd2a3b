package dev.kubejar.schema.policy;

import dev.kubejar.cel.Type;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/** The structures that mutations make: any {@code Object.path} with any fields, and {@code JSONPatch}. */
final class DynamicStructs extends AbstractMap<String, Type> {
    private static final Type PATCH = Type.struct(
            "JSONPatch", Map.of("op", Type.STRING, "path", Type.STRING, "from", Type.STRING, "value", Type.DYN));

    /** Every field is there and can be anything. */
    private static final class AnyField extends AbstractMap<String, Type> {
        @Override
        public Type get(Object name) {
            return Type.DYN;
        }

        @Override
        public Set<Entry<String, Type>> entrySet() {
            return Set.of();
        }
    }

    @Override
    public Type get(Object key) {
        if (key.equals("JSONPatch")) {
            return PATCH;
        }
        return containsKey(key) ? Type.struct((String) key, new AnyField()) : null;
    }

    @Override
    public boolean containsKey(Object key) {
        return key.equals("JSONPatch") || key.equals("Object") || key.toString().startsWith("Object.");
    }

    @Override
    public Set<Map.Entry<String, Type>> entrySet() {
        return Set.of();
    }
}
