package dev.kubejar.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.kinds.Kinds;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a folder's recorded verdicts through the kinds' own defaults and rules, without decoding, admission or a store. */
public final class Verdicts {
    /** How many cases of a kind came out as recorded. */
    public record Count(int right, int all) {}

    private final Path corpus;

    public Verdicts(Path corpus) {
        this.corpus = corpus;
    }

    /** Faults of the defaulted base objects by file: what differs from what the server made of them. */
    public Map<String, String> defaulted() throws IOException {
        Map<String, String> faults = new TreeMap<>();
        try (var files = Files.list(corpus.resolve("base"))) {
            for (Path file : files.sorted().toList()) {
                Obj base = Obj.parse(Files.readString(file));
                Kind kind =
                        Kinds.BUILT_IN.byKind(base.apiVersion(), base.kind()).orElseThrow();
                Obj want =
                        Obj.parse(Files.readString(corpus.resolve("defaulted").resolve(file.getFileName())));
                Obj got = created(kind, base);
                StringBuilder out = new StringBuilder();
                differences("", want.node(), got.node(), out);
                if (out.length() > 0) {
                    faults.put(file.getFileName().toString(), out.toString());
                }
            }
        }
        return faults;
    }

    private static void differences(String path, JsonNode want, JsonNode got, StringBuilder out) {
        if (want.isObject() && got.isObject()) {
            TreeMap<String, Boolean> keys = new TreeMap<>();
            want.fieldNames().forEachRemaining(key -> keys.put(key, true));
            got.fieldNames().forEachRemaining(key -> keys.put(key, true));
            keys.keySet().forEach(key -> differences(path + "." + key, want.path(key), got.path(key), out));
        } else if (want.isArray() && got.isArray() && want.size() == got.size()) {
            for (int i = 0; i < want.size(); i++) {
                differences(path + "[" + i + "]", want.get(i), got.get(i), out);
            }
        } else if (!want.equals(got) && !(want.asText().startsWith("<") && !got.isMissingNode())) {
            out.append("  ")
                    .append(path)
                    .append(": want ")
                    .append(want)
                    .append(" got ")
                    .append(got)
                    .append('\n');
        }
    }

    private static Obj created(Kind kind, Obj base) {
        Obj object = base.copy();
        object.child("metadata").set("uid", "u");
        kind.defaults().accept(object);
        if (kind.hasStatus() && !kind.kind().equals("Node")) {
            object.remove("status");
        }
        if (kind.generation()) {
            object.set("metadata.generation", 1);
        }
        kind.prepareCreate().accept(object);
        object.remove("metadata.uid");
        return object;
    }

    /** Counts by kind; tells {@code show} of each case that differs. */
    public Map<String, Count> run(String only, java.util.function.Consumer<String> show) throws IOException {
        Map<String, Count> counts = new TreeMap<>();
        Map<String, Obj> bases = new TreeMap<>();
        for (String line : Files.readAllLines(corpus.resolve("verdicts.jsonl"))) {
            Obj verdict = Obj.parse(line);
            long code = verdict.number("code");
            if (code == 400 || code == 403 || code == 500) {
                continue;
            }
            String[] words = verdict.text("kind").split(" ");
            if (!only.isEmpty() && !only.equals(words[1])) {
                continue;
            }
            Kind kind = Kinds.BUILT_IN.byKind(words[0], words[1]).orElseThrow();
            Obj base = bases.computeIfAbsent(verdict.text("base"), this::base);
            boolean update = verdict.text("verb").equals("update");
            List<String> got;
            List<String> want = new ArrayList<>();
            verdict.list("causes")
                    .forEach(c -> want.add((c.text("field") + " " + c.text("message")).replaceAll("@@ .* @@", "@@")));
            try {
                got = update ? updated(kind, base, verdict) : creation(kind, base, verdict);
            } catch (RuntimeException e) {
                got = List.of("EXCEPTION " + e + " " + e.getStackTrace()[0] + e.getStackTrace()[1]);
            }
            boolean right = squeezed(want).equals(squeezed(got));
            Count before = counts.getOrDefault(words[1] + " " + verdict.text("verb"), new Count(0, 0));
            counts.put(
                    words[1] + " " + verdict.text("verb"), new Count(before.right + (right ? 1 : 0), before.all + 1));
            if (!right) {
                show.accept(verdict.text("base") + " " + verdict.text("verb") + " " + verdict.at("patch") + "\n  want "
                        + String.join("\n       ", want) + "\n  got  " + String.join("\n       ", got));
            }
        }
        return counts;
    }

    private static List<String> squeezed(List<String> causes) {
        List<String> squeezed = new ArrayList<>();
        for (String cause : causes) {
            // How often the server looks at metadata is no matter here.
            if (cause.startsWith("metadata.")
                    && causes.indexOf(cause) < causes.lastIndexOf(cause)
                    && squeezed.stream().anyMatch(cause.replaceAll("\\s+", " ")::equals)) {
                continue;
            }
            squeezed.add(cause.replaceAll("\\s+", " ")
                    .replaceAll("value: \\{\"[A-Z].*?\\}: ", "value: {...}: ")
                    .replaceAll("value: \\{\"[A-Z].*", "value: {...}: "));
        }
        Collections.sort(squeezed);
        return squeezed;
    }

