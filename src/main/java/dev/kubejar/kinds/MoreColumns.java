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
            case "ResourceClaim" ->
                kind.nameColumn().column("State", MoreColumns::claimState).ageColumn();
            case "ResourceSlice" ->
                kind.nameColumn()
                        .column("Node", each -> each.text("spec.nodeName"))
                        .column("Driver", each -> each.text("spec.driver"))
                        .column("Pool", each -> each.text("spec.pool.name"))
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

    private static String claimState(Obj each) {
        List<String> states = new ArrayList<>();
        if (each.deleting()) {
            states.add("deleted");
        }
        if (each.has("status.allocation")) {
            states.add("allocated");
            if (!each.list("status.reservedFor").isEmpty()) {
                states.add("reserved");
            }
        } else if (!each.deleting()) {
            states.add("pending");
        }
        return String.join(",", states);
    }
}
