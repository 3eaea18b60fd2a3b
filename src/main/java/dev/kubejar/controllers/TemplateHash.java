package dev.kubejar.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The short hash that names a template's ReplicaSet or revision: decimal digits in the alphabet of generated names. */
final class TemplateHash {
    private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";
    private static final int OFFSET = 0x811C9DC5;
    private static final int PRIME = 0x01000193;

    private TemplateHash() {}

    /** {@code collisions} negative: there were none yet. */
    static String of(JsonNode template, long collisions) {
        StringBuilder text = new StringBuilder();
        canonical(template, text);
        if (collisions >= 0) {
            text.append('#').append(collisions);
        }
        int hash = OFFSET;
        for (byte b : text.toString().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * PRIME;
        }
        return encode(Integer.toUnsignedString(hash));
    }

    /** A number's digits as letters without vowels: {@code 10 -> 54}. */
    static String encode(String digits) {
        StringBuilder out = new StringBuilder();
        for (char c : digits.toCharArray()) {
            out.append(SAFE.charAt(c % SAFE.length()));
        }
        return out.toString();
    }

    private static void canonical(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> sorted = new TreeMap<>();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                sorted.put(field.getKey(), field.getValue());
            }
            out.append('{');
            sorted.forEach((key, value) -> {
                out.append(key).append(':');
                canonical(value, out);
                out.append(',');
            });
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            node.forEach(item -> {
                canonical(item, out);
                out.append(',');
            });
            out.append(']');
        } else {
            out.append(node.asText()).append('"');
        }
    }
}
