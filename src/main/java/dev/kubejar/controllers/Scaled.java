package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.JsonNode;

/** A number that is written as it is or as a percentage of a total. */
final class Scaled {
    private Scaled() {}

    /** The value for a total, a fraction rounded up or down; {@code absent} where there is none. */
    static int of(JsonNode value, long total, boolean roundUp, int absent) {
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (value.isNumber()) {
            return value.intValue();
        }
        String text = value.asText();
        if (!text.endsWith("%")) {
            return absent;
        }
        try {
            long percent = Long.parseLong(text.substring(0, text.length() - 1));
            return (int) (roundUp ? -Math.floorDiv(-percent * total, 100L) : Math.floorDiv(percent * total, 100L));
        } catch (NumberFormatException e) {
            return absent;
        }
    }
}
