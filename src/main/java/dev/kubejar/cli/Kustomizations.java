package dev.kubejar.cli;

import dev.kubejar.cli.kustomize.Build;
import dev.kubejar.cli.kustomize.KustomizeError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds kustomizations for commands that take {@code -k}. */
public final class Kustomizations {
    private Kustomizations() {}

    static Manifests.Source source(Session session, String folder) {
        String text = text(objects(session, folder, true));
        return new Manifests.Source(folder, null, text.getBytes(StandardCharsets.UTF_8), false);
    }

    /** The objects that a folder's kustomization describes. */
    public static List<Obj> objects(Session session, String folder, boolean confined) {
        try {
            return Build.objects(session.directory().toAbsolutePath(), folder, confined, warning -> session.err()
                    .println(warning));
        } catch (KustomizeError e) {
            throw new CliError(e.getMessage());
        }
    }

    /** Objects as a stream of YAML documents. */
    public static String text(List<Obj> objects) {
        StringBuilder text = new StringBuilder();
        for (Obj object : objects) {
            text.append(text.length() == 0 ? "" : "---\n").append(Yaml.write(object.node()));
        }
        return text.toString();
    }
}
