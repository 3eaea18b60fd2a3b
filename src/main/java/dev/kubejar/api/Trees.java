package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Comparing and cutting trees. */
final class Trees {
    private Trees() {}

    /** Whether two trees say the same: absent and null are equal, numbers count by value, order of keys does not. */
    static boolean same(JsonNode a, JsonNode b) {
        if (a == b) {
            return true;
        }
        if (nothing(a) || nothing(b)) {
            return nothing(a) && nothing(b);
        }
        if (a.getNodeType() != b.getNodeType()) {
            return false;
        }
        return switch (a.getNodeType()) {
            case OBJECT -> sameFields(a, b);
            case ARRAY -> sameItems(a, b);
            case NUMBER -> sameNumbers(a, b);
            default -> a.equals(b);
        };
    }

    static boolean nothing(JsonNode node) {
        return node == null || node.isMissingNode() || node.isNull();
    }

    private static boolean sameNumbers(JsonNode a, JsonNode b) {
        return a.isIntegralNumber() && b.isIntegralNumber()
                ? a.bigIntegerValue().equals(b.bigIntegerValue())
                : a.decimalValue().compareTo(b.decimalValue()) == 0;
    }

    private static boolean sameFields(JsonNode a, JsonNode b) {
        for (Map.Entry<String, JsonNode> field : a.properties()) {
            if (!same(field.getValue(), b.get(field.getKey()))) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> field : b.properties()) {
            if (!a.has(field.getKey()) && !nothing(field.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameItems(JsonNode a, JsonNode b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Gives {@code to} the field as {@code from} has it: set or absent. */
    static void carry(String path, Obj from, Obj to) {
        if (from.has(path)) {
            to.set(path, (JsonNode) from.at(path).deepCopy());
        } else {
            to.remove(path);
        }
    }

    /** Whether everything but metadata and status is the same. */
    static boolean sameSpec(Obj a, Obj b) {
        ObjectNode left = a.node().objectNode();
        ObjectNode right = b.node().objectNode();
        spec(a, left);
        spec(b, right);
        return same(left, right);
    }

    private static void spec(Obj object, ObjectNode into) {
        for (Map.Entry<String, JsonNode> field : object.node().properties()) {
            if (!field.getKey().equals("metadata") && !field.getKey().equals("status")) {
                into.set(field.getKey(), field.getValue());
            }
        }
    }

    static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
