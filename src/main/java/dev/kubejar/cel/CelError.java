package dev.kubejar.cel;

/** An expression that cannot be read or evaluated, in cel-go's words. */
public final class CelError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean exhausted;

    public CelError(String message) {
        this(message, false);
    }

    private CelError(String message, boolean exhausted) {
        super(message, null, false, false);
        this.exhausted = exhausted;
    }

    static CelError limit() {
        return new CelError("operation cancelled: actual cost limit exceeded", true);
    }

    /** Whether one evaluation has cost more than it may; nothing absorbs that. */
    public boolean exhausted() {
        return exhausted;
    }
}
