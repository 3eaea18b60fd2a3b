package dev.kubejar.api;

import dev.kubejar.client.Census;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.KindCatalog;
import dev.kubejar.store.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts objects by the store's owner index and by the key ranges of a namespace. */
final class StoredCensus implements Census {
    private final KindCatalog kinds;
    private final Registry registry;

    StoredCensus(KindCatalog kinds, Registry registry) {
        this.kinds = kinds;
        this.registry = registry;
    }

    @Override
    public List<Ref> ownedBy(String uid) {
        List<Ref> owned = new ArrayList<>();
        for (String key : registry.space().indexed("owner/" + uid, "/registry/")) {
            Entry row = registry.space().get(key);
            if (row != null) {
                owned.add(ref(row));
            }
        }
        return owned;
    }

    @Override
    public List<Ref> inNamespace(String namespace) {
        List<Ref> all = new ArrayList<>();
        for (Kind kind : kinds.all()) {
            if (kind.namespaced() && kind.storage().equals(kind.resource())) {
                for (Entry row : registry.space().range(Registry.prefix(kind, namespace), "", 0)) {
                    all.add(ref(row));
                }
            }
        }
        return all;
    }

    /** {@code /registry/GROUP/RESOURCE/...} names the resource, the object itself its version. */
    private Ref ref(Entry row) {
        String[] parts = row.key().split("/", 5);
        Obj object = registry.object(row);
        GroupVersionResource stored = GroupVersionResource.of(object.apiVersion(), parts[3]);
        return Ref.of(stored, object);
    }

    @Override
    public Optional<GroupVersionResource> resource(String apiVersion, String kind) {
        return kinds.byKind(apiVersion, kind).map(Kind::resource);
    }

    @Override
    public boolean namespaced(GroupVersionResource resource) {
        return kinds.byResource(resource).map(Kind::namespaced).orElse(true);
    }
}
