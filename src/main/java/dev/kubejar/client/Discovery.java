package dev.kubejar.client;

import java.util.List;

/** Which resources a cluster serves, without what its kinds mean. Cheap: nothing is built to answer. */
public interface Discovery {
    /**
     * All resources in discovery's order: by group as the server prefers them, each group's preferred version first, then
     * by name. A resource served in several versions is there several times.
     */
    List<ApiResource> resources();
}
