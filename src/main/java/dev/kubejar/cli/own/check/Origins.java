package dev.kubejar.cli.own.check;

import dev.kubejar.cli.Session;
import java.util.List;

/** Finds the files that a kustomization's objects were made from: of the same kind, with a name that theirs contains. */
final class Origins {
    private final Session session;

    Origins(Session session) {
        this.session = session;
    }

    void find(String folder, List<Manifest> built, Findings findings) {
        Kustomized sources = new Kustomized(session);
        sources.read(folder, 0);
        for (Manifest each : built) {
            Manifest best = null;
            for (Manifest source : sources.manifests) {
                boolean fits = source.kind().equals(each.kind())
                        && !source.name().isEmpty()
                        && each.name().contains(source.name());
                if (fits
                        && (best == null || best.name().length() < source.name().length())) {
                    best = source;
                }
            }
            each.origin = best;
            if (best != null) {
                findings.file(best.file);
            }
        }
    }
}
