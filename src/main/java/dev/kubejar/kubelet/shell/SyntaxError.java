package dev.kubejar.kubelet.shell;

/** A text that is not shell language, in the shell's words. */
final class SyntaxError extends Exception {
    private static final long serialVersionUID = 1;
    final int line;
    /** Whether more text might have completed it. */
    final boolean incomplete;

    SyntaxError(String message, int line, boolean incomplete) {
        super(message, null, false, false);
        this.line = line;
        this.incomplete = incomplete;
    }
}
