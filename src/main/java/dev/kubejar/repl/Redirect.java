package dev.kubejar.repl;

/**
 * Where one of a command's streams goes.
 *
 * @param stream 0, 1 or 2
 * @param target a file's name, or for a document its text
 * @param kind how
 */
record Redirect(int stream, Kind kind, String target) {
    enum Kind {
        READ,
        WRITE,
        APPEND,
        /** {@code 2>&1}, {@code 1>&2}: to where the stream named as target goes. */
        JOIN,
        /** A document that follows, or {@code <<<} a word. */
        DOCUMENT
    }
}
