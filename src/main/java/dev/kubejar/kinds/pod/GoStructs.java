package dev.kubejar.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.Map;

/** Values as a server shows its internal structures in messages: JSON with the fields' Go names. */
public final class GoStructs {
    private GoStructs() {}

    /** The object with capitalized names; fields that are absent are not told. */
    public static JsonNode of(Obj object) {
        Obj shown = Obj.of(Json.object());
        for (Map.Entry<String, JsonNode> field : object.node().properties()) {
            String name = field.getKey();
            String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
            JsonNode value = field.getValue();
            shown.node()
                    .set(capital, value.isObject() ? of(Obj.of((com.fasterxml.jackson.databind.node.ObjectNode) value)) : value);
        }
        return shown.node();
    }
}
