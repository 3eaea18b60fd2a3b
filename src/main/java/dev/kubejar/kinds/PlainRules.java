package dev.kubejar.kinds;

import dev.kubejar.schema.Kind;

/** Defaults and rules of the kinds that have no file of their own. */
final class PlainRules {
    private PlainRules() {}

    static Kind.Builder add(String name, Kind.Builder kind) {
        return kind;
    }
}
