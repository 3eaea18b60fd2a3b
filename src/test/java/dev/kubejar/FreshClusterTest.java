package dev.kubejar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Client;
import dev.kubejar.client.Identity;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fresh cluster of the profile bare holds what a fresh Kubernetes 1.36 holds, and nothing else. The recorded objects
 * leave out what differs from cluster to cluster ({@code "..."} stands for such a text).
 */
class FreshClusterTest {
    @TempDir
    Path folder;

    private final List<String> differences = new ArrayList<>();

    @Test
    void aFreshClusterHoldsWhatKubernetesMakes() throws IOException {
        Map<String, String> environment =
                Map.of("KUBEJAR_SEED", "7", "KUBEJAR_CLOCK", "frozen", "KUBEJAR_PROFILE", "bare");
        ClusterSettings settings =
                new ClusterSettings(folder.resolve("state"), environment, InstantSource.system(), false, who -> {});
        try (LocalCluster cluster = LocalCluster.open(settings)) {
            Map<String, Obj> ours = objects(cluster);
            for (Obj recorded : recorded()) {
                Obj found = ours.remove(key(recorded));
                compare(
                        key(recorded),
                        recorded.node(),
                        found == null ? Obj.create().node() : found.node());
            }
            ours.keySet().forEach(key -> differences.add(key + " is ours only"));
        }
        assertEquals("", String.join("\n", differences));
    }

    private static Map<String, Obj> objects(LocalCluster cluster) {
        Client client = cluster.client(Identity.ADMIN);
        Map<String, Obj> objects = new TreeMap<>();
        for (Kind kind : cluster.kinds().all()) {
            boolean itself = kind.storage().equals(kind.resource());
            if (itself && kind.verbs().contains("list") && !kind.kind().equals("Event")) {
                client.list(kind.resource(), "").forEach(each -> objects.put(key(each), each));
            }
        }
        objects.keySet().removeIf(key -> key.startsWith("v1 ComponentStatus"));
        return objects;
    }

    private static String key(Obj object) {
        return object.apiVersion() + " " + object.kind() + " " + object.namespace() + "/" + object.name();
    }

    private static List<Obj> recorded() throws IOException {
        List<Obj> recorded = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                FreshClusterTest.class.getResourceAsStream("/facts/fresh-cluster.jsonl"), StandardCharsets.UTF_8))) {
            in.lines().forEach(line -> recorded.add(Obj.parse(line)));
        }
        return recorded;
    }

    /** Everything recorded must be there as it is; beside it only what the recording leaves out. */
    private void compare(String path, JsonNode recorded, JsonNode ours) {
        if (recorded.isObject() && ours.isObject()) {
            recorded.properties()
                    .forEach(
                            field -> compare(path + "." + field.getKey(), field.getValue(), ours.path(field.getKey())));
        } else if (recorded.isArray() && ours.isArray() && recorded.size() == ours.size()) {
            for (int i = 0; i < recorded.size(); i++) {
                compare(path + "[" + i + "]", recorded.get(i), ours.get(i));
            }
        } else if (!recorded.equals(ours) && !recorded.asText().equals("...")) {
            differences.add(path + ": recorded " + recorded + ", ours " + ours);
        }
    }
}
