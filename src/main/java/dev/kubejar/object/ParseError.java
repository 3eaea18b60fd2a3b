package dev.kubejar.object;

/**
 * Text that cannot be read: a quantity, a selector, a document, a template. The message is the one that Kubernetes'
 * own reader gives, without a prefix; callers say where the text stood.
 */
public final class ParseError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;

    public ParseError(String message) {
        this(message, 0);
    }

    /** {@code line}: where in the text the reader stopped, from 1; 0 where that is not known. */
    public ParseError(String message, int line) {
        super(message, null, false, false);
        this.line = line;
    }

    /** The line of the text at which reading stopped, from 1; 0 where that is not known. */
    public int line() {
        return line;
    }
}
