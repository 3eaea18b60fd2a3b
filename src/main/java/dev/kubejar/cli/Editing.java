package dev.kubejar.cli;

/** Changing objects in the user's editor. */
public final class Editing {
    private Editing() {}

    /** Edits manifests before they are created. */
    public static int onCreate(Invocation call, FileOptions files, Printer printer) {
        throw new CliError("--edit is not supported yet");
    }
}
