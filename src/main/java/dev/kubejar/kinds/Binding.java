package dev.kubejar.kinds;

import dev.kubejar.schema.Kind;

/** Binding (v1): what a scheduler says of a pod's node; never stored. */
final class Binding {
    private Binding() {}

    static Kind build() {
        return KindTable.start("v1", "Binding")
                .rule((binding, before, problems) -> {
                    String kind = binding.text("target.kind");
                    if (!kind.isEmpty() && !kind.equals("Node")) {
                        problems.notSupported("target.kind", kind, java.util.List.of("Node", "<empty>"));
                    }
                    if (binding.text("target.name").isEmpty()) {
                        problems.required("target.name", "");
                    }
                })
                .build();
    }
}
