package dev.kubejar.store;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Several sorted sources as one: of equal keys the first source's wins. Tombstones are passed on. */
final class Merged implements Iterator<Item> {
    private final Iterator<Item>[] sources;
    private final Item[] heads;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Merged(List<Iterator<Item>> newestFirst) {
        sources = newestFirst.toArray(new Iterator[0]);
        heads = new Item[sources.length];
        for (int i = 0; i < sources.length; i++) {
            advance(i);
        }
    }

    private void advance(int i) {
        heads[i] = sources[i].hasNext() ? sources[i].next() : null;
    }

    @Override
    public boolean hasNext() {
        for (int i = 0; i < heads.length; i++) {
            if (heads[i] != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Item next() {
        int least = -1;
        for (int i = 0; i < heads.length; i++) {
            if (heads[i] == null) {
                continue;
            }
            int order = least < 0 ? -1 : heads[i].key().compareTo(heads[least].key());
            if (order < 0) {
                least = i;
            } else if (order == 0) {
                advance(i);
            }
        }
        if (least < 0) {
            throw new NoSuchElementException();
        }
        Item item = heads[least];
        advance(least);
        return item;
    }
}
