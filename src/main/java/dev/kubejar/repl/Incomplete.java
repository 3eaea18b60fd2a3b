package dev.kubejar.repl;

/** A command line that goes on in the next line: a quote, a document or a pipe is still open. */
final class Incomplete extends RuntimeException {
    private static final long serialVersionUID = 1;

    Incomplete(String what) {
        super(what, null, false, false);
    }
}
