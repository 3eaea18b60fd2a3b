package dev.kubejar.cli.own.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Paths as the API's messages write them, {@code spec.containers[0].resources.limits[cpu]}, walked in a tree. */
final class Fields {
    private Fields() {}

    /** The value at a path; missing where there is none. */
    static JsonNode at(JsonNode root, String path) {
        JsonNode current = root;
        for (String part : parts(root, path)) {
            current = current instanceof ArrayNode ? current.path(index(part)) : current.path(part);
        }
        return current;
    }

    /** Puts a value in the place of another; null removes it. Nothing happens where the parent does not exist. */
    static void put(JsonNode root, String path, JsonNode value) {
        List<String> parts = parts(root, path);
        if (parts.isEmpty()) {
            return;
        }
        JsonNode parent = root;
        for (String part : parts.subList(0, parts.size() - 1)) {
            parent = parent instanceof ArrayNode ? parent.path(index(part)) : parent.path(part);
        }
        String last = parts.get(parts.size() - 1);
        if (parent instanceof ObjectNode map) {
            if (value == null) {
                map.remove(last);
            } else {
                map.set(last, value);
            }
        } else if (parent instanceof ArrayNode list && index(last) >= 0 && index(last) < list.size() && value != null) {
            list.set(index(last), value);
        }
    }

    /** Puts a value at a path, and makes the maps above it that are not there. */
    static void make(ObjectNode root, String path, JsonNode value) {
        List<String> parts = parts(root, path);
        JsonNode parent = root;
        for (String part : parts.subList(0, parts.size() - 1)) {
            JsonNode next = parent instanceof ArrayNode ? parent.path(index(part)) : parent.path(part);
            boolean there = next.isObject() || next.isArray();
            parent = there || !(parent instanceof ObjectNode map) ? next : map.putObject(part);
        }
        if (parent instanceof ObjectNode map) {
            map.set(parts.get(parts.size() - 1), value);
        }
    }

    /** The path's last field, and what stands before it. */
    static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    /** The same path with {@code [key]} written {@code .key}, as documents know their lines. */
    static String plain(String path) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int open = path.indexOf('['); open >= 0; open = path.indexOf('[', at)) {
            int close = path.indexOf(']', open);
            if (close < 0) {
                break;
            }
            String inside = path.substring(open + 1, close);
            out.append(path, at, open);
            out.append(index(inside) >= 0 ? path.substring(open, close + 1) : "." + inside);
            at = close + 1;
        }
        return out.append(path.substring(at)).toString();
    }

    private static int index(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(text);
    }

    /** A map's keys may hold dots: of several readings that which the tree has wins. */
    private static List<String> parts(JsonNode root, String path) {
        List<String> parts = new ArrayList<>();
        JsonNode current = root;
        String rest = path;
        while (!rest.isEmpty()) {
            String part = rest.startsWith("[") ? rest.substring(1, Math.max(1, rest.indexOf(']'))) : key(current, rest);
            int used = rest.startsWith("[") ? part.length() + 2 : part.length();
            parts.add(part);
            current = current instanceof ArrayNode ? current.path(index(part)) : current.path(part);
            rest = used >= rest.length() ? "" : rest.substring(used);
            rest = rest.startsWith(".") ? rest.substring(1) : rest;
        }
        return parts;
    }

    private static String key(JsonNode map, String rest) {
        String first = null;
        for (int end = next(rest, 0); ; end = next(rest, end + 1)) {
            String candidate = rest.substring(0, end);
            first = first == null ? candidate : first;
            if (!map.path(candidate).isMissingNode()) {
                return candidate;
            }
            if (end >= rest.length()) {
                return first;
            }
        }
    }

    private static int next(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '.' || text.charAt(i) == '[') {
                return i;
            }
        }
        return text.length();
    }
}
