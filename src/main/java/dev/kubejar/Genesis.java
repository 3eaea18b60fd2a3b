package dev.kubejar;

import dev.kubejar.store.Store;

/** Where a new cluster's state comes from. */
final class Genesis {
    private Genesis() {}

    /** A new state in the folder, in place of what may be there if {@code replace} is set. */
    static Store store(ClusterSettings settings, boolean replace) {
        return replace
                ? Store.recreate(settings.folder(), null, settings.storeOptions())
                : Store.create(settings.folder(), null, settings.storeOptions());
    }
}
