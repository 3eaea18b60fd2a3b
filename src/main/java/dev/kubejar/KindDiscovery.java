package dev.kubejar;

import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Discovery;
import dev.kubejar.kinds.KindTable;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Discovery of the built-in resources, read off their table of names so that no kind is built for it, and of custom ones. */
final class KindDiscovery implements Discovery {
    private static List<ApiResource> builtIn;

    private final Supplier<List<Kind>> custom;

    private final Supplier<List<ApiResource>> aggregated;

    KindDiscovery(Supplier<List<Kind>> custom, Supplier<List<ApiResource>> aggregated) {
        this.custom = custom;
        this.aggregated = aggregated;
    }

    @Override
    public List<ApiResource> resources() {
        List<ApiResource> all = new ArrayList<>(builtIn());
        for (Kind kind : custom.get()) {
            all.add(custom(kind));
        }
        all.addAll(aggregated.get());
        return all;
    }

    private static synchronized List<ApiResource> builtIn() {
        if (builtIn == null) {
            builtIn = read();
        }
        return builtIn;
    }

    private static List<ApiResource> read() {
        List<ApiResource> all = new ArrayList<>();
        for (KindTable.Row row : KindTable.rows()) {
            all.add(new ApiResource(
                    GroupVersionResource.of(row.groupVersion(), row.plural()),
                    row.kind(),
                    row.singular(),
                    row.namespaced(),
                    new TreeSet<>(row.verbs()),
                    row.shortNames(),
                    row.categories(),
                    row.subresources().keySet()));
        }
        return all;
    }

    private static ApiResource custom(Kind kind) {
        Set<String> subresources = new TreeSet<>(kind.subresources().keySet());
        if (kind.hasStatus()) {
            subresources.add("status");
        }
        if (kind.scale() != null) {
            subresources.add("scale");
        }
        return new ApiResource(
                kind.resource(),
                kind.kind(),
                kind.singular(),
                kind.namespaced(),
                kind.verbs(),
                kind.shortNames(),
                kind.categories(),
                subresources);
    }
}
