package dev.kubejar.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;

/** Go writes a field that is no pointer only where it differs from zero. */
public final class Zeros {
    private Zeros() {}

    /** Takes false, 0, empty texts and empty collections out of fields that are no pointers. */
    public static void drop(Obj object, String... fields) {
        for (String field : fields) {
            JsonNode value = object.at(field);
            boolean zero = value.isNull()
                    || value.isBoolean() && !value.booleanValue()
                    || value.isNumber() && value.asLong() == 0
                    || value.isTextual() && value.textValue().isEmpty()
                    || value.isContainerNode() && value.isEmpty();
            if (zero) {
                object.remove(field);
            }
        }
    }
}
