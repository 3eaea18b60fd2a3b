package dev.kubejar.cli;

/** Builds kustomizations for commands that take {@code -k}. */
final class Kustomizations {
    private Kustomizations() {}

    static Manifests.Source source(Session session, String folder) {
        throw new CliError("kustomizations are not supported yet");
    }
}
