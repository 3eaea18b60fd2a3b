package dev.kubejar.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.client.Change;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.schema.Kind;
import dev.kubejar.store.Entry;
import dev.kubejar.store.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * API objects as they lie in the store: their keys, bytes, index entries and revisions. Works on storage versions alone
 * and tells of each change.
 *
 * <pre>
 * /registry/core/pods/default/web         namespaced, core group
 * /registry/apps/deployments/default/web
 * /registry/core/nodes/worker-1           cluster-scoped
 * </pre>
 */
final class Registry {
    private static final int DECODED = 4096;

    private final Space space;
    private final Consumer<Change> listener;
    /** What the running request has changed; told when it has succeeded. */
    private final List<Change> pending = new ArrayList<>();

    private final List<String> touched = new ArrayList<>();
    private final Map<String, Obj> decoded = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Obj> eldest) {
            return size() > DECODED;
        }
    };

    Registry(Space space, Consumer<Change> listener) {
        this.space = space;
        this.listener = listener;
    }

    /** Where a kind's objects lie; with a namespace only those in it. */
    static String prefix(GroupVersionResource stored) {
        String group = stored.group().isEmpty() ? "core" : stored.group();
        return "/registry/" + group + "/" + stored.resource() + "/";
    }

    static String prefix(Kind stored, String namespace) {
        String all = prefix(stored.resource());
        return namespace.isEmpty() ? all : all + namespace + "/";
    }

    static String key(Kind stored, String namespace, String name) {
        return prefix(stored, stored.namespaced() ? namespace : "") + name;
    }

    /** The stored object, frozen, or null. */
    Obj find(Kind stored, String namespace, String name) {
        return name.isEmpty() ? null : object(space.get(key(stored, namespace, name)));
    }

    /** The stored object; NotFound where there is none. */
    Obj get(Kind stored, String namespace, String name) {
        Obj found = find(stored, namespace, name);
        if (found == null) {
            throw ApiError.notFound(stored.resource(), name);
        }
        return found;
    }

    Obj object(Entry row) {
        if (row == null) {
            return null;
        }
        Obj known = decoded.get(row.key());
        if (known == null || !known.resourceVersion().equals(Long.toString(row.modRevision()))) {
            known = decode(row.value(), row.modRevision());
            decoded.put(row.key(), known);
        }
        return known;
    }

    static Obj decode(byte[] bytes, long revision) {
        return Obj.of((ObjectNode) Json.read(bytes))
                .set("metadata.resourceVersion", Long.toString(revision))
                .freeze();
    }

    List<Obj> objects(List<Entry> rows) {
        List<Obj> objects = new ArrayList<>(rows.size());
        rows.forEach(row -> objects.add(object(row)));
        return objects;
    }

    Space space() {
        return space;
    }

    /**
     * Stores an object if {@code before} is still what lies there (null: nothing).
     *
     * @return what was stored, frozen, with its resourceVersion; null where somebody else was faster
     */
    Obj put(Kind stored, Obj before, Obj after) {
        String key = key(stored, after.namespace(), after.name());
        Obj bytes = after.copy().remove("metadata.resourceVersion");
        long expected = before == null ? 0 : Long.parseLong(before.resourceVersion());
        long revision = space.put(key, expected, Json.bytes(bytes.node()), indexes(stored, after));
        if (revision == 0) {
            return null;
        }
        Obj written =
                bytes.set("metadata.resourceVersion", Long.toString(revision)).freeze();
        decoded.put(key, written);
        tell(stored, key, before, written, revision);
        return written;
    }

    /** Takes an object out if {@code before} is still what lies there; true if so. */
    boolean remove(Kind stored, Obj before) {
        String key = key(stored, before.namespace(), before.name());
        long revision = space.delete(key, Long.parseLong(before.resourceVersion()));
        if (revision == 0) {
            return false;
        }
        decoded.remove(key);
        tell(stored, key, before, null, revision);
        return true;
    }

    private void tell(Kind stored, String key, Obj before, Obj after, long revision) {
        touched.add(key);
        Obj either = after == null ? before : after;
        pending.add(new Change(Ref.of(stored.resource(), either), before, after, revision));
    }

    /** Runs a request's writes as one: all of them stay, or none where it throws or only tries. */
    <T> T atomically(boolean keep, Supplier<T> work) {
        Savepoint mark = space.mark();
        int before = pending.size();
        boolean kept = false;
        try {
            T result = work.get();
            kept = keep;
            return result;
        } finally {
            if (kept) {
                space.release(mark);
            } else {
                space.rollback(mark);
                forget(before);
            }
            if (before == 0) {
                deliver();
            }
        }
    }

    private void forget(int from) {
        while (pending.size() > from) {
            pending.remove(pending.size() - 1);
            decoded.remove(touched.remove(touched.size() - 1));
        }
    }

    private void deliver() {
        List<Change> told = List.copyOf(pending);
        pending.clear();
        touched.clear();
        told.forEach(listener);
    }

    /** Forgets what was decoded: the batch it came from was abandoned. */
    void forget() {
        decoded.clear();
        pending.clear();
        touched.clear();
    }

    /** {@code label/app=web}, {@code owner/UID}, {@code field/spec.nodeName=worker-1} and the kind's own. */
    private static List<String> indexes(Kind stored, Obj object) {
        List<String> indexes = new ArrayList<>();
        object.labels().forEach((key, value) -> indexes.add("label/" + key + "=" + value));
        for (Obj owner : object.list("metadata.ownerReferences")) {
            String entry = "owner/" + owner.text("uid");
            if (!indexes.contains(entry)) {
                indexes.add(entry);
            }
        }
        for (String field : Selection.INDEXED_FIELDS) {
            Function<Obj, String> value = stored.selectableFields().get(field);
            if (value != null) {
                indexes.add("field/" + field + "=" + value.apply(object));
            }
        }
        for (String entry : stored.indexes().apply(object)) {
            if (!indexes.contains(entry)) {
                indexes.add(entry);
            }
        }
        return indexes;
    }
}
