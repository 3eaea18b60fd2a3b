package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.ApiResource;
import dev.kubejar.object.Document;
import dev.kubejar.object.Documents;
import dev.kubejar.object.Json;
import dev.kubejar.object.Limits;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Manifests in files, folders and standard input. */
public final class Manifests {
    private static final List<String> EXTENSIONS = List.of(".json", ".yaml", ".yml");

    /**
     * One file or stream of manifests.
     *
     * @param name how messages name it
     * @param path null for standard input and for ready-made content
     * @param plainFile whether the user named this very file
     */
    record Source(String name, Path path, byte[] content, boolean plainFile) {
        /** Hands on every document that is not empty; a fault in one ends the source. */
        void read(Session session, boolean validate, Consumer<ObjectNode> each) {
            Documents documents = Documents.open(name, bytes(session), Limits.FILES);
            for (Document next = next(documents); next != null; next = next(documents)) {
                each.accept(checked(next.root(), validate));
            }
        }

        private static Document next(Documents documents) {
            try {
                return documents.next();
            } catch (ParseError e) {
                throw new CliError(e.getMessage());
            }
        }

        private byte[] bytes(Session session) {
            try {
                if (content != null) {
                    return content;
                }
                return path == null ? Lines.all(session.in()) : Files.readAllBytes(path);
            } catch (IOException e) {
                throw new CliError("open " + name + ": " + Disk.reason(e));
            }
        }

        private ObjectNode checked(JsonNode document, boolean validate) {
            List<String> faults = validate ? faults(document) : List.of();
            if (!faults.isEmpty()) {
                throw new CliError("error validating " + Go.quote(name) + ": error validating data: "
                        + (faults.size() == 1 ? faults.get(0) : faults.toString())
                        + "; if you choose to ignore these errors, turn validation off with --validate=false");
            }
            if (!(document instanceof ObjectNode object)) {
                throw new CliError("unable to decode " + Go.quote(name) + ": json: cannot unmarshal "
                        + typeName(document) + " into Go value of type unstructured.detector");
            }
            return object;
        }

        /** Why an object's kind cannot be told; each fault once, as errors are joined. */
        private static List<String> faults(JsonNode document) {
            if (!document.isObject()) {
                return List.of("invalid object to validate");
            }
            List<String> faults = new ArrayList<>();
            for (String field : List.of("apiVersion", "kind")) {
                JsonNode value = document.path(field);
                if (value.isMissingNode() || value.isNull()) {
                    faults.add(field + " not set");
                } else if (!value.isTextual()) {
                    faults.add(field + " isn't string type");
                } else if (field.equals("apiVersion")
                        && value.textValue().chars().filter(c -> c == '/').count() > 1) {
                    faults.add("unexpected GroupVersion string: " + value.textValue());
                }
            }
            return faults;
        }
    }

    private Manifests() {}

