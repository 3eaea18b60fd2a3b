package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.JsonPath;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Times;
import dev.kubejar.schema.Column;
import dev.kubejar.schema.FieldType;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Pruning;
import dev.kubejar.schema.custom.CustomDefaults;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** Makes a kind of one version of a CustomResourceDefinition. */
final class CustomKind {
    private CustomKind() {}

    static Kind of(Obj definition, Obj version, FieldType type, Kind.Description description) {
        String group = definition.text("spec.group");
        String groupVersion = group + "/" + version.text("name");
        Obj names = definition.obj("spec.names");
        String plural = names.text("plural");
        String singular = names.text("singular", names.text("kind").toLowerCase(java.util.Locale.ROOT));
        Kind.Builder kind = Kind.kind(groupVersion, names.text("kind"))
                .names(plural, singular, names.texts("shortNames").toArray(new String[0]))
                .categories(names.texts("categories").toArray(new String[0]))
                .namespaced(definition.text("spec.scope").equals("Namespaced"))
                .custom()
                .describe(description)
                .verbs("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch")
                .generation()
                .conditionalUpdateOnly()
                .nameRule(Names::subdomain);
        columns(kind, version);
        subresources(kind, version);
        JsonNode schema = version.at("schema.openAPIV3Schema");
        CustomRules rules = new CustomRules(schema, version.obj("subresources.scale"));
        kind.rule(rules::check).statusRule(rules::checkStatus);
        for (Obj field : version.list("selectableFields")) {
            String path = field.text("jsonPath");
            kind.field(path.substring(1), object -> object.text(path.substring(1)));
        }
        storage(kind, definition, version, type);
        kind.readBack(object -> {
            Pruning.prune(object.node(), type);
            CustomDefaults.set(object.node(), type.raw());
        });
        if (version.bool("deprecated")) {
            kind.deprecated(
                    version.text("deprecationWarning", groupVersion + " " + names.text("kind") + " is deprecated"));
        }
        return kind.build();
    }

    private static void storage(Kind.Builder kind, Obj definition, Obj version, FieldType type) {
        String groupVersion = definition.text("spec.group") + "/" + version.text("name");
        for (Obj each : definition.list("spec.versions")) {
            if (each.bool("storage") && !each.text("name").equals(version.text("name"))) {
                String stored = definition.text("spec.group") + "/" + each.text("name");
                kind.storedAs(
                        GroupVersionResource.of(stored, definition.text("spec.names.plural")),
                        object -> {
                            Obj shown = object.copy().set("apiVersion", groupVersion);
                            Pruning.prune(shown.node(), type);
                            return shown.freeze();
                        },
                        object -> object.copy().set("apiVersion", stored));
            }
        }
    }

    private static void subresources(Kind.Builder kind, Obj version) {
        if (version.has("subresources.status")) {
            kind.status();
        }
        Obj scale = version.obj("subresources.scale");
        if (!scale.isEmpty()) {
            kind.scale(
                    path(scale.text("specReplicasPath")),
                    path(scale.text("statusReplicasPath")),
                    path(scale.text("labelSelectorPath")));
        }
    }

    private static String path(String jsonPath) {
        return jsonPath.startsWith(".") ? jsonPath.substring(1) : jsonPath;
    }

    private static void columns(Kind.Builder kind, Obj version) {
        kind.nameColumn();
        List<Obj> columns = version.list("additionalPrinterColumns");
        if (columns.isEmpty()) {
            kind.ageColumn();
        }
        for (Obj column : columns) {
            String description = column.text("description");
            String path = column.text("jsonPath");
            JsonPath compiled = compiled(path);
            String type = column.text("type");
            kind.column(new Column(
                    column.text("name"),
                    type,
                    column.text("format"),
                    (int) column.number("priority"),
                    description.isEmpty()
                            ? "Custom resource definition column (in JSONPath format): " + path
                            : description,
                    (object, now) -> cell(compiled, type, object, now)));
        }
    }

    private static JsonPath compiled(String path) {
        try {
            return JsonPath.parse("{" + path + "}").allowMissingKeys(true);
        } catch (ParseError e) {
            return null;
        }
    }

    private static Object cell(JsonPath path, String type, Obj object, Instant now) {
        if (path == null) {
            return null;
        }
        List<List<JsonNode>> found;
        try {
            found = path.find(object.node());
        } catch (ParseError e) {
            return null;
        }
        if (found.isEmpty() || found.get(0).isEmpty()) {
            return null;
        }
        JsonNode value = found.get(0).get(0);
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        return switch (type) {
            case "integer" -> value.isNumber() ? (Object) value.longValue() : null;
            case "number" -> value.isNumber() ? dev.kubejar.object.GoNumber.text(value) : null;
            case "boolean" -> value.isBoolean() ? (Object) value.booleanValue() : null;
            case "date" -> date(value, now);
            default -> value.isTextual() ? value.textValue() : dev.kubejar.object.Json.text(value);
        };
    }

    private static String date(JsonNode value, Instant now) {
        try {
            return value.isTextual() ? Times.since(Times.parse(value.textValue()), now) : null;
        } catch (DateTimeException e) {
            return "<invalid>";
        }
    }
}
