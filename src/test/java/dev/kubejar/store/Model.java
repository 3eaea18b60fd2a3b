package dev.kubejar.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a store should contain, by brute force. */
final class Model {
    record Object(byte[] value, List<String> indexes, long create, long mod, long version) {}

    final TreeMap<String, Object> objects = new TreeMap<>();
    final TreeMap<String, byte[]> memory = new TreeMap<>();
    final List<Change> changes = new ArrayList<>();
    long revision;
    long due = Store.NOTHING_DUE;

    Model copy() {
        Model copy = new Model();
        copy.objects.putAll(objects);
        copy.memory.putAll(memory);
        copy.changes.addAll(changes);
        copy.revision = revision;
        copy.due = due;
        return copy;
    }

    void txn(List<Op> ops) {
        boolean changed = false;
        for (Op op : ops) {
            Object before = objects.get(op.key());
            byte[] previous = before == null ? null : before.value();
            if (op.value() == null) {
                if (before != null) {
                    objects.remove(op.key());
                    changes.add(new Change(op.key(), null, previous, revision + 1, before.create(), before.version()));
                    changed = true;
                }
                continue;
            }
            long create = before == null ? revision + 1 : before.create();
            long version = before == null ? 1 : before.version() + 1;
            objects.put(op.key(), new Object(op.value(), op.indexes(), create, revision + 1, version));
            changes.add(new Change(op.key(), op.value(), previous, revision + 1, create, version));
            changed = true;
        }
        if (changed) {
            revision++;
        }
    }

    /** Index entries with a prefix, as {@code index -> key} lines in order. */
    List<String> hits(String prefix) {
        TreeSet<String> hits = new TreeSet<>();
        for (Map.Entry<String, Object> entry : objects.entrySet()) {
            for (String index : entry.getValue().indexes()) {
                if (index.startsWith(prefix)) {
                    hits.add(index + '\0' + entry.getKey());
                }
            }
        }
        return new ArrayList<>(hits);
    }

    List<String> range(String prefix, String after, int limit) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Object> entry : objects.entrySet()) {
            String key = entry.getKey();
            if (key.startsWith(prefix)
                    && (after == null || key.compareTo(after) > 0)
                    && (limit == 0 || lines.size() < limit)) {
                Object o = entry.getValue();
                lines.add(line(key, o.value(), o.create(), o.mod(), o.version()));
            }
        }
        return lines;
    }

    static List<String> lines(List<Entry> entries) {
        List<String> lines = new ArrayList<>();
        for (Entry e : entries) {
            lines.add(line(e.key(), e.value(), e.createRevision(), e.modRevision(), e.version()));
        }
        return lines;
    }

    static String line(String key, byte[] value, long create, long mod, long version) {
        return key + " " + Arrays.hashCode(value) + " " + create + " " + mod + " " + version;
    }

    static String line(Change c) {
        return c.key() + " " + Arrays.hashCode(c.value()) + " " + c.revision() + " " + c.createRevision() + " "
                + c.version();
    }
}
