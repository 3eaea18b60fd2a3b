package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.create.ContentHash;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes ConfigMaps and Secrets from literals, files and files of variables; and the hashes behind their names. */
final class Generators {
    private final Root root;
    private final Obj global;

    Generators(Root root, Obj global) {
        this.root = root;
        this.global = global;
    }

    Res make(String kind, Obj arguments) {
        if (arguments.text("name").isEmpty()) {
            throw new KustomizeError("a configmap must have a name");
        }
        Obj made = Obj.create("v1", kind, arguments.text("namespace"), arguments.text("name"));
        if (kind.equals("Secret")) {
            made.set("type", arguments.text("type", "Opaque"));
        }
        Map<String, byte[]> data;
        try {
            data = data(arguments);
        } catch (KustomizeError e) {
            throw e.during("loading KV pairs");
        }
        data.forEach((key, value) -> put(made, kind, key, value));
        Obj own = arguments.obj("options");
        meta(made, "labels", own);
        meta(made, "annotations", own);
        if (own.bool("immutable") || global.bool("immutable")) {
            made.set("immutable", true);
        }
        Res res = new Res(made.node());
        res.needsHash = !own.bool("disableNameSuffixHash") && !global.bool("disableNameSuffixHash");
        String behavior = arguments.text("behavior");
        res.behavior = behavior.equals("merge") || behavior.equals("replace") ? behavior : "create";
        return res;
    }

    private void meta(Obj made, String field, Obj own) {
        Map<String, String> all = new TreeMap<>(global.map(field));
        all.putAll(own.map(field));
        if (!all.isEmpty()) {
            made.set("metadata." + field, all);
        }
    }

    private static void put(Obj made, String kind, String key, byte[] value) {
        String encoded = Base64.getEncoder().encodeToString(value);
        if (kind.equals("Secret")) {
            made.child("data").node().put(key, encoded);
            return;
        }
        String text = text(value);
        made.child(text == null ? "binaryData" : "data").node().put(key, text == null ? encoded : text);
    }

    /** The bytes as text; null where they are no UTF-8. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private Map<String, byte[]> data(Obj arguments) {
        Map<String, byte[]> data = new TreeMap<>();
        String name = arguments.text("name");
        List<String> envs = new java.util.ArrayList<>(arguments.texts("envs"));
        if (!arguments.text("env").isEmpty()) {
            envs.add(arguments.text("env"));
        }
        guarded("env source files: " + shown(envs), () -> envs.forEach(file -> variables(file, name, data)));
        List<String> literals = arguments.texts("literals");
        guarded("literal sources " + shown(literals), () -> literals.forEach(text -> literal(text, name, data)));
        List<String> files = arguments.texts("files");
        guarded("file sources: " + shown(files), () -> files.forEach(text -> file(text, name, data)));
        return data;
    }

    private static void guarded(String doing, Runnable work) {
        try {
            work.run();
        } catch (KustomizeError e) {
            throw e.getMessage().contains(" illegally repeats the key ") ? e : e.during(doing);
        }
    }

    private static String shown(List<String> values) {
        return "[" + String.join(" ", values) + "]";
    }

    private static void add(String name, String key, byte[] value, Map<String, byte[]> data) {
        if (!key.matches("[-._a-zA-Z0-9]+")) {
            throw new KustomizeError(GoText.quoted(key) + " is not a valid key name");
        }
        if (data.put(key, value) != null) {
            throw new KustomizeError("configmap " + name + " illegally repeats the key `" + key + "`");
        }
    }

    private void variables(String file, String name, Map<String, byte[]> data) {
        String content = new String(root.read(file), StandardCharsets.UTF_8);
        boolean first = true;
        for (String raw : content.split("\n")) {
            String line = first && raw.startsWith("\uFEFF") ? raw.substring(1) : raw;
            first = false;
            line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            line = line.stripLeading();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String value = equals < 0 ? "" : line.substring(equals + 1);
            add(name, equals < 0 ? line : line.substring(0, equals), value.getBytes(StandardCharsets.UTF_8), data);
        }
    }

    private static void literal(String text, String name, Map<String, byte[]> data) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new KustomizeError("invalid literal source " + text + ", expected key=value");
        }
        String value = text.substring(equals + 1);
        boolean quoted = value.length() > 1
                && value.charAt(0) == value.charAt(value.length() - 1)
                && "\"'".indexOf(value.charAt(0)) >= 0;
        value = quoted ? value.substring(1, value.length() - 1) : value;
        add(name, text.substring(0, equals), value.getBytes(StandardCharsets.UTF_8), data);
    }

    private void file(String source, String name, Map<String, byte[]> data) {
        int equals = source.indexOf('=');
        String path = source.substring(equals + 1);
        String key = equals < 0 ? source.substring(source.lastIndexOf('/') + 1) : source.substring(0, equals);
        if (equals >= 0 && source.indexOf('=', equals + 1) >= 0) {
            throw new KustomizeError("source " + GoText.quoted(source) + " key name or file path contains '='");
        }
        if (key.isEmpty()) {
            throw new KustomizeError(
                    "missing key name for file path " + GoText.quoted(path) + " in source " + GoText.quoted(source));
        }
        if (path.isEmpty()) {
            throw new KustomizeError(
                    "missing file path for key name " + GoText.quoted(key) + " in source " + GoText.quoted(source));
        }
        add(name, key, root.read(path), data);
    }

    /** Puts the hash of what generated objects hold behind their names. */
    static void hash(ResList list) {
        for (Res res : list.all) {
            if (res.needsHash) {
                String hash = hash(res.object);
                res.remember();
                res.name(res.object.name() + "-" + hash);
            }
        }
    }

    private static String hash(Obj object) {
        ObjectNode counted = Json.object();
        // kustomize means to count the name but looks in the wrong place for it
        counted.put("kind", object.kind()).put("name", "");
        counted.set("data", object.has("data") ? object.at("data") : Json.NODES.textNode(""));
        if (object.kind().equals("Secret")) {
            counted.put("type", object.text("type"));
        }
        String extra = object.kind().equals("Secret") ? "stringData" : "binaryData";
        if (object.has(extra)) {
            counted.set(extra, object.at(extra));
        }
        return ContentHash.of(counted);
    }
}
