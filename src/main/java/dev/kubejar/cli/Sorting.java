package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoNumber;
import dev.kubejar.object.JsonPath;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Quantity;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** {@code --sort-by}: quantities by size, other strings by their bytes, objects without the field first. */
public final class Sorting {
    // Go's sort swaps neighbours up to this length and is stable only there; longer lists are sorted stably here.
    private static final int SHORT = 12;

    private Sorting() {}

    /** Sorts objects by a field that a JSONPath expression names; throws where none has it. */
    public static void sort(List<Obj> objects, String expression) {
        JsonPath path = parse(expression);
        Map<Obj, JsonNode> keys = new IdentityHashMap<>();
        for (Obj object : objects) {
            List<List<JsonNode>> found = path.find(object.node());
            if (!found.isEmpty() && !found.get(0).isEmpty()) {
                keys.put(object, found.get(0).get(0));
            }
        }
        if (!objects.isEmpty() && keys.isEmpty()) {
            throw new CliError("couldn't find any field with path " + Go.quote(JsonPath.relaxed(expression))
                    + " in the list of objects");
        }
        List<Obj> sorted = new ArrayList<>(objects);
        if (objects.size() <= SHORT) {
            insert(sorted, keys);
        } else {
            sorted.sort((a, b) -> less(keys.get(a), keys.get(b)) ? -1 : less(keys.get(b), keys.get(a)) ? 1 : 0);
        }
        objects.clear();
        objects.addAll(sorted);
    }

    private static JsonPath parse(String expression) {
        try {
            return JsonPath.parse(JsonPath.relaxed(expression)).allowMissingKeys(true);
        } catch (ParseError e) {
            throw new CliError(e.getMessage());
        }
    }

    private static void insert(List<Obj> objects, Map<Obj, JsonNode> keys) {
        for (int i = 1; i < objects.size(); i++) {
            for (int j = i; j > 0 && before(keys.get(objects.get(j)), keys.get(objects.get(j - 1))); j--) {
                java.util.Collections.swap(objects, j, j - 1);
            }
        }
    }

    private static boolean before(JsonNode a, JsonNode b) {
        return a == null || b != null && less(a, b);
    }

    private static boolean less(JsonNode a, JsonNode b) {
        if (a == null || b == null) {
            return a == null && b != null;
        }
        if (a.isNull() || b.isNull()) {
            return a.isNull() && !b.isNull();
        }
        if (a.isNumber() && b.isNumber()) {
            return GoNumber.isInteger(a) && GoNumber.isInteger(b)
                    ? a.longValue() < b.longValue()
                    : a.doubleValue() < b.doubleValue();
        }
        if (a.isTextual() && b.isTextual()) {
            String x = a.textValue();
            String y = b.textValue();
            return Quantity.valid(x) && Quantity.valid(y)
                    ? Quantity.parse(x).compareTo(Quantity.parse(y)) < 0
                    : x.compareTo(y) < 0;
        }
        throw new CliError("Field is an unsortable type");
    }
}
