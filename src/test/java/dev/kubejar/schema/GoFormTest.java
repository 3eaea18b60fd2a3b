package dev.kubejar.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What Go writes back, against objects that a real server wrote. */
class GoFormTest {
    /** Where a server does more than decode, by reason. */
    private static final Map<String, List<String>> MORE_THAN_DECODED = Map.of(
            "a strategy of the kind fills it in or drops it",
            List.of(
                    "certificatesigningrequest-full.spec.username",
                    "certificatesigningrequest-full.spec.uid",
                    "certificatesigningrequest-full.spec.groups",
                    "certificatesigningrequest-full.spec.extra",
                    "configmap-meta.metadata",
                    "customresourcedefinition-cluster.status.storedVersions",
                    "customresourcedefinition-full.status.storedVersions",
                    "customresourcedefinition-versions.status.storedVersions",
                    "selfsubjectaccessreview-full.status.allowed"),
            "a conversion moves or drops it",
            List.of(
                    "endpointslice-ipv4.endpoints[0].deprecatedTopology",
                    "secret-basicauth.stringData",
                    "secret-opaque.stringData",
                    "serviceaccount-full.secrets[1]"),
            "a default that is computed",
            List.of(
                    "job-indexed.spec.podFailurePolicy.rules[3].onPodConditions[0].status",
                    "service-clusterip.spec.ports[2].targetPort",
                    "service-externalname.spec.ports[0].targetPort",
                    "service-headless.spec.ports[0].targetPort",
                    "service-loadbalancer.spec.ports[0].targetPort",
                    "service-selectorless.spec.ports[0].targetPort"),
            "a declared default",
            List.of("pod-probes.spec.containers[2].startupProbe.grpc.service"),
            "its feature is off",
            List.of(
                    "csidriver-full.spec.preventPodSchedulingIfMissing",
                    "lease-full.spec.strategy",
                    "lease-full.spec.preferredHolder",
                    "node-full.spec.configSource",
                    "pod-claims.spec.schedulingGroup",
                    "pod-lifecycle.spec.containers[0].lifecycle.stopSignal",
                    "pod-volumes.spec.volumes[7].projected.sources[4]",
                    "pod-volumes.spec.volumes[7].projected.sources[5]",
                    "pod-volumes.spec.volumes[7].projected.sources[6]",
                    "pod-volumes.spec.volumes[7].projected.sources[7]",
                    "resourceslice-full.spec.devices[1].nodeAllocatableResourceMappings",
                    "statefulset-full.spec.updateStrategy.rollingUpdate.maxUnavailable",
                    "statefulset-partition.spec.updateStrategy.rollingUpdate.maxUnavailable"));

    @Test
    void whatAServerWroteIsWrittenBackUnchanged() throws IOException {
        for (String name : names()) {
            JsonNode object = Corpus.defaulted(name);
            FieldType type = type(object);
            if (type != null) {
                assertEquals(sorted(object), sorted(GoForm.of(object, type)), name);
            }
        }
    }

    @Test
    void everythingGoWritesIsInWhatTheServerWrote() throws IOException {
        StringBuilder wrong = new StringBuilder();
        for (String name : names()) {
            JsonNode object = Corpus.base(name);
            FieldType type = type(object);
            if (type != null) {
                missing(name, GoForm.of(object, type), Corpus.defaulted(name), wrong);
            }
        }
        List<String> unexplained = wrong.toString()
                .lines()
                .filter(line -> MORE_THAN_DECODED.values().stream()
                        .flatMap(List::stream)
                        .noneMatch(line::startsWith))
                .toList();
        assertEquals(List.of(), unexplained);
    }

    @Test
    void declaredDefaultsAreAllInWhatTheServerWrote() throws IOException {
        for (String name : names()) {
            JsonNode object = Corpus.defaulted(name);
            FieldType type = type(object);
            if (type != null) {
                ObjectNode copy = object.deepCopy();
                Defaults.declared(copy, type);
                assertEquals(sorted(object), sorted(copy), name);
            }
        }
    }

    @Test
    void emptyValuesAreLeftOutOrSpelledOut() {
        assertEquals(
                "{\"kind\":\"Pod\",\"metadata\":{},\"spec\":{\"containers\":[{\"name\":\"\",\"image\":\"a\","
                        + "\"resources\":{\"limits\":{\"cpu\":\"1500m\",\"memory\":\"1Gi\"}}}]},\"status\":{}}",
                Json.text(GoForm.of(
                        Json.read(
                                "{\"spec\":{\"oops\":1,\"nodeName\":\"\",\"hostNetwork\":false,\"volumes\":[],\"containers\":"
                                        + "[{\"image\":\"a\",\"env\":null,\"resources\":{\"limits\":{\"memory\":\"1024Mi\",\"cpu\":1.5}}}]},"
                                        + "\"kind\":\"Pod\",\"metadata\":{\"creationTimestamp\":null,\"labels\":{}}}"),
                        FieldSchema.forKind("v1", "Pod"))));
    }

    private static FieldType type(JsonNode object) {
        return FieldSchema.forKind(
                object.path("apiVersion").asText(), object.path("kind").asText());
    }

    private static void missing(String at, JsonNode ours, JsonNode real, StringBuilder wrong) {
        if (ours.isObject() && real.isObject()) {
            for (Map.Entry<String, JsonNode> entry : ours.properties()) {
                JsonNode there = real.get(entry.getKey());
                if (there == null) {
                    wrong.append(at)
                            .append('.')
                            .append(entry.getKey())
                            .append(" = ")
                            .append(entry.getValue())
                            .append('\n');
                } else {
                    missing(at + "." + entry.getKey(), entry.getValue(), there, wrong);
                }
            }
        } else if (ours.isArray() && real.isArray() && ours.size() <= real.size()) {
            for (int i = 0; i < ours.size(); i++) {
                missing(at + "[" + i + "]", ours.get(i), real.get(i), wrong);
            }
        } else if (!ours.equals(real)) {
            wrong.append(at)
                    .append(" = ")
                    .append(ours)
                    .append(" but ")
                    .append(real)
                    .append('\n');
        }
    }

    private static String sorted(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, String> fields = new TreeMap<>();
            node.properties().forEach(entry -> fields.put(entry.getKey(), sorted(entry.getValue())));
            return fields.toString();
        }
        if (node.isArray()) {
            StringBuilder out = new StringBuilder("[");
            node.forEach(item -> out.append(sorted(item)).append(','));
            return out.append(']').toString();
        }
        return Json.text(node);
    }

    private static List<String> names() throws IOException {
        return Corpus.verdicts().stream()
                .map(Corpus.Verdict::base)
                .distinct()
                .sorted()
                .toList();
    }
}