    private static String typeName(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "array";
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "bool";
            default -> "object";
        };
    }

    /** What {@code -f}, {@code -R} and {@code -k} name, folders unfolded in the order of their files' names. */
    static List<Source> sources(Session session, FileOptions options) {
        List<Source> sources = new ArrayList<>();
        if (!options.kustomize().isEmpty()) {
            sources.add(Kustomizations.source(session, options.kustomize()));
        }
        List<RuntimeException> missing = new ArrayList<>();
        for (String file : options.files()) {
            if (file.equals("-")) {
                sources.add(new Source("STDIN", null, null, false));
            } else if (file.startsWith("http://") || file.startsWith("https://")) {
                throw new CliError("reading a manifest from a URL is not supported: download " + Go.quote(file)
                        + " first and pass the file");
            } else {
                try {
                    for (String match : matches(session, file)) {
                        sources.addAll(below(session, match, options.recursive()));
                    }
                } catch (CliError e) {
                    missing.add(e);
                }
            }
        }
        Failures.throwAll(missing);
        return sources;
    }

    /** The path itself, or what it matches as a pattern. */
    private static List<String> matches(Session session, String pattern) {
        if (pattern.isEmpty()) {
            throw new CliError("the path \"\" does not exist");
        }
        if (Files.exists(session.path(pattern))) {
            return List.of(pattern);
        }
        List<String> found = new ArrayList<>();
        int slash = pattern.lastIndexOf('/');
        String folder = slash < 0 ? "" : pattern.substring(0, slash + 1);
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
        try (Stream<Path> entries = Files.list(session.path(folder.isEmpty() ? "." : folder))) {
            entries.filter(entry -> matcher.matches(entry.getFileName()))
                    .sorted()
                    .forEach(entry -> found.add(folder + entry.getFileName()));
        } catch (IOException e) {
            // no such folder: no match
        }
        if (found.isEmpty()) {
            throw new CliError("the path " + Go.quote(pattern) + " does not exist");
        }
        return found;
    }

    private static List<Source> below(Session session, String name, boolean recursive) {
        Path path = session.path(name);
        if (!Files.isDirectory(path)) {
            return List.of(new Source(name, path, null, true));
        }
        List<Source> found = new ArrayList<>();
        walk(path, name.endsWith("/") ? name.substring(0, name.length() - 1) : name, recursive, found);
        if (found.isEmpty()) {
            throw new CliError("error reading [" + name + "]: recognized file extensions are [.json .yaml .yml]");
        }
        return found;
    }

    private static void walk(Path folder, String name, boolean recursive, List<Source> found) {
        List<Path> entries;
        try (Stream<Path> all = Files.list(folder)) {
            entries = all.sorted().toList();
        } catch (IOException e) {
            throw new CliError("open " + name + ": " + Disk.reason(e));
        }
        for (Path entry : entries) {
            String file = entry.getFileName().toString();
            if (Files.isDirectory(entry)) {
                if (recursive) {
                    walk(entry, name + "/" + file, true, found);
                }
            } else if (EXTENSIONS.stream().anyMatch(file::endsWith)) {
                found.add(new Source(name + "/" + file, entry, null, false));
            }
        }
    }

    /** The object with its resource; {@code mapper} null: no server is asked. */
    static Info info(ResourceMapper mapper, ObjectNode node, String source) {
        Obj object = Obj.of(node);
        if (!node.path("kind").isTextual() || object.kind().isEmpty()) {
            throw new CliError("unable to decode " + Go.quote(source) + ": Object 'Kind' is missing in '"
                    + Json.text(Trees.sorted(node)) + "'");
        }
        if (mapper == null
                || object.kind().equals("List") && object.apiVersion().equals("v1")) {
            return new Info(null, object.namespace(), object.name(), source, "", object);
        }
        ApiResource resource = mapper.find(object.apiVersion(), object.kind());
        if (resource == null) {
            throw new CliError("resource mapping not found for name: " + Go.quote(object.name()) + " namespace: "
                    + Go.quote(object.namespace()) + " from " + Go.quote(source) + ": no matches for kind "
                    + Go.quote(object.kind()) + " in version " + Go.quote(object.apiVersion())
                    + "\nensure CRDs are installed first");
        }
        return new Info(resource, object.namespace(), object.name(), source, "", object);
    }

    static Info info(ResourceMapper mapper, Obj object, String source) {
        return info(mapper, object.node(), source);
    }

    /** The items of a list, lists within it taken apart too; those of a typed list know their kind. */
    static List<Obj> items(Obj list) {
        List<Obj> items = new ArrayList<>();
        for (Obj item : list.list("items")) {
            if (item.kind().isEmpty() && !list.kind().equals("List")) {
                item.set("kind", list.kind().substring(0, list.kind().length() - "List".length()));
                item.set("apiVersion", list.apiVersion());
            }
            if (item.kind().endsWith("List") && item.at("items").isArray()) {
                items.addAll(items(item));
            } else {
                items.add(item);
            }
        }
        return items;
    }
}
