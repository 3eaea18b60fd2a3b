package dev.kubejar.store;

import java.nio.file.Path;

/** There is no state in the folder. */
public final class StoreAbsent extends StoreException {
    public StoreAbsent(Path folder) {
        super("there is no cluster in " + folder);
    }
}
