package dev.kubejar.cli.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Where in which kinds stand the names, labels and numbers that a kustomization changes. */
final class FieldSpecs {
    /** One such field; lists on the way to it are passed through. */
    record Spec(String path, String kind, String group, String version, boolean create) {
        boolean appliesTo(ResId id) {
            return id.isOfKind(group, version, kind);
        }

        /** Hands on the map that holds the field, and the field's name; makes maps where that is wanted. */
        void visit(JsonNode from, BiConsumer<ObjectNode, String> each) {
            walk(from, segments(), 0, each);
        }

        private List<String> segments() {
            List<String> parts = new ArrayList<>();
            for (String part : path.replace("\\/", "\u0000").split("/")) {
                parts.add(part.replace('\u0000', '/'));
            }
            return parts;
        }

        private void walk(JsonNode node, List<String> parts, int at, BiConsumer<ObjectNode, String> each) {
            if (node instanceof ArrayNode array) {
                array.forEach(item -> walk(item, parts, at, each));
                return;
            }
            if (!(node instanceof ObjectNode object)) {
                return;
            }
            boolean list = parts.get(at).endsWith("[]");
            String name = list ? parts.get(at).substring(0, parts.get(at).length() - 2) : parts.get(at);
            if (at == parts.size() - 1) {
                if (create || object.hasNonNull(name)) {
                    each.accept(object, name);
                }
                return;
            }
            if (!object.hasNonNull(name)) {
                if (!create || list || parts.get(at + 1).endsWith("[]")) {
                    return;
                }
                object.putObject(name);
            }
            walk(object.get(name), parts, at + 1, each);
        }
    }

    private static final String REFERENCE = "reference:";

    private final Map<String, List<Spec>> sections = new LinkedHashMap<>();

    private FieldSpecs() {}

    /** The built-in ones. */
    static FieldSpecs read() {
        FieldSpecs specs = new FieldSpecs();
        try (InputStream in = FieldSpecs.class.getResourceAsStream("fields.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    specs.add(line.split(" "));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return specs;
    }

    /** The same, to be added to. */
    FieldSpecs copy() {
        FieldSpecs copy = new FieldSpecs();
        copy.merge(this);
        return copy;
    }

    /** Takes over what others have and this one has not. */
    void merge(FieldSpecs others) {
        others.sections.forEach((name, fields) -> fields.forEach(spec -> add(name, spec)));
    }

    void add(String section, Spec spec) {
        List<Spec> known = sections.computeIfAbsent(section, name -> new ArrayList<>());
        if (!known.contains(spec)) {
            known.add(spec);
        }
    }

    /** A field that refers by name to a kind. */
    void addReference(String kind, String group, String version, Spec spec) {
        String words = kind + "," + (group.isEmpty() ? "-" : group) + "," + (version.isEmpty() ? "-" : version);
        add(REFERENCE + words, spec);
    }

    private void add(String[] words) {
        boolean create = words[1].startsWith("+");
        sections.computeIfAbsent(words[0], name -> new ArrayList<>())
                .add(new Spec(
                        create ? words[1].substring(1) : words[1],
                        any(words[2]),
                        any(words[3]),
                        any(words[4]),
                        create));
    }

    private static String any(String word) {
        return word.equals("-") ? "" : word;
    }

    List<Spec> section(String name) {
        return sections.getOrDefault(name, List.of());
    }

    /** A kind that others refer to by name, and where they do. */
    record Reference(String kind, String group, String version, List<Spec> fields) {}

    List<Reference> references() {
        List<Reference> found = new ArrayList<>();
        sections.forEach((name, fields) -> {
            if (name.startsWith(REFERENCE)) {
                List<String> gvk =
                        Arrays.asList(name.substring(REFERENCE.length()).split(","));
                found.add(new Reference(gvk.get(0), any(gvk.get(1)), any(gvk.get(2)), fields));
            }
        });
        return found;
    }
}
