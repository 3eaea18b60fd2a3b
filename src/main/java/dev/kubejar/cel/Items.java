package dev.kubejar.cel;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** A list of an object with its list type: {@code set}, {@code map} with the fields that are its keys, or neither. */
final class Items extends AbstractList<Object> {
    private final List<Object> items;
    private final String kind;
    private final List<String> keys;

    Items(List<Object> items, String kind, List<String> keys) {
        this.items = items;
        this.kind = kind;
        this.keys = keys;
    }

    @Override
    public Object get(int index) {
        return items.get(index);
    }

    @Override
    public int size() {
        return items.size();
    }

    boolean unordered() {
        return kind.equals("set") || kind.equals("map");
    }

    /** Whether both hold the same, in any order. */
    boolean same(List<?> other) {
        if (size() != other.size()) {
            return false;
        }
        for (Object each : items) {
            boolean found = false;
            for (Object that : other) {
                found |= Values.equal(each, that);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** The union: what is there already keeps its place. */
    Items plus(List<?> more) {
        List<Object> all = new ArrayList<>(items);
        for (Object each : more) {
            int at = -1;
            for (int i = 0; i < all.size(); i++) {
                if (kind.equals("set") ? Values.equal(all.get(i), each) : sameKeys(all.get(i), each)) {
                    at = i;
                }
            }
            if (at < 0) {
                all.add(each);
            } else {
                all.set(at, each);
            }
        }
        return new Items(all, kind, keys);
    }

    private boolean sameKeys(Object a, Object b) {
        for (String key : keys) {
            Object left = Values.field(a, key);
            Object right = Values.field(b, key);
            if (left == null || right == null ? left != right : !Values.equal(left, right)) {
                return false;
            }
        }
        return true;
    }
}
