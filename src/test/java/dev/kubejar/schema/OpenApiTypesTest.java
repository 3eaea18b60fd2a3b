package dev.kubejar.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The types that a CustomResourceDefinition writes. */
class OpenApiTypesTest {
    private static final FieldType WIDGET = FieldSchema.fromOpenApi(Json.read("""
            {"type":"object","description":"A widget.","required":["spec"],"properties":{
              "spec":{"type":"object","required":["size"],"properties":{
                "size":{"type":"integer","format":"int32","default":3,"description":"How big.","minimum":1},
                "tags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
                "parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
                  "items":{"type":"object","properties":{"name":{"type":"string"},"kind":{"type":"string","enum":["a","b"],"default":"a"}}}},
                "limits":{"type":"object","additionalProperties":{"type":"string"}},
                "port":{"x-kubernetes-int-or-string":true},
                "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}
            """));

    @Test
    void aTypeHasWhatTheSchemaSays() {
        FieldType spec = WIDGET.field("spec").value().type();
        assertTrue(WIDGET.field("spec").required());
        assertEquals("A widget.", WIDGET.description());
        assertEquals(
                List.of("apiVersion", "kind", "metadata", "spec"),
                WIDGET.fields().stream().map(Field::name).toList());
        assertEquals("How big.", spec.field("size").description());
        assertEquals(1, spec.field("size").raw().get("minimum").asInt());
        assertEquals("set", spec.field("tags").listType());
        assertEquals(List.of("name"), spec.field("parts").mapKeys());
        assertEquals(
                List.of("Object", "map[string]string", "[]Object", "Object", "integer", "[]string"),
                spec.fields().stream().map(field -> field.value().display()).toList());
    }

    @Test
    void unknownFieldsAreToldAndPruned() {
        ObjectNode widget = (ObjectNode) Json.read("""
                {"kind":"Widget","metadata":{"name":"a"},"oops":1,"spec":{"size":"wrong","free":{"any":1},
                 "parts":[{"name":"p","nmae":1}]}}
                """);
        assertEquals(
                List.of("unknown field \"oops\"", "unknown field \"spec.parts[0].nmae\""),
                StrictDecoder.decode(widget, WIDGET).strict());
        Pruning.prune(widget, WIDGET);
        assertEquals(
                "{\"kind\":\"Widget\",\"metadata\":{\"name\":\"a\"},\"spec\":{\"size\":\"wrong\",\"free\":{\"any\":1},"
                        + "\"parts\":[{\"name\":\"p\"}]}}",
                Json.text(widget));
    }

    @Test
    void declaredDefaultsAreSet() {
        ObjectNode widget = (ObjectNode) Json.read("{\"spec\":{\"parts\":[{\"name\":\"p\"}]}}");
        Defaults.declared(widget, WIDGET);
        assertEquals("{\"spec\":{\"parts\":[{\"name\":\"p\",\"kind\":\"a\"}],\"size\":3}}", Json.text(widget));
    }
}
