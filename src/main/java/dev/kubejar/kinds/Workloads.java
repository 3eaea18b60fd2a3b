package dev.kubejar.kinds;

import dev.kubejar.kinds.pod.PodDefaults;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.time.Instant;
import java.util.List;

/** What the kinds that make pods from a template have in common. */
final class Workloads {
    private Workloads() {}

    /** The wide columns with a template's containers and images. */
    static Kind.Builder containerColumns(Kind.Builder kind, String podSpec) {
        return kind.wide("Containers", object -> Cells.containers(object.obj(podSpec)))
                .wide("Images", object -> Cells.images(object.obj(podSpec)));
    }

    /** The wide column with a label selector. */
    static Kind.Builder selectorColumn(Kind.Builder kind, String path) {
        return kind.wide("Selector", object -> Cells.selector(object.obj(path)));
    }

    /** Defaults of the template at {@code spec.template}. */
    static void template(Obj object) {
        PodDefaults.requiredTemplate(object, "spec.template");
    }

    /** An update of anything but status keeps the old status. */
    static void keepStatus(Obj now, Obj before) {
        if (before.has("status")) {
            now.set("status", before.obj("status").copy());
        } else {
            now.remove("status");
        }
    }

    /** Status starts empty. */
    static void clearStatus(Obj object) {
        object.set("status", Json.object());
    }

    /** Warns of a name that is no DNS label, because pods and their hosts are named after it. */
    static void nameWarning(Obj now, Obj before, Problems problems) {
        if (before == null) {
            List<String> faults = Names.label(now.name());
            if (!faults.isEmpty()) {
                problems.warn("metadata.name: this is used in Pod names and hostnames, which can result in surprising"
                        + " behavior; a DNS label is recommended: [" + String.join(" ", faults) + "]");
            }
        }
    }

    /** A column with a number. */
    static Kind.Builder number(Kind.Builder kind, String name, String path) {
        return kind.column(name, "integer", 0, (Obj object, Instant now) -> object.number(path));
    }
}
