package dev.kubejar.kinds.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoText;
import dev.kubejar.schema.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the OpenAPI schema of a definition must fulfil. */
final class SchemaRules {
    static final List<String> TYPES = List.of("array", "boolean", "integer", "number", "object", "string");
    private static final Set<String> META = Set.of("metadata", "kind", "apiVersion");
    private static final List<String> AT_ROOT = List.of(
            "Description",
            "Type",
            "Format",
            "Title",
            "Maximum",
            "ExclusiveMaximum",
            "Minimum",
            "ExclusiveMinimum",
            "MaxLength",
            "MinLength",
            "Pattern",
            "MaxItems",
            "MinItems",
            "UniqueItems",
            "MultipleOf",
            "Required",
            "Items",
            "Properties",
            "ExternalDocs",
            "Example",
            "XPreserveUnknownFields",
            "XValidations");

    /** What the schemas inside a schema inherit from it. */
    private record Place(
            boolean defaults, String whyNoDefaults, boolean meta, boolean correlatable, String uncorrelatable) {
        Place withoutDefaults(String why) {
            return new Place(false, why, meta, correlatable, uncorrelatable);
        }

        Place inMeta() {
            return new Place(defaults, whyNoDefaults, true, correlatable, uncorrelatable);
        }

        Place uncorrelatable(String path) {
            return correlatable ? new Place(defaults, whyNoDefaults, meta, false, path) : this;
        }
    }

    private final SchemaOptions options;
    private final Problems schemaFaults = new Problems();
    private final Problems ruleFaults = new Problems();

    private SchemaRules(SchemaOptions options) {
        this.options = options;
    }

    /** Checks {@code schema}, which is the holder of an {@code openAPIV3Schema}. */
    static void check(JsonNode holder, String path, boolean status, SchemaOptions options, Problems problems) {
        if (!holder.isObject() || !holder.path("openAPIV3Schema").isObject()) {
            return;
        }
        JsonNode schema = holder.get("openAPIV3Schema");
        String at = path + ".openAPIV3Schema";
        if (status) {
            root(schema, path, problems);
        }
        if (schema.path("nullable").asBoolean()) {
            problems.forbidden(at + ".nullable", "nullable cannot be true at the root");
        }
        RuleScope scope = null;
        Problems structural = new Problems();
        StructuralRules.check(schema, at, structural);
        if (structural.isEmpty()) {
            DefaultRules.check(schema, at, structural);
            scope = structural.isEmpty() ? RuleScope.root(schema) : null;
        }
        structural.causes().forEach(each -> problems.add(each.reason(), each.field(), bare(each)));
        SchemaRules rules = new SchemaRules(options);
        rules.schema(schema, at, new Place(true, "", false, true, ""), true, scope);
        rules.schemaFaults.causes().forEach(each -> problems.add(each.reason(), each.field(), bare(each)));
        rules.ruleFaults.causes().forEach(each -> problems.add(each.reason(), each.field(), bare(each)));
        if (scope != null) {
            scope.total(at, problems);
        }
    }

    private static String bare(ApiError.Cause cause) {
        return cause.message();
    }

    private static void root(JsonNode schema, String path, Problems problems) {
        for (String field : AllFields.NAMES) {
            JsonNode value = schema.get(AllFields.json(field));
            boolean zero = value == null
                    || value.isNull()
                    || value.isTextual() && value.textValue().isEmpty()
                    || value.isBoolean() && !value.booleanValue() && !field.equals("XPreserveUnknownFields")
                    || value.isContainerNode() && value.isEmpty() && value.isArray();
            if (zero) {
                continue;
            }
            if (field.equals("Type")) {
                if (!value.asText().equals("object")) {
                    problems.invalid(
                            path + ".openAPIV3Schema.type",
                            value.asText(),
                            "only \"object\" is allowed as the type at the root of the schema if the status subresource"
                                    + " is enabled");
                    return;
                }
            } else if (!AT_ROOT.contains(field)) {
                problems.invalid(
                        path + ".openAPIV3Schema",
                        schema,
                        "only [" + String.join(" ", AT_ROOT)
                                + "] fields are allowed at the root of the schema if the status subresource is enabled");
                return;
            }
        }
    }

