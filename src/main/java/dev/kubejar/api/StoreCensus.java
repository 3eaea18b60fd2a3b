package dev.kubejar.api;

import dev.kubejar.client.Census;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Ref;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.KindCatalog;
import dev.kubejar.store.Entry;
import dev.kubejar.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which objects there are, read off the store's keys and indexes. */
public final class StoreCensus implements Census {
    private static final String ROOT = "/registry/";

    private final Store store;
    private final KindCatalog kinds;

    public StoreCensus(Store store, KindCatalog kinds) {
        this.store = store;
        this.kinds = kinds;
    }

    @Override
    public List<Ref> ownedBy(String uid) {
        List<Ref> owned = new ArrayList<>();
        for (String key : store.scan("owner/" + uid)) {
            add(owned, key);
        }
        return owned;
    }

    @Override
    public List<Ref> inNamespace(String namespace) {
        List<Ref> found = new ArrayList<>();
        for (Kind kind : kinds.all()) {
            if (kind.namespaced() && kind.storage().equals(kind.resource())) {
                for (Entry entry : store.range(Registry.prefix(kind, namespace), null, 0)) {
                    add(found, entry.key());
                }
            }
        }
        return found;
    }

    /** {@code /registry/GROUP/RESOURCE/[NAMESPACE/]NAME}. */
    private void add(List<Ref> found, String key) {
        String[] parts = key.substring(ROOT.length()).split("/");
        String group = parts[0].equals("core") ? "" : parts[0];
        for (Kind kind : kinds.all()) {
            if (kind.group().equals(group) && kind.plural().equals(parts[1])) {
                String namespace = parts.length > 3 ? parts[2] : "";
                found.add(new Ref(kind.resource(), namespace, parts[parts.length - 1]));
                return;
            }
        }
    }

    @Override
    public Optional<GroupVersionResource> resource(String apiVersion, String kind) {
        return kinds.byKind(apiVersion, kind).map(Kind::resource);
    }

    @Override
    public boolean namespaced(GroupVersionResource resource) {
        return kinds.byResource(resource).map(Kind::namespaced).orElse(false);
    }
}
