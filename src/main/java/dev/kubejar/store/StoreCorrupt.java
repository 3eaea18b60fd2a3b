package dev.kubejar.store;

import java.nio.file.Path;

/** A file of the state is damaged; nothing was changed. */
public final class StoreCorrupt extends StoreException {
    private final Path file;

    public StoreCorrupt(Path file, String what) {
        super("the state file " + file + " is damaged: " + what + "; nothing was changed");
        this.file = file;
    }

    /** The damaged file. */
    public Path file() {
        return file;
    }
}