    private void schema(JsonNode node, String path, Place place, boolean root, RuleScope scope) {
        JsonNode schema = InternalForm.schema(node);
        int before = schemaFaults.causes().size();
        fields(schema, path, place);
        if (schema.path("uniqueItems").asBoolean()) {
            schemaFaults.forbidden(
                    path + ".uniqueItems",
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }
        additional(schema, path, place, scope);
        for (Map.Entry<String, JsonNode> each : GoText.sorted(schema.path("properties"))) {
            String name = each.getKey();
            Place inner = place;
            String mapType = Schemas.text(schema, "x-kubernetes-map-type");
            if (!mapType.isEmpty() && !mapType.equals("granular") && !mapType.equals("atomic")) {
                inner = inner.uncorrelatable(path);
            }
            if ((root || schema.path("x-kubernetes-embedded-resource").asBoolean()) && META.contains(name)) {
                inner = inner.inMeta();
                inner = root ? inner.withoutDefaults("in top-level " + name) : inner;
            }
            RuleScope child = scope == null ? null : scope.property(each.getValue(), name);
            schema(each.getValue(), path + ".properties[" + name + "]", inner, false, child);
        }
        if (Schemas.told(schema, "not")) {
            schema(schema.get("not"), path + ".not", place, false, null);
        }
        for (String list : List.of("allOf", "oneOf", "anyOf")) {
            for (int i = 0; i < schema.path(list).size(); i++) {
                schema(schema.get(list).get(i), path + "." + list + "[" + i + "]", place, false, null);
            }
        }
        items(schema, path, place, scope);
        extensions(schema, path);
        TypeRules.lists(schema, path, schemaFaults);
        boolean clean = before == schemaFaults.causes().size();
        ValidationRules.check(schema, path, schemaFaults);
        clean &= before == schemaFaults.causes().size();
        if (clean && scope != null && !schema.path("x-kubernetes-validations").isEmpty()) {
            scope.compile(
                    schema, path, place.correlatable ? null : place.uncorrelatable, options.ignoreCosts(), ruleFaults);
        }
    }

    private void fields(JsonNode schema, String path, Place place) {
        String type = Schemas.text(schema, "type");
        if (options.requireTypes() && !type.isEmpty() && !TYPES.contains(type)) {
            schemaFaults.notSupported(path + ".type", type, TYPES);
        }
        if (Schemas.told(schema, "default") && !place.defaults) {
            String why = place.whyNoDefaults.isEmpty() ? "" : " " + place.whyNoDefaults;
            schemaFaults.forbidden(path + ".default", "must not be set" + why);
        }
        unsupported(schema, path, "id", "id is not supported");
        unsupported(schema, path, "additionalItems", "additionalItems is not supported");
        unsupported(schema, path, "patternProperties", "patternProperties is not supported");
        unsupported(schema, path, "definitions", "definitions is not supported");
        unsupported(schema, path, "dependencies", "dependencies is not supported");
        unsupported(schema, path, "$ref", "$ref is not supported");
        if (type.equals("null")) {
            schemaFaults.forbidden(path + ".type", "type cannot be set to null, use nullable as an alternative");
        }
        if (schema.path("items").isArray() && !schema.path("items").isEmpty()) {
            schemaFaults.forbidden(path + ".items", "items must be a schema object and not an array");
        }
        if (place.meta && schema.path("x-kubernetes-embedded-resource").asBoolean()) {
            schemaFaults.forbidden(
                    path + ".x-kubernetes-embedded-resource", "must not be used inside of resource meta");
        }
    }

    private void unsupported(JsonNode schema, String path, String field, String why) {
        JsonNode value = schema.path(field);
        boolean empty = value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.textValue().isEmpty() && field.equals("id")
                || value.isObject()
                        && value.isEmpty()
                        && !field.equals("additionalItems")
                        && !field.equals("dependencies");
        if (!empty) {
            schemaFaults.forbidden(path + "." + field, why);
        }
    }

    private void additional(JsonNode schema, String path, Place place, RuleScope scope) {
        JsonNode additional = schema.path("additionalProperties");
        if (additional.isMissingNode() || additional.isNull()) {
            return;
        }
        String at = path + ".additionalProperties";
        boolean allowed = additional.isBoolean() && additional.booleanValue();
        if (!schema.path("properties").isEmpty() && !allowed) {
            schemaFaults.forbidden(at, "additionalProperties and properties are mutual exclusive");
        }
        if (additional.isObject()) {
            Place inner = place.meta
                    ? place.withoutDefaults("inside additionalProperties applying to object metadata")
                    : place;
            schema(additional, at, inner, false, scope == null ? null : scope.values(additional));
        }
    }

    private void items(JsonNode schema, String path, Place place, RuleScope scope) {
        JsonNode items = schema.path("items");
        Place inner = Schemas.text(schema, "x-kubernetes-list-type").equals("map") ? place : place.uncorrelatable(path);
        if (items.isObject()) {
            schema(items, path + ".items", inner, false, scope == null ? null : scope.items(items));
        }
        for (int i = 0; i < items.size() && items.isArray(); i++) {
            schema(items.get(i), path + ".items[" + i + "]", inner, false, null);
        }
    }

    private void extensions(JsonNode schema, String path) {
        JsonNode keeps = schema.path("x-kubernetes-preserve-unknown-fields");
        if (keeps.isBoolean() && !keeps.booleanValue()) {
            schemaFaults.invalid(path + ".x-kubernetes-preserve-unknown-fields", false, "must be true or undefined");
        }
        TypeRules.maps(schema, path, schemaFaults);
    }
}
