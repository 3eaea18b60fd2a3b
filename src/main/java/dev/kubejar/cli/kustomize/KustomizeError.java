package dev.kubejar.cli.kustomize;

/** Why a kustomization cannot be built, in kustomize's words. */
public final class KustomizeError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean malformed;

    KustomizeError(String message) {
        this(message, false);
    }

    private KustomizeError(String message, boolean malformed) {
        super(message, null, false, false);
        this.malformed = malformed;
    }

    /** A file that is no YAML. */
    static KustomizeError malformed(String message) {
        return new KustomizeError(message, true);
    }

    boolean isMalformed() {
        return malformed;
    }

    /** The same behind what was being done. */
    KustomizeError during(String doing) {
        return new KustomizeError(doing + ": " + getMessage(), malformed);
    }
}
