package dev.kubejar.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.Request;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.kinds.Kinds;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.schema.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each field and each item of every manifest is removed by a patch and restored by another: what is stored in the end is
 * what was stored before. A removal or a restoration that the rules refuse changes nothing.
 */
class RestoredFieldsTest {
    private static final List<String> BOOKKEEPING = List.of("resourceVersion", "generation", "managedFields");

    @TempDir
    Path folder;

    /** Gates of a pod are opened once and for all; ports that were given out stay, or are others the next time. */
    private static final List<String> ONE_WAY =
            List.of("schedulingGates", "allocateLoadBalancerNodePorts", "externalTrafficPolicy");

    private final List<String> faults = new ArrayList<>();
    private int restored;

    @Test
    void whatIsRestoredIsAsItWas() {
        for (String name : Corpus.names()) {
            Obj base = Corpus.base(name);
            Kind kind = Kinds.BUILT_IN.byKind(base.apiVersion(), base.kind()).orElseThrow();
            if (!kind.verbs().contains("patch")) {
                continue;
            }
            try (TestCluster cluster = TestCluster.withPlugins(folder.resolve(name))) {
                sweep(name, cluster, kind, base);
            }
        }
        assertEquals(List.of(), faults);
        assertEquals(true, restored > 2000, "restored " + restored);
    }

    private void sweep(String name, TestCluster cluster, Kind kind, Obj base) {
        Ref ref;
        try {
            ref = Ref.of(kind.resource(), cluster.admin.create(kind.resource(), base));
        } catch (ApiError e) {
            return; // needs what is not there
        }
        List<List<String>> places = new ArrayList<>();
        places(base.node(), new ArrayList<>(), places);
        for (List<String> place : places) {
            Obj before = cluster.admin.get(ref);
            JsonNode value = at(before.node(), place);
            if (value.isMissingNode() || place.stream().anyMatch(ONE_WAY::contains)) {
                continue;
            }
            boolean listed = place.stream().anyMatch(step -> Character.isDigit(step.charAt(0)));
            for (PatchType type : listed ? List.of(PatchType.JSON) : List.of(PatchType.JSON, PatchType.MERGE)) {
                restore(name + " " + type + " " + String.join("/", place), cluster, ref, type, place, before);
                same(name + " " + type + " " + String.join("/", place), before, cluster.admin.get(ref));
            }
        }
    }

    private void restore(String what, TestCluster cluster, Ref ref, PatchType type, List<String> place, Obj before) {
        try {
            patch(cluster, ref, type, place, null);
        } catch (ApiError refused) {
            return;
        } catch (RuntimeException e) {
            faults.add(what + " removed: " + e);
            return;
        }
        try {
            List<String> gone = gone(cluster.admin.get(ref).node(), place);
            patch(cluster, ref, type, gone, at(before.node(), gone));
        } catch (ApiError e) {
            // a default in its place stands in the way
        }
        try {
            if (!compared(before).equals(compared(cluster.admin.get(ref)))) {
                List<String> whole = place.subList(0, 1);
                patch(cluster, ref, PatchType.JSON, whole, rest(at(before.node(), whole)));
            }
            restored++;
        } catch (RuntimeException e) {
            faults.add(what + " restored: " + e);
        }
    }

    /** Metadata without the version that it was read in. */
    private static JsonNode rest(JsonNode part) {
        return part instanceof ObjectNode object && object.has("uid")
                ? object.deepCopy().without("resourceVersion")
                : part;
    }

    /** The outermost part of a place that is there no more: what has become empty is not kept. */
    private static List<String> gone(JsonNode root, List<String> place) {
        for (int i = 1; i < place.size(); i++) {
            if (at(root, place.subList(0, i)).isMissingNode()) {
                return place.subList(0, i);
            }
        }
        return place;
    }

    /** A null value removes. */
    private static void patch(TestCluster cluster, Ref ref, PatchType type, List<String> place, JsonNode value) {
        JsonNode body = type == PatchType.JSON ? operation(place, value) : merged(place, value);
        cluster.admin.call(Request.patch(ref.resource(), ref.namespace(), ref.name(), type, body)
                .fieldManager("restore"));
    }

    private static JsonNode operation(List<String> place, JsonNode value) {
        StringBuilder path = new StringBuilder();
        place.forEach(step -> path.append('/').append(step.replace("~", "~0").replace("/", "~1")));
        ObjectNode operation =
                Json.object().put("op", value == null ? "remove" : "add").put("path", path.toString());
        if (value != null) {
            operation.set("value", value);
        }
        return Json.array().add(operation);
    }

    private static JsonNode merged(List<String> place, JsonNode value) {
        ObjectNode root = Json.object();
        ObjectNode parent = root;
        for (String step : place.subList(0, place.size() - 1)) {
            parent = parent.putObject(step);
        }
        parent.set(place.get(place.size() - 1), value == null ? Json.NODES.nullNode() : value);
        return root;
    }

    private void same(String what, Obj before, Obj after) {
        Obj was = compared(before);
        Obj is = compared(after);
        if (!was.equals(is)) {
            faults.add(what + "\n   was " + was + "\n   is  " + is);
        }
    }

    private static Obj compared(Obj object) {
        Obj copy = object.copy();
        copy.removeAnnotation("deprecated.daemonset.template.generation"); // it counts on,
        copy.remove("status.observedGeneration"); // and so does this
        BOOKKEEPING.forEach(field -> copy.remove("metadata." + field));
        return copy;
    }

    private static void places(JsonNode node, List<String> steps, List<List<String>> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(each -> place(each.getKey(), each.getValue(), steps, places));
        } else if (node instanceof ArrayNode items) {
            for (int i = 0; i < items.size(); i++) {
                place(Integer.toString(i), items.get(i), steps, places);
            }
        }
    }

    private static void place(String step, JsonNode value, List<String> steps, List<List<String>> places) {
        steps.add(step);
        boolean identity =
                steps.size() == 1 && List.of("apiVersion", "kind", "metadata").contains(step)
                        || steps.size() == 2
                                && List.of("name", "namespace").contains(step)
                                && steps.get(0).equals("metadata");
        if (!identity) {
            places.add(List.copyOf(steps));
        }
        places(value, steps, places);
        steps.remove(steps.size() - 1);
    }

    private static JsonNode at(JsonNode root, List<String> place) {
        JsonNode node = root;
        for (String step : place) {
            node = node instanceof ArrayNode list ? list.path(Integer.parseInt(step)) : node.path(step);
        }
        return node;
    }
}
