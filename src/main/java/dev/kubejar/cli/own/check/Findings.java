package dev.kubejar.cli.own.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects root causes, each once. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();
    private final Map<String, Finding> shared = new HashMap<>();
    private final List<String> files = new ArrayList<>();

    /** Remembers the order in which files were read: findings are told in it. */
    void file(String name) {
        if (!files.contains(name)) {
            files.add(name);
        }
    }

    /** Something wrong with the text of a file. */
    void text(String cause, Place place, String message) {
        put(new Finding(cause, place, null, "", message));
    }

    /** A fault of one object at one of its fields. */
    void add(String cause, Manifest manifest, String field, String message) {
        put(made(cause, manifest, field, message));
    }

    /** A cause that lies outside of the objects it stops, under a key: told once, with all places. */
    void shared(String key, String cause, Manifest manifest, String field, String message) {
        Finding made = made(cause, manifest, field, message);
        Finding first = shared.putIfAbsent(key, made);
        if (first == null) {
            put(made);
        } else if (!first.place.equals(made.place) && !first.also.contains(made.place)) {
            first.also.add(made.place);
        }
    }

    private static Finding made(String cause, Manifest manifest, String field, String message) {
        manifest.troubled = true;
        return new Finding(cause, manifest.place(field), manifest, field, message);
    }

    private void put(Finding finding) {
        for (Finding each : all) {
            if (each.place.equals(finding.place)
                    && each.cause.equals(finding.cause)
                    && each.message.equals(finding.message)) {
                return;
            }
        }
        all.add(finding);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** By file in the order of reading, then by line. */
    List<Finding> sorted() {
        List<Finding> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.<Finding>comparingInt(each -> files.indexOf(each.place.file()))
                .thenComparingInt(each -> each.place.line()));
        return sorted;
    }
}
