package dev.kubejar.controllers;

import java.util.Collection;
import java.util.Iterator;
import java.util.TreeSet;

/** A set of completion indexes, written as a Job's status has it: {@code 0,2-4}. */
final class Indexes {
    private final TreeSet<Integer> set = new TreeSet<>();

    /** Reads indexes below a bound; what is not a number is passed over. */
    static Indexes parse(String text, long completions) {
        Indexes indexes = new Indexes();
        for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
            int dash = part.indexOf('-');
            try {
                int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
                int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
                for (int i = first; i <= last && i < completions; i++) {
                    indexes.set.add(i);
                }
            } catch (NumberFormatException e) {
                return indexes;
            }
        }
        return indexes;
    }

    Indexes add(int index) {
        set.add(index);
        return this;
    }

    boolean has(int index) {
        return set.contains(index);
    }

    int size() {
        return set.size();
    }

    Collection<Integer> values() {
        return set;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        Iterator<Integer> all = set.iterator();
        Integer next = all.hasNext() ? all.next() : null;
        while (next != null) {
            int first = next;
            int last = next;
            next = all.hasNext() ? all.next() : null;
            while (next != null && next == last + 1) {
                last = next;
                next = all.hasNext() ? all.next() : null;
            }
            out.append(out.isEmpty() ? "" : ",").append(first);
            if (last > first) {
                out.append(last == first + 1 ? "," : "-").append(last);
            }
        }
        return out.toString();
    }
}
