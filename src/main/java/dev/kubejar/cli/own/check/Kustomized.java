package dev.kubejar.cli.own.check;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Session;
import dev.kubejar.object.Documents;
import dev.kubejar.object.Limits;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The resource files that a kustomization names, with those of its bases and components. */
final class Kustomized {
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final int DEEPEST = 20;

    private final Session session;
    final List<Manifest> manifests = new ArrayList<>();

    Kustomized(Session session) {
        this.session = session;
    }

    void read(String folder, int depth) {
        for (String name : NAMES) {
            Path file = session.path(folder).resolve(name);
            if (depth < DEEPEST && Files.exists(file)) {
                Obj kustomization = first(file);
                for (String field : new String[] {"resources", "bases", "components"}) {
                    kustomization.texts(field).forEach(each -> follow(folder, each, depth));
                }
                return;
            }
        }
    }

    private void follow(String folder, String resource, int depth) {
        String name = Path.of(folder).resolve(resource).normalize().toString();
        Path path = session.path(name);
        if (Files.isDirectory(path)) {
            read(name, depth + 1);
        } else if (Files.exists(path)) {
            Inputs inputs = new Inputs(session, new Findings());
            try {
                inputs.path(name);
            } catch (CliError e) {
                return; // the build has told what is wrong with it
            }
            manifests.addAll(inputs.manifests);
        }
    }

    private static Obj first(Path file) {
        try {
            List<dev.kubejar.object.Document> read =
                    Documents.read(file.toString(), Files.readAllBytes(file), Limits.FILES);
            return read.isEmpty() ? Obj.create() : read.get(0).object();
        } catch (IOException | ParseError e) {
            return Obj.create();
        }
    }
}
