package dev.kubejar.schema.patch;

/** A patch that cannot be applied, in the words of the Go library that Kubernetes applies it with. */
public final class PatchError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean malformed;

    PatchError(String message, boolean malformed) {
        super(message, null, false, false);
        this.malformed = malformed;
    }

    PatchError(String message) {
        this(message, false);
    }

    /** Whether the patch is at fault whatever it is applied to. */
    public boolean malformed() {
        return malformed;
    }
}
