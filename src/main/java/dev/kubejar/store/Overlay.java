package dev.kubejar.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sorted contents of the journal and of the running batch, which can be taken back step by step. */
final class Overlay {
    private final TreeMap<String, Slot> slots = new TreeMap<>();
    private final List<Item> undo = new ArrayList<>();
    private boolean recording;

    Slot get(String key) {
        return slots.get(key);
    }

    int size() {
        return slots.size();
    }

    void set(String key, Slot slot) {
        Slot before = slots.put(key, slot);
        if (recording) {
            undo.add(new Item(key, before));
        }
    }

    /** Takes a key out altogether: whatever lies beneath shows again. */
    void remove(String key) {
        Slot before = slots.remove(key);
        if (recording && before != null) {
            undo.add(new Item(key, before));
        }
    }

    /** From now on changes can be undone, until {@link #keep}. */
    void record() {
        recording = true;
        undo.clear();
    }

    void keep() {
        recording = false;
        undo.clear();
    }

    int mark() {
        return undo.size();
    }

    void undoTo(int mark) {
        for (int i = undo.size() - 1; i >= mark; i--) {
            Item item = undo.remove(i);
            if (item.slot() == null) {
                slots.remove(item.key());
            } else {
                slots.put(item.key(), item.slot());
            }
        }
    }

    void clear() {
        slots.clear();
        undo.clear();
    }

    Iterator<Item> from(String key, boolean inclusive) {
        Iterator<Map.Entry<String, Slot>> entries =
                slots.tailMap(key, inclusive).entrySet().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Item next() {
                Map.Entry<String, Slot> entry = entries.next();
                return new Item(entry.getKey(), entry.getValue());
            }
        };
    }
}
