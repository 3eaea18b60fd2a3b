package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.kinds.rules.Formats;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.KeyPair;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Rules of ConfigMaps and Secrets. */
final class DataRules {
    private static final int MAX = 1024 * 1024;
    private static final String KEPT = "field is immutable when `immutable` is set";
    private static final String ACCOUNT = "kubernetes.io/service-account.name";

    private DataRules() {}

    static void configMap(Obj map, Obj before, Problems problems) {
        kept(problems, map, before, "data", "binaryData");
        int size = 0;
        for (Map.Entry<String, JsonNode> entry : Parts.sorted(map.obj("data")).entrySet()) {
            String key = entry.getKey();
            Values.named(problems, "data[" + key + "]", key, Formats.configKey(key));
            if (map.obj("binaryData").node().has(key)) {
                problems.invalid("data[" + key + "]", key, "duplicate of key present in binaryData");
            }
            size += Names.bytes(entry.getValue().asText(""));
        }
        for (Map.Entry<String, JsonNode> entry :
                Parts.sorted(map.obj("binaryData")).entrySet()) {
            Values.named(
                    problems, "binaryData[" + entry.getKey() + "]", entry.getKey(), Formats.configKey(entry.getKey()));
            size += decodedSize(entry.getValue().asText(""));
        }
        if (size > MAX) {
            problems.tooLong("[]", MAX);
        }
    }

    private static int decodedSize(String base64) {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4 * 3 - padding;
    }

    private static void kept(Problems problems, Obj now, Obj before, String... fields) {
        if (before == null || !before.bool("immutable")) {
            return;
        }
        if (!now.bool("immutable")) {
            problems.forbidden("immutable", KEPT);
        }
        for (String field : fields) {
            if (!Values.same(now.at(field), before.at(field))) {
                problems.forbidden(field, KEPT);
            }
        }
    }

    static void secret(Obj secret, Obj before, Problems problems) {
        if (before != null) {
            Values.immutable(problems, "type", secret, before, "type");
            kept(problems, secret, before, "data");
        }
        Map<String, JsonNode> data = Parts.sorted(secret.obj("data"));
        int size = 0;
        for (Map.Entry<String, JsonNode> entry : data.entrySet()) {
            Values.named(problems, "data[" + entry.getKey() + "]", entry.getKey(), Formats.configKey(entry.getKey()));
            size += decodedSize(entry.getValue().asText(""));
        }
        if (size > MAX) {
            problems.tooLong("data", MAX);
        }
        switch (secret.text("type")) {
            case "kubernetes.io/service-account-token" -> {
                if (secret.annotation(ACCOUNT).isEmpty()) {
                    problems.required("metadata.annotations[" + ACCOUNT + "]", "");
                }
            }
            case "kubernetes.io/dockercfg" -> docker(problems, data, ".dockercfg");
            case "kubernetes.io/dockerconfigjson" -> docker(problems, data, ".dockerconfigjson");
            case "kubernetes.io/basic-auth" -> {
                if (!data.containsKey("username") && !data.containsKey("password")) {
                    required(problems, List.of("username", "password"));
                }
            }
            case "kubernetes.io/ssh-auth" -> {
                if (!data.containsKey("ssh-privatekey")
                        || data.get("ssh-privatekey").asText("").isEmpty()) {
                    required(problems, List.of("ssh-privatekey"));
                }
            }
            case "kubernetes.io/tls" -> {
                for (String key : List.of("tls.crt", "tls.key")) {
                    if (!data.containsKey(key)) {
                        required(problems, List.of(key));
                    }
                }
                String fault = KeyPair.fault(bytes(data.get("tls.crt")), bytes(data.get("tls.key")));
                if (fault != null) {
                    problems.warn(fault);
                }
            }
            default -> {}
        }
    }

    private static byte[] bytes(JsonNode value) {
        try {
            return Base64.getMimeDecoder().decode(value == null ? "" : value.asText(""));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static void required(Problems problems, List<String> keys) {
        keys.forEach(key -> problems.required("data[" + key + "]", ""));
    }

    private static void docker(Problems problems, Map<String, JsonNode> data, String key) {
        if (!data.containsKey(key)) {
            required(problems, List.of(key));
            return;
        }
        String fault = jsonFault(data.get(key).asText(""));
        if (fault != null) {
            problems.invalid("data[" + key + "]", "<secret contents redacted>", fault);
        }
    }

    /** What Go's JSON decoder says of text that is no object, or null. */
    private static String jsonFault(String base64) {
        String text;
        try {
            text = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null; // decoding has refused it already
        }
        try {
            JsonNode node = GoJson.read(text);
            return node.isObject() || node.isNull()
                    ? null
                    : "json: cannot unmarshal " + goType(node) + " into Go value of type map[string]interface {}";
        } catch (ParseError e) {
            return e.getMessage();
        }
    }

    private static String goType(JsonNode node) {
        return node.isArray() ? "array" : node.isTextual() ? "string" : node.isBoolean() ? "bool" : "number";
    }
}
