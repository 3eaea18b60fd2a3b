package dev.kubejar;

import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Discovery;
import dev.kubejar.kinds.KindTable;
import dev.kubejar.object.GroupVersionResource;
import java.util.ArrayList;
import java.util.List;

/** Discovery of the built-in resources, read off their table of names: no kind is built for it. */
final class KindDiscovery implements Discovery {
    @Override
    public List<ApiResource> resources() {
        List<ApiResource> all = new ArrayList<>();
        for (KindTable.Row row : KindTable.rows()) {
            all.add(new ApiResource(
                    GroupVersionResource.of(row.groupVersion(), row.plural()),
                    row.kind(),
                    row.singular(),
                    row.namespaced(),
                    row.verbs(),
                    row.shortNames(),
                    row.categories(),
                    row.subresources().keySet()));
        }
        return all;
    }
}
