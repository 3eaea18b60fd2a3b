package dev.kubejar.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kubejar.object.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of a merged list: items that the patch names follow the patch's order, the others the live order, and the two
 * are interleaved as the live list has them.
 */
final class ListOrder {
    private ListOrder() {}

    /** Every item of the patch must be in the order the patch sets, in the same succession. */
    static void check(ArrayNode patch, ArrayNode order, String mergeKey) {
        if (patch == null || patch.isEmpty() || order.isEmpty()) {
            return;
        }
        List<JsonNode> named = new ArrayList<>();
        for (JsonNode item : patch) {
            if (!item.has(StrategicMerge.PATCH)) {
                named.add(item);
            }
        }
        int at = 0;
        for (int i = 0; at < named.size() && i < order.size(); i++) {
            if (key(named.get(at), mergeKey).equals(key(order.get(i), mergeKey))) {
                at++;
            }
        }
        if (at < named.size()) {
            throw new PatchError("The order in patch list:\n" + GoValues.text(patch)
                    + "\n doesn't match $setElementOrder list:\n" + GoValues.text(order) + "\n");
        }
    }

    private static JsonNode key(JsonNode item, String mergeKey) {
        return mergeKey.isEmpty() ? item : StrategicMerge.keyOf(item, mergeKey);
    }

    /** The items of {@code merged}, of which those in {@code order} are the patch's, as the rules above order them. */
    static ArrayNode ordered(ArrayNode merged, ArrayNode order, ArrayNode live, String mergeKey) {
        List<JsonNode> patched = new ArrayList<>();
        List<JsonNode> others = new ArrayList<>();
        for (JsonNode item : merged) {
            (place(order, item, mergeKey) < 0 ? others : patched).add(item);
        }
        sort(patched, order, mergeKey);
        sort(others, live, mergeKey);
        ArrayNode result = Json.array();
        int i = 0;
        int j = 0;
        while (i < others.size() || j < patched.size()) {
            if (i == others.size() || j < patched.size() && !before(live, others.get(i), patched.get(j), mergeKey)) {
                result.add(patched.get(j++));
            } else {
                result.add(others.get(i++));
            }
        }
        return result;
    }

    private static void sort(List<JsonNode> items, ArrayNode order, String mergeKey) {
        items.sort((a, b) -> {
            int left = place(order, a, mergeKey);
            int right = place(order, b, mergeKey);
            return left >= 0 && right >= 0 ? Integer.compare(left, right) : 0;
        });
    }

    private static boolean before(ArrayNode live, JsonNode a, JsonNode b, String mergeKey) {
        int left = place(live, a, mergeKey);
        int right = place(live, b, mergeKey);
        return left >= 0 && right >= 0 && left < right;
    }

    private static int place(ArrayNode list, JsonNode item, String mergeKey) {
        if (list == null) {
            return -1;
        }
        JsonNode value = mergeKey.isEmpty() ? item : item.path(mergeKey);
        for (int i = 0; i < list.size(); i++) {
            if (value.equals(mergeKey.isEmpty() ? list.get(i) : list.get(i).path(mergeKey))) {
                return i;
            }
        }
        return -1;
    }

    /** Where the object with this key stands in a list, or -1. */
    static int find(ArrayNode list, String key, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (value.equals(list.get(i).get(key))) {
                return i;
            }
        }
        return -1;
    }
}
