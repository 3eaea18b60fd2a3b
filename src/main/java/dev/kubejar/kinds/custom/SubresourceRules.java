package dev.kubejar.kinds.custom;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;

/** The paths of a scale subresource. */
final class SubresourceRules {
    private SubresourceRules() {}

    static void check(Obj subresources, String path, Problems problems) {
        if (!subresources.has("scale")) {
            return;
        }
        Obj scale = subresources.obj("scale");
        required(scale, path, "specReplicasPath", ".spec.", problems);
        required(scale, path, "statusReplicasPath", ".status.", problems);
        String selector = scale.text("labelSelectorPath");
        String field = path + ".scale.labelSelectorPath";
        if (!selector.isEmpty()
                && simple(selector, field, problems)
                && !selector.startsWith(".spec.")
                && !selector.startsWith(".status.")) {
            problems.invalid(field, selector, "should be a json path under either .spec or .status");
        }
    }

    private static void required(Obj scale, String path, String name, String prefix, Problems problems) {
        String value = scale.text(name);
        String field = path + ".scale." + name;
        if (value.isEmpty()) {
            problems.required(field, "");
        } else if (simple(value, field, problems) && !value.startsWith(prefix)) {
            problems.invalid(field, value, "should be a json path under " + prefix.substring(0, prefix.length() - 1));
        }
    }

    /** A path in the dot notation. */
    static boolean simple(String value, String field, Problems problems) {
        if (value.charAt(0) == '.') {
            return true;
        }
        problems.invalid(field, value, "must be a simple json path starting with .");
        return false;
    }
}
