package dev.kubejar.print;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** {@code eq}, {@code lt} and their like: of equal kinds only, so that a number of the data never equals an int. */
final class TemplateCompare {
    private TemplateCompare() {}

    /** Whether the first equals any other. */
    static boolean equal(List<Object> args) {
        if (args.size() < 2) {
            throw new TemplateFunctions.Failure("missing argument for comparison");
        }
        Object first = args.get(0);
        for (Object other : args.subList(1, args.size())) {
            if (equal(first, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(Object a, Object b) {
        if (TemplateValue.nothing(a) || TemplateValue.nothing(b)) {
            return TemplateValue.nothing(a) && TemplateValue.nothing(b);
        }
        if (kind(a) != kind(b)) {
            throw new TemplateFunctions.Failure("incompatible types for comparison");
        }
        if (a instanceof JsonNode) {
            throw new TemplateFunctions.Failure("non-comparable types " + TemplateValue.text(a) + ": "
                    + TemplateValue.type(a) + ", " + TemplateValue.type(b) + ": " + TemplateValue.text(b));
        }
        return a.equals(b);
    }

    static boolean order(String function, Object a, Object b) {
        if (kind(a) == 0 || kind(b) == 0) {
            throw new TemplateFunctions.Failure("invalid type for comparison");
        }
        if (kind(a) != kind(b)) {
            throw new TemplateFunctions.Failure("incompatible types for comparison");
        }
        int order;
        if (a instanceof String text) {
            order = text.compareTo((String) b);
        } else if (a instanceof Long number) {
            order = number.compareTo((Long) b);
        } else if (a instanceof Double number) {
            order = number.compareTo((Double) b);
        } else {
            throw new TemplateFunctions.Failure("invalid type for comparison");
        }
        return switch (function) {
            case "lt" -> order < 0;
            case "le" -> order <= 0;
            case "gt" -> order > 0;
            default -> order >= 0;
        };
    }

    private static int kind(Object value) {
        if (value instanceof String) {
            return 1;
        }
        if (value instanceof Long) {
            return 2;
        }
        if (value instanceof Double) {
            return 3;
        }
        return value instanceof Boolean ? 4 : 0;
    }
}
