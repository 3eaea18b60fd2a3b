package dev.kubejar.cli.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTTP request to the REST API.
 *
 * @param path decoded, beginning with a slash
 * @param agent the User-Agent, by which people at a terminal are told from programs
 */
public record RestCall(
        String method,
        String path,
        Map<String, String> query,
        String contentType,
        String accept,
        String agent,
        byte[] body) {

    /** A GET of a path with its query, as {@code --raw} takes it. */
    public static RestCall get(String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return new RestCall("GET", path, query(mark < 0 ? null : target.substring(mark + 1)), "", "", "", new byte[0]);
    }

    /** The parameters of a raw query; of several by one name the last. */
    public static Map<String, String> query(String raw) {
        Map<String, String> all = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return all;
        }
        for (String each : raw.split("&")) {
            int equals = each.indexOf('=');
            String name = equals < 0 ? each : each.substring(0, equals);
            all.put(decoded(name), equals < 0 ? "" : decoded(each.substring(equals + 1)));
        }
        return all;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** The words of the path. */
    List<String> words() {
        return Arrays.stream(path.split("/")).filter(word -> !word.isEmpty()).toList();
    }

    /** Whether JSON is to be laid out for reading: asked for, or asked by curl, Wget or a browser. */
    boolean pretty() {
        if (query.containsKey("pretty")) {
            return !parameter("pretty").equals("false") && !parameter("pretty").equals("0");
        }
        return agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
    }
}
