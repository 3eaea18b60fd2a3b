package dev.kubejar.build;

import java.util.regex.Pattern;

/** The names of Go types as Go's error messages write them: {@code []v1.Container}, {@code map[string]string}. */
final class GoTypes {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][\\w./]*");
    private static final String BUILT_IN = " string int32 int64 bool float64 map uint8 ";

    private GoTypes() {}

    /** The Go type that a value has when nothing else is said. */
    static String of(String value) {
        if (value.startsWith("[]")) {
            return "[]" + of(value.substring(2));
        }
        if (value.startsWith("map[string]")) {
            return "map[string]" + of(value.substring("map[string]".length()));
        }
        return switch (value) {
            case "string", "any", "object", "int-or-string", "string(date-time)" -> "string";
            case "integer(int32)" -> "int32";
            case "integer(int64)" -> "int64";
            case "boolean" -> "bool";
            case "number(double)" -> "float64";
            case "string(byte)" -> "[]uint8";
            default -> {
                String[] parts = value.split("\\.");
                yield parts[parts.length - 2] + "." + parts[parts.length - 1];
            }
        };
    }

    /** {@code *Protocol} of {@code core/v1} becomes {@code *v1.Protocol}. */
    static String qualified(String type, String owner) {
        String version = owner.substring(owner.indexOf('/') + 1);
        return NAME.matcher(type).replaceAll(match -> {
            String name = match.group();
            if (BUILT_IN.contains(" " + name + " ")) {
                return name;
            }
            return name.indexOf('.') < 0 ? version + "." + name : name.substring(name.indexOf('/') + 1);
        });
    }
}
