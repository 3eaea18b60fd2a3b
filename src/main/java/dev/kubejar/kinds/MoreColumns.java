package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Column;
import dev.kubejar.schema.Kind;
import java.util.ArrayList;
import java.util.List;

/** Columns of the kinds of storage, devices and request priority. */
final class MoreColumns {
    private MoreColumns() {}

    static void add(String name, Kind.Builder kind) {
        switch (name) {
            case "ComponentStatus" ->
                kind.nameColumn()
                        .column("Status", each -> "Healthy")
                        .column("Message", each -> "ok")
                        .column("Error", each -> "");
            case "CSIDriver" ->
                kind.nameColumn()
                        .column("AttachRequired", "boolean", 0, (each, now) -> each.bool("spec.attachRequired", true))
                        .column("PodInfoOnMount", "boolean", 0, (each, now) -> each.bool("spec.podInfoOnMount"))
                        .column("StorageCapacity", "boolean", 0, (each, now) -> each.bool("spec.storageCapacity"))
                        .column("TokenRequests", MoreColumns::tokenRequests)
                        .column("RequiresRepublish", "boolean", 0, (each, now) -> each.bool("spec.requiresRepublish"))
                        .column(
                                "Modes",
                                each -> Cells.orElse(
                                        String.join(",", each.texts("spec.volumeLifecycleModes")), "<none>"))
                        .ageColumn();
            case "CSINode" ->
                kind.nameColumn()
                        .column("Drivers", "integer", 0, (each, now) -> PlainKinds.count(each, "spec.drivers"))
                        .ageColumn();
            case "VolumeAttachment" ->
                kind.nameColumn()
                        .column(new Column(
                                "Attacher", "string", "name", 0, "", (each, now) -> each.text("spec.attacher")))
                        .column("PV", each -> each.text("spec.source.persistentVolumeName"))
                        .column("Node", each -> each.text("spec.nodeName"))
                        .column("Attached", "boolean", 0, (each, now) -> each.bool("status.attached"))
                        .ageColumn();
            case "VolumeAttributesClass" ->
                kind.nameColumn()
                        .column("DriverName", each -> each.text("driverName"))
                        .ageColumn();
            default -> {}
        }
    }

    private static String tokenRequests(Obj each) {
        if (!each.has("spec.tokenRequests")) {
            return "<unset>";
        }
        List<String> audiences = new ArrayList<>();
        each.list("spec.tokenRequests").forEach(request -> audiences.add(request.text("audience")));
        return String.join(",", audiences);
    }
}
