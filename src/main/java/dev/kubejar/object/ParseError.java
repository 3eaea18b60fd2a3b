package dev.kubejar.object;

/**
 * Text that cannot be read: a quantity, a selector, a document, a template. The message is the one that Kubernetes'
 * own reader gives, without a prefix; callers say where the text stood.
 */
public final class ParseError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ParseError(String message) {
        super(message, null, false, false);
    }
}
