package dev.kubejar.api;

import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.KindCatalog;
import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Randoms;
import java.util.ArrayList;
import java.util.List;

/** Reads straight from the registry. */
record StoredReader(KindCatalog kinds, Registry registry, Clock clock, Randoms randoms) implements Reader {
    @Override
    public Obj find(GroupVersionResource resource, String namespace, String name) {
        return registry.find(kind(resource), namespace, name);
    }

    @Override
    public List<Obj> list(GroupVersionResource resource, String namespace) {
        return registry.objects(registry.space().range(Registry.prefix(kind(resource), namespace), "", 0));
    }

    @Override
    public boolean any(GroupVersionResource resource) {
        return !registry.space().range(Registry.prefix(resource), "", 1).isEmpty();
    }

    @Override
    public List<Obj> indexed(GroupVersionResource resource, String namespace, String index) {
        List<Obj> found = new ArrayList<>();
        Space space = registry.space();
        for (String key : space.indexed(index, Registry.prefix(kind(resource), namespace))) {
            found.add(registry.object(space.get(key)));
        }
        return found;
    }

    @Override
    public void put(GroupVersionResource resource, Obj before, Obj after) {
        registry.put(kind(resource), before, after);
    }

    private Kind kind(GroupVersionResource resource) {
        return kinds.stored(resource).orElseThrow();
    }
}
