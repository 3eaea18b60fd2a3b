package dev.kubejar.cli.own.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Disk;
import dev.kubejar.cli.Kustomizations;
import dev.kubejar.cli.Lines;
import dev.kubejar.cli.Session;
import dev.kubejar.object.Document;
import dev.kubejar.object.Documents;
import dev.kubejar.object.Limits;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads files, folders, kustomizations and standard input; what cannot be read is a finding, and the rest goes on. */
final class Inputs {
    static final String STDIN = "STDIN";
    private static final List<String> NO_MANIFESTS =
            List.of("kustomization.yaml", "kustomization.yml", "Chart.yaml", "Chart.yml", "values.yaml", "values.yml");

    private final Session session;
    private final Findings findings;
    final List<Manifest> manifests = new ArrayList<>();
    /** The texts of documents that could not be read: what they name may well be meant to exist. */
    final List<String> broken = new ArrayList<>();

    int files;

    Inputs(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
    }

    /** Reads a file, a folder with its subfolders, or with {@code -} standard input. */
    void path(String name) {
        if (name.equals("-")) {
            try {
                documents(STDIN, Lines.all(session.in()), false);
            } catch (IOException e) {
                throw usage("standard input: " + Disk.reason(e));
            }
            return;
        }
        Path path = session.path(name);
        if (Files.isDirectory(path)) {
            int before = files;
            walk(path, name.endsWith("/") && name.length() > 1 ? name.substring(0, name.length() - 1) : name);
            if (files == before) {
                throw usage("no .yaml, .yml or .json file in " + name);
            }
        } else {
            file(path, name, false);
        }
    }

    static CliError usage(String message) {
        return CliError.withCode(message, 2);
    }

    private void walk(Path folder, String name) {
        List<Path> entries;
        try (Stream<Path> all = Files.list(folder)) {
            entries = all.sorted().toList();
        } catch (IOException e) {
            throw usage(name + ": " + Disk.reason(e));
        }
        for (Path entry : entries) {
            String file = entry.getFileName().toString();
            if (file.startsWith(".")) {
                continue;
            }
            String shown = name.equals(".") ? file : name + "/" + file;
            if (Files.isDirectory(entry)) {
                walk(entry, shown);
            } else if (file.endsWith(".yaml") || file.endsWith(".yml") || file.endsWith(".json")) {
                if (!NO_MANIFESTS.contains(file)) {
                    file(entry, shown, true);
                }
            }
        }
    }

    private void file(Path path, String name, boolean walked) {
        try {
            documents(name, Files.readAllBytes(path), walked);
        } catch (IOException e) {
            throw usage(name + ": " + Disk.reason(e));
        }
    }

    /** Reads what a kustomization makes; findings point to the files it was made from. */
    void kustomize(String folder) {
        List<Obj> objects;
        try {
            objects = Kustomizations.objects(session, folder, true);
        } catch (CliError e) {
            findings.file(folder);
            findings.text("kustomization", new Place(folder, 1), e.getMessage());
            return;
        }
        Inputs built = new Inputs(session, findings);
        built.documents(folder, Kustomizations.text(objects).getBytes(StandardCharsets.UTF_8), false);
        new Origins(session).find(folder, built.manifests, findings);
        manifests.addAll(built.manifests);
        files++;
    }

    /** @param walked found in a folder, where other files than manifests may lie */
    void documents(String name, byte[] bytes, boolean walked) {
        files++;
        findings.file(name);
        Documents documents;
        try {
            documents = Documents.open(name, bytes, Limits.FILES);
        } catch (ParseError e) {
            syntax(name, e);
            return;
        }
        while (true) {
            try {
                Document next = documents.next();
                if (next == null) {
                    return;
                }
                document(name, next, walked);
            } catch (ParseError e) {
                syntax(name, e);
                String text = documents.skip();
                broken.add(text == null ? new String(bytes, StandardCharsets.UTF_8) : text);
                if (text == null) {
                    return;
                }
            }
        }
    }

    private void syntax(String file, ParseError e) {
        String message = e.getMessage();
        for (String head : new String[] {"error parsing " + file + ": ", "error converting YAML to JSON: ", "yaml: "}) {
            message = message.startsWith(head) ? message.substring(head.length()) : message;
        }
        if (message.startsWith("line ")) {
            message = message.substring(message.indexOf(": ") + 2);
        }
        findings.text("syntax", new Place(file, Math.max(1, e.line())), message);
    }

    private void document(String file, Document document, boolean walked) {
        if (!(document.root() instanceof ObjectNode)) {
            if (!walked) {
                findings.text(
                        "syntax",
                        new Place(file, document.line("")),
                        "not an object: a map with kind and apiVersion is expected");
            }
            return;
        }
        Obj object = document.object();
        boolean named = object.has("kind") || object.has("apiVersion") || object.has("metadata");
        if (!named && walked || object.apiVersion().startsWith("kustomize.config.k8s.io/")) {
            return;
        }
        object(new Manifest(file, document, "", object));
    }

    private void object(Manifest manifest) {
        Obj object = manifest.written;
        if (object.kind().endsWith("List") && object.at("items").isArray()) {
            List<Obj> items = object.list("items");
            String own = object.kind().substring(0, object.kind().length() - "List".length());
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i).kind().isEmpty() && !own.isEmpty()) {
                    items.get(i).set("kind", own).set("apiVersion", object.apiVersion());
                }
                String prefix = manifest.prefix.isEmpty() ? "" : manifest.prefix + ".";
                object(new Manifest(manifest.file, manifest.document, prefix + "items[" + i + "]", items.get(i)));
            }
            return;
        }
        manifests.add(manifest);
        for (String field : new String[] {"apiVersion", "kind"}) {
            if (object.text(field).isEmpty()) {
                manifest.refused = true;
                findings.add("missing-kind", manifest, "", field + " is not set");
            }
        }
    }
}
