package dev.kubejar.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The generated schema against what a real server published. */
class FieldSchemaTest {
    /** Types that the artifacts have and the server's document lacks, with the reason. */
    private static final Map<String, String> NOT_PUBLISHED = Map.of(
            "io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList", "an answer of discovery, not of a resource",
            "io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions", "an answer of discovery, not of a resource",
            "io.k8s.apimachinery.pkg.apis.meta.v1.GroupResource", "a part of storage migrations, which are not enabled",
            "io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionKind", "a part of discovery's answers");

    /** Kinds of subresources that have no body: they are the query parameters of a connection. */
    private static final Set<String> WITHOUT_BODY = Set.of(
            "v1/NodeProxyOptions",
            "v1/PodAttachOptions",
            "v1/PodExecOptions",
            "v1/PodPortForwardOptions",
            "v1/PodProxyOptions",
            "v1/ServiceProxyOptions");

    @Test
    void agreesWithARealServerInEveryTypeAndField() throws IOException {
        TreeMap<String, String> real = new TreeMap<>();
        for (String[] row : rows("schema.tsv", 11)) {
            real.put(row[0] + " " + row[1], String.join(" | ", row));
        }
        TreeMap<String, String> ours = new TreeMap<>();
        for (String name : FieldSchema.typeNames()) {
            FieldType type = FieldSchema.type(name);
            if (NOT_PUBLISHED.containsKey(name)) {
                continue;
            }
            if (type.fields().isEmpty()) {
                ours.put(name + " ", real.get(name + " ")); // a plain value, see below
            }
            for (Field field : type.fields()) {
                ours.put(name + " " + field.name(), row(name, field));
            }
        }
        assertEquals(lines(real), lines(ours));
        assertEquals(2450, real.size());
    }

    @Test
    void namedPlainValuesAreOfTheirKinds() {
        assertEquals(ValueKind.INT_OR_STRING, kind("io.k8s.apimachinery.pkg.api.resource.Quantity"));
        assertEquals(ValueKind.INT_OR_STRING, kind("io.k8s.apimachinery.pkg.util.intstr.IntOrString"));
        assertEquals(ValueKind.STRING, kind("io.k8s.apimachinery.pkg.apis.meta.v1.Time"));
        assertEquals(ValueKind.STRING, kind("io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"));
        assertEquals(ValueKind.OBJECT, kind("io.k8s.apimachinery.pkg.runtime.RawExtension"));
        assertEquals(ValueKind.ANY, kind("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON"));
    }

    @Test
    void knowsEveryKindTheServerServes() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String[] row : rows("resources.tsv", 8)) {
            String groupVersion = row[7].isEmpty() ? row[0] : row[7];
            String key = groupVersion + "/" + row[2];
            if (!WITHOUT_BODY.contains(key) && FieldSchema.forKind(groupVersion, row[2]) == null) {
                missing.add(key);
            }
            if (row[4].contains("list") && FieldSchema.forKind(groupVersion, row[2] + "List") == null) {
                missing.add(key + "List");
            }
        }
        assertEquals(Set.of(), missing);
        assertNotNull(FieldSchema.forKind("v1", "DeleteOptions"));
        assertNotNull(FieldSchema.forKind("v1", "Status"));
    }

    @Test
    void fieldsKeepTheOrderOfTheGoStructure() {
        FieldType container = FieldSchema.type("io.k8s.api.core.v1.Container");
        List<String> order = container.declared().stream().map(Field::name).toList();
        assertEquals(List.of("name", "image", "command", "args", "workingDir", "ports"), order.subList(0, 6));
        FieldType deployment = FieldSchema.forKind("apps/v1", "Deployment");
        assertEquals(
                List.of("kind", "apiVersion", "metadata", "spec", "status"),
                deployment.declared().stream().map(Field::name).toList());
    }

    @Test
    void promotedFieldsNameWhereTheyComeFrom() {
        Field apiGroups = FieldSchema.type("io.k8s.api.admissionregistration.v1.NamedRuleWithOperations")
                .field("apiGroups");
        assertEquals("RuleWithOperations.Rule", apiGroups.embedded());
        assertEquals(
                "v1.PullPolicy",
                FieldSchema.type("io.k8s.api.core.v1.Container")
                        .field("imagePullPolicy")
                        .goType());
    }

    @Test
    void descriptionsAreTheServers() {
        FieldType spec = FieldSchema.type("io.k8s.api.core.v1.PodSpec");
        assertEquals(
                "Restart policy for all containers within the pod. One of Always, OnFailure, Never. In some contexts, only a"
                        + " subset of those values may be permitted. Default to Always. More info:"
                        + " https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy\n\n"
                        + "Possible enum values:\n - `\"Always\"`\n - `\"Never\"`\n - `\"OnFailure\"`",
                spec.field("restartPolicy").description());
        assertTrue(FieldSchema.type("io.k8s.apimachinery.pkg.api.resource.Quantity")
                .description()
                .contains("is:\n\n``` <quantity>        ::= <signedNumber><suffix>\n\n\t(Note that"));
    }

    private static ValueKind kind(String type) {
        return FieldSchema.type(type).kind();
    }

    private static String row(String type, Field field) {
        return String.join(
                " | ",
                type,
                field.name(),
                written(field.value()),
                field.required() ? "yes" : "",
                field.defaultText(),
                String.join(",", field.enums()),
                field.listType(),
                String.join(",", field.mapKeys()),
                field.patchStrategy(),
                field.patchMergeKey(),
                field.mapType());
    }

    private static String written(ValueType value) {
        return switch (value.kind()) {
            case ARRAY -> "[]" + written(value.element());
            case MAP -> "map[string]" + written(value.element());
            case STRING -> "string";
            case INT32 -> "integer(int32)";
            case INT64 -> "integer(int64)";
            case NUMBER -> "number(double)";
            case BOOLEAN -> "boolean";
            case BYTES -> "string(byte)";
            default -> value.typeName();
        };
    }

    private static String lines(TreeMap<String, String> rows) {
        return rows.values().stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }

    private static List<String[]> rows(String file, int columns) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                FieldSchemaTest.class.getResourceAsStream("/facts/" + file), StandardCharsets.UTF_8))) {
            return in.lines()
                    .skip(1)
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.split("\t", -1))
                    .map(row -> java.util.Arrays.copyOf(row, Math.max(columns, row.length)))
                    .peek(row -> java.util.Arrays.setAll(row, i -> row[i] == null ? "" : row[i]))
                    .toList();
        }
    }
}
