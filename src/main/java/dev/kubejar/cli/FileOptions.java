package dev.kubejar.cli;

import java.util.List;

/** Which files a command was given: {@code -f}, {@code -k} and {@code -R}. */
public record FileOptions(List<String> files, String kustomize, boolean recursive) {
    public static final FileOptions NONE = new FileOptions(List.of(), "", false);

    /** Declares the three flags. */
    public static void declare(Flags flags) {
        flags.slice("filename", 'f', "").string("kustomize", 'k', "").bool("recursive", 'R', false);
    }

    /** Reads them, refusing files beside a kustomization. */
    public static FileOptions of(Flags flags) {
        return new FileOptions(
                flags.list("filename"),
                flags.has("kustomize") ? flags.text("kustomize") : "",
                flags.has("recursive") && flags.on("recursive"));
    }

    public boolean isEmpty() {
        return files.isEmpty() && kustomize.isEmpty();
    }

    /** Refuses having none, or both kinds; for commands that work on files only. */
    public void requireOne() {
        if (isEmpty()) {
            throw new CliError("must specify one of -f and -k");
        }
        if (!files.isEmpty() && !kustomize.isEmpty()) {
            throw new CliError("only one of -f or -k can be specified");
        }
    }
}
