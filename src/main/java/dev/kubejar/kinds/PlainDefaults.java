package dev.kubejar.kinds;

import dev.kubejar.kinds.pod.PodDefaults;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.util.List;

/** Defaults of the kinds that have no file of their own. */
final class PlainDefaults {
    private PlainDefaults() {}

    static void add(String name, Kind.Builder kind) {
        switch (name) {
            case "PodTemplate" -> kind.defaults(each -> PodDefaults.template(each, "template"));
            case "VolumeAttachment" -> {
                kind.defaults(each -> each.child("status").orSet("attached", false));
                kind.prepareCreate(each -> each.set("status", Obj.create().set("attached", false)));
                kind.prepareUpdate(Workloads::keepStatus);
            }
            case "CSIDriver" -> kind.defaults(PlainDefaults::driver);
            default -> {}
        }
    }

    private static void driver(Obj driver) {
        Obj spec = driver.child("spec");
        spec.orSet("attachRequired", true).orSet("podInfoOnMount", false).orSet("storageCapacity", false);
        spec.orSet("fsGroupPolicy", "ReadWriteOnceWithFSType").orSet("requiresRepublish", false);
        spec.orSet("seLinuxMount", false);
        if (spec.texts("volumeLifecycleModes").isEmpty()) {
            spec.setTexts("volumeLifecycleModes", List.of("Persistent"));
        }
        spec.remove("preventPodSchedulingIfMissing"); // not served: its gate is off
    }
}
