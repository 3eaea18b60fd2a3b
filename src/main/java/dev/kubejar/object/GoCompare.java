package dev.kubejar.object;

import com.fasterxml.jackson.databind.JsonNode;

/** Comparisons as text/template's functions make them: of equal kinds only. */
final class GoCompare {
    private GoCompare() {}

    /**
     * Whether {@code left operator right} holds.
     *
     * @throws ParseError where the kinds cannot be compared, or the operator is none
     */
    static boolean test(String operator, JsonNode left, JsonNode right) {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "<" -> order(left, right) < 0;
            case "<=" -> order(left, right) <= 0;
            case ">" -> order(left, right) > 0;
            case ">=" -> order(left, right) >= 0;
            default -> throw new ParseError("unrecognized filter operator " + operator);
        };
    }

    private static boolean equal(JsonNode left, JsonNode right) {
        sameKind(left, right);
        return left.isNumber() ? number(left, right) == 0 : left.equals(right);
    }

    private static int order(JsonNode left, JsonNode right) {
        sameKind(left, right);
        if (left.isBoolean()) {
            throw new ParseError("invalid type for comparison");
        }
        return left.isNumber() ? number(left, right) : left.textValue().compareTo(right.textValue());
    }

    private static int number(JsonNode left, JsonNode right) {
        return GoNumber.isInteger(left)
                ? Long.compare(left.longValue(), right.longValue())
                : Double.compare(left.doubleValue(), right.doubleValue());
    }

    private static void sameKind(JsonNode left, JsonNode right) {
        if (kind(left) != kind(right)) {
            throw new ParseError("incompatible types for comparison");
        }
    }

    private static int kind(JsonNode value) {
        if (value.isNumber()) {
            return GoNumber.isInteger(value) ? 1 : 2;
        }
        if (value.isTextual() || value.isBoolean()) {
            return value.isTextual() ? 3 : 4;
        }
        throw new ParseError("invalid type for comparison");
    }
}
