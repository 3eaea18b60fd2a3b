package dev.kubejar.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Quantity;
import java.util.Map;

/** Writes quantities as Go's decoding leaves them: canonical, resource lists rounded up to thousandths. */
public final class Canonical {
    private static final int MILLI = 3;

    private Canonical() {}

    /** Each quantity of the resource list at a path. */
    public static void quantities(Obj owner, String path) {
        if (owner.at(path) instanceof ObjectNode list) {
            for (Map.Entry<String, JsonNode> entry : list.properties()) {
                JsonNode canonical = canonical(entry.getValue(), true);
                if (canonical != null) {
                    entry.setValue(canonical);
                }
            }
        }
    }

    /** The single quantity at a path. */
    public static void quantity(Obj owner, String path) {
        if (owner.has(path)) {
            JsonNode canonical = canonical(owner.at(path), false);
            if (canonical != null) {
                owner.set(path, canonical);
            }
        }
    }

    private static JsonNode canonical(JsonNode value, boolean milli) {
        String text = value.asText();
        if (plain(text)) {
            return value.isTextual() ? null : Json.NODES.textNode(text);
        }
        try {
            Quantity quantity = Quantity.of(value);
            return Json.NODES.textNode((milli ? quantity.roundUp(MILLI) : quantity).toString());
        } catch (ParseError e) {
            return null; // decoding has refused it already
        }
    }

    /** A short whole number is canonical unless it ends in 000. */
    private static boolean plain(String text) {
        int n = text.length();
        if (n == 0 || n > 3) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9' || i == 0 && n > 1 && text.charAt(0) == '0') {
                return false;
            }
        }
        return true;
    }
}
