package dev.kubejar.cli;

import dev.kubejar.print.Printer;

/** Changing objects in the user's editor. */
public final class Editing {
    private Editing() {}

    /** Edits manifests before they are created. */
    public static int onCreate(Invocation call, FileOptions files, Printer printer) {
        throw new CliError("--edit is not supported yet");
    }
}