    private Obj base(String name) {
        try {
            return Obj.parse(Files.readString(corpus.resolve("base").resolve(name + ".json")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What decoding makes of null: nothing in a structure, zero in a map of strings or a list. */
    private static void decode(JsonNode node, boolean strings) {
        if (node instanceof ObjectNode object) {
            for (String field : List.copyOf(Trees.keys(object))) {
                JsonNode value = object.get(field);
                if (value.isNull() && strings) {
                    object.put(field, "");
                } else if (value.isNull() && amounts(object)) {
                    object.put(field, "0");
                } else if (value.isNull()) {
                    object.remove(field);
                } else {
                    decode(
                            value,
                            List.of("labels", "matchLabels", "annotations", "nodeSelector", "data", "parameters")
                                    .contains(field));
                }
            }
        } else if (node instanceof ArrayNode items) {
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i).isNull()) {
                    items.set(i, Json.object());
                } else {
                    decode(items.get(i), false);
                }
            }
        }
    }

    private static boolean amounts(ObjectNode map) {
        for (String name : List.of("cpu", "memory", "storage", "pods", "hugepages-2Mi")) {
            if (map.has(name)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> creation(Kind kind, Obj base, Obj verdict) {
        Obj object = base.copy();
        patch(object, (ArrayNode) verdict.at("patch"));
        decode(object.node(), false);
        if (kind.kind().equals("Pod") && object.text("spec.serviceAccountName").isEmpty()) {
            object.child("spec").set("serviceAccountName", "default");
        }
        object.child("metadata").set("uid", "u");
        if (kind.namespaced()) {
            object.child("metadata").orSet("namespace", "default");
        }
        kind.defaults().accept(object);
        if (kind.hasStatus() && !kind.kind().equals("Node")) {
            object.remove("status");
        }
        kind.prepareCreate().accept(object);
        Problems problems = new Problems();
        Metadata.name(kind, object, problems);
        Metadata.check(kind, object, problems);
        Metadata.finalizersOfKubernetes(kind, object, problems);
        kind.rules().forEach(rule -> rule.check(object, null, problems));
        if (problems.isEmpty()) {
            Metadata.path(object, problems);
        }
        return texts(problems);
    }

    private static List<String> updated(Kind kind, Obj base, Obj verdict) {
        Obj old = base.copy();
        old.child("metadata").set("uid", "u").set("resourceVersion", "1");
        if (kind.kind().equals("Pod") && old.text("spec.serviceAccountName").isEmpty()) {
            old.child("spec").set("serviceAccountName", "default");
        }
        if (kind.namespaced()) {
            old.child("metadata").orSet("namespace", "default");
        }
        kind.defaults().accept(old);
        if (kind.hasStatus() && !kind.kind().equals("Node")) {
            old.remove("status");
        }
        kind.prepareCreate().accept(old);
        Obj now = old.copy();
        patch(now, (ArrayNode) verdict.at("patch"));
        decode(now.node(), false);
        kind.defaults().accept(now);
        kind.prepareUpdate().accept(now, old);
        Problems problems = new Problems();
        Metadata.check(kind, now, problems);
        Metadata.path(now, problems);
        Metadata.checkUpdate(now, old, problems);
        if (Metadata.judgedTwice(kind)) {
            Metadata.checkUpdate(now, old, problems);
            Metadata.finalizersOfKubernetes(kind, now, problems);
        }
        kind.rules().forEach(rule -> rule.check(now, old, problems));
        return texts(problems);
    }

    private static List<String> texts(Problems problems) {
        List<String> texts = new ArrayList<>();
        for (ApiError.Cause cause : problems.causes()) {
            texts.add((cause.field() + " " + cause.message()).replaceAll("@@ .* @@", "@@"));
        }
        return texts;
    }

    private static void patch(Obj object, ArrayNode operations) {
        for (JsonNode operation : operations) {
            String[] parts = operation.get("path").asText().split("/", -1);
            JsonNode parent = object.node();
            for (int i = 1; i < parts.length - 1; i++) {
                String part = part(parts[i]);
                parent = parent.isArray() ? parent.get(Integer.parseInt(part)) : parent.get(part);
            }
            String last = part(parts[parts.length - 1]);
            JsonNode value = operation.path("value");
            boolean remove = operation.get("op").asText().equals("remove");
            if (parent instanceof ObjectNode node) {
                if (remove) {
                    node.remove(last);
                } else {
                    node.set(last, value.deepCopy());
                }
            } else if (parent instanceof ArrayNode items) {
                if (remove) {
                    items.remove(Integer.parseInt(last));
                } else if (operation.get("op").asText().equals("replace")) {
                    items.set(Integer.parseInt(last), value.deepCopy());
                } else if (last.equals("-")) {
                    items.add(value.deepCopy());
                } else {
                    items.insert(Integer.parseInt(last), value.deepCopy());
                }
            }
        }
    }

    private static String part(String text) {
        return text.replace("~1", "/").replace("~0", "~");
    }

    /** {@code CORPUS [KIND|-defaults]}: prints the counts and, for one kind, every difference. */
    public static void main(String[] args) throws IOException {
        Verdicts verdicts = new Verdicts(Path.of(args[0]));
        String only = args.length > 1 ? args[1] : "";
        if (only.equals("-defaults")) {
            verdicts.defaulted().forEach((file, fault) -> System.out.print(file + "\n" + fault));
            return;
        }
        verdicts.run(only, text -> {
                    if (!only.isEmpty()) {
                        System.out.println(text);
                    }
                })
                .forEach((kind, count) -> System.out.println(kind + ": " + count.right + " of " + count.all));
    }

    static {
        Json.object();
    }
}
