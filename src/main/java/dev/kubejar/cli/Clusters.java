package dev.kubejar.cli;

import dev.kubejar.client.Cluster;
import dev.kubejar.client.Discovery;
import dev.kubejar.schema.KindCatalog;
import java.util.Map;

/** Opens clusters by name: what the composition root hands to the commands. */
public interface Clusters {
    /** An open cluster and what it serves, by name and in full. Whoever asked closes it through {@link Cluster#close}. */
    record Opened(Cluster cluster, Discovery discovery, KindCatalog kinds) {}

    /** Opens the local cluster of this name, making it where it does not exist. */
    Opened open(String name);

    /**
     * A new cluster of its own, whose state is removed when it is closed; nobody else works on it.
     *
     * @param settings environment variables in the place of the session's, such as KUBEJAR_PROFILE
     */
    default Opened scratch(Map<String, String> settings) {
        throw new UnsupportedOperationException("no throw-away clusters here");
    }
}
