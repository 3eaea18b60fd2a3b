package dev.kubejar.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Strict decoding against every verdict of a real server that is about decoding. */
class StrictDecoderTest {
    @Test
    void refusesWhatTheServerRefusedInItsWords() throws IOException {
        int cases = 0;
        StringBuilder wrong = new StringBuilder();
        for (Corpus.Verdict verdict : Corpus.verdicts()) {
            if (!verdict.verb().equals("create")) {
                continue;
            }
            JsonNode object = Corpus.damaged(verdict);
            String kind = object.path("kind").asText();
            FieldType type = FieldSchema.forKind(object.path("apiVersion").asText(), kind);
            if (type == null) {
                continue; // an object of a CustomResourceDefinition
            }
            String refusal = StrictDecoder.decode(object, type).refusal();
            String version = object.path("apiVersion").asText().replaceFirst(".*/", "");
            String message = refusal == null
                    ? null
                    : StrictDecoder.cannotBeHandled(version, kind, refusal).getMessage();
            boolean decoding = verdict.code() == 400 && verdict.message().contains(" cannot be handled as a ");
            cases += decoding ? 1 : 0;
            if (decoding ? !verdict.message().equals(message) : refusal != null) {
                wrong.append(verdict.base())
                        .append(' ')
                        .append(Json.text(verdict.patch()))
                        .append('\n');
                wrong.append("  real: ")
                        .append(verdict.code())
                        .append(' ')
                        .append(verdict.message())
                        .append("\n  ours: ")
                        .append(message)
                        .append('\n');
            }
        }
        assertEquals("", wrong.toString());
        assertTrue(cases > 1400, "cases: " + cases);
    }

    @Test
    void warnsOfTheUnknownFieldsOfAnUpdate() throws IOException {
        int cases = 0;
        for (Corpus.Verdict verdict : Corpus.verdicts()) {
            JsonNode object = verdict.verb().equals("update") ? Corpus.damaged(verdict) : Json.object();
            FieldType type = FieldSchema.forKind(
                    object.path("apiVersion").asText(), object.path("kind").asText());
            if (type != null && verdict.code() == 200) {
                List<String> warnings = new ArrayList<>();
                verdict.node().path("warnings").forEach(warning -> warnings.add(warning.asText()));
                warnings.removeIf(warning -> !warning.startsWith("unknown field"));
                cases += warnings.size();
                assertEquals(warnings, StrictDecoder.decode(object, type).strict());
            }
        }
        assertTrue(cases > 150, "cases: " + cases);
    }

    @Test
    void aWrongTypeWinsOverUnknownFieldsAndAQuantityOverBoth() {
        assertEquals(
                "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string",
                refusal("{\"oops\":1,\"metadata\":{\"name\":7},\"spec\":{\"nodeName\":true}}"));
        assertEquals(
                "unable to parse quantity's suffix",
                refusal("{\"metadata\":{\"name\":7},\"spec\":{\"overhead\":{\"cpu\":\"1ki\"}}}"));
        assertEquals(
                "strict decoding error: unknown field \"oops\", unknown field \"spec.containers[0].nmae\"",
                refusal("{\"oops\":1,\"spec\":{\"containers\":[{\"nmae\":\"a\"}]}}"));
    }

    @Test
    void duplicatesFollow() {
        FieldType pod = FieldSchema.forKind("v1", "Pod");
        assertEquals(
                List.of("unknown field \"a\"", "duplicate field \"spec.nodeName\""),
                StrictDecoder.decode(Json.read("{\"a\":1}"), pod, List.of("spec.nodeName"))
                        .strict());
    }

    @Test
    void valuesThatReadThemselvesNameTheFieldTheyAreIn() {
        assertEquals(
                "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.creationTimestamp of type string",
                refusal("{\"metadata\":{\"creationTimestamp\":7}}"));
        assertEquals(
                "json: cannot unmarshal bool into Go struct field HTTPGetAction.spec.containers.livenessProbe.ProbeHandler"
                        + ".httpGet.port of type int32",
                refusal("{\"spec\":{\"containers\":[{\"livenessProbe\":{\"httpGet\":{\"port\":true}}}]}}"));
        assertEquals(
                "parsing time \"2026-02-30T00:00:00Z\": day out of range",
                refusal("{\"metadata\":{\"creationTimestamp\":\"2026-02-30T00:00:00Z\"}}"));
    }

    private static String refusal(String json) {
        return StrictDecoder.decode(Json.read(json), FieldSchema.forKind("v1", "Pod"))
                .refusal();
    }
}
