package dev.kubejar.cli;

/**
 * What a command may know of the terminal it runs in.
 *
 * @param columns the width in characters; 0 where there is no terminal
 */
public record Terminal(boolean in, boolean out, boolean err, int columns) {
    /** Pipes and files on every stream. */
    public static final Terminal NONE = new Terminal(false, false, false, 0);
}
