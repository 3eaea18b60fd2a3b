package dev.kubejar.repl;

import java.io.InputStream;
import java.io.OutputStream;

/** Where the shell's commands read and write: somebody's terminal, or a script's streams. */
interface Console {
    OutputStream out();

    OutputStream err();

    /** Whether somebody types. */
    boolean interactive();

    /** Whether programs of the host can have the terminal itself. */
    boolean terminal();

    /** Its width in characters; 0 where it has none. */
    int columns();

    /** What a command without redirection reads. */
    InputStream typed();

    /** A document that follows the command: up to a line with a dot alone, or the end. */
    InputStream document(Lines lines);

    void print(String text);

    /** Tells a fault. */
    void say(String text);

    void flush();

    /** Shows what was typed before. */
    void history();

    /** Notes a program that Ctrl-C is to stop. */
    void running(Process process);
}
