package dev.kubejar.client;

import dev.kubejar.object.GroupVersionResource;
import java.util.List;
import java.util.Set;

/**
 * A resource as discovery tells it.
 *
 * @param singular the kind in lower case, mostly
 * @param verbs in the server's order
 * @param subresources the names behind the slash: {@code status}, {@code scale} …
 */
public record ApiResource(
        GroupVersionResource resource,
        String kind,
        String singular,
        boolean namespaced,
        Set<String> verbs,
        List<String> shortNames,
        List<String> categories,
        Set<String> subresources) {

    /** By what it is called: one server serves it once. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ApiResource that && resource.equals(that.resource);
    }

    @Override
    public int hashCode() {
        return resource.hashCode();
    }

    public String name() {
        return resource.resource();
    }

    public String group() {
        return resource.group();
    }

    public String groupVersion() {
        return resource.groupVersion();
    }

    /** How printed names begin: {@code deployment.apps}, {@code pod}. */
    public String printedKind() {
        String lower = kind.toLowerCase(java.util.Locale.ROOT);
        return group().isEmpty() ? lower : lower + "." + group();
    }
}
