package dev.kubejar.kinds.custom;

import java.util.List;
import java.util.Locale;

/** The fields of a schema in the order in which the server's structure holds them. */
final class AllFields {
    static final List<String> NAMES = List.of(
            "ID",
            "Schema",
            "Ref",
            "Description",
            "Type",
            "Nullable",
            "Format",
            "Title",
            "Default",
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
            "Enum",
            "MaxProperties",
            "MinProperties",
            "Required",
            "Items",
            "AllOf",
            "OneOf",
            "AnyOf",
            "Not",
            "Properties",
            "AdditionalProperties",
            "PatternProperties",
            "Dependencies",
            "AdditionalItems",
            "Definitions",
            "ExternalDocs",
            "Example",
            "XPreserveUnknownFields",
            "XEmbeddedResource",
            "XIntOrString",
            "XListMapKeys",
            "XListType",
            "XMapType",
            "XValidations");

    private AllFields() {}

    /** The field's name in a manifest. */
    static String json(String field) {
        if (field.startsWith("X")) {
            StringBuilder name = new StringBuilder("x-kubernetes");
            for (char c : field.substring(1).toCharArray()) {
                name.append(Character.isUpperCase(c) ? "-" : "").append(Character.toLowerCase(c));
            }
            return name.toString();
        }
        return switch (field) {
            case "ID" -> "id";
            case "Schema" -> "$schema";
            case "Ref" -> "$ref";
            default -> field.substring(0, 1).toLowerCase(Locale.ROOT) + field.substring(1);
        };
    }
}
