package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.util.List;

/** Describes what nodes and drivers say of storage. */
final class StorageDescriptions {
    private StorageDescriptions() {}

    static void node(Obj node, Describe out, Related related) {
        out.field("Name", node.name());
        Parts.metadata(node, out);
        out.field("CreationTimestamp", Parts.time(node, "metadata.creationTimestamp"));
        out.line(0, "Spec:");
        List<Obj> drivers = node.list("spec.drivers");
        if (!drivers.isEmpty()) {
            out.line(1, "Drivers:");
        }
        for (Obj driver : drivers) {
            out.line(2, driver.text("name") + ":");
            out.field(3, "Node ID", driver.text("nodeID"));
            if (driver.has("allocatable.count")) {
                out.line(3, "Allocatables:");
                out.field(4, "Count", driver.text("allocatable.count"));
            }
            if (driver.has("topologyKeys")) {
                out.field(3, "Topology Keys", Parts.slice(driver.texts("topologyKeys")));
            }
        }
        Parts.events(node, out, related);
    }

    static void attributesClass(Obj attributes, Describe out, Related related) {
        out.field("Name", attributes.name());
        out.field("Annotations", Cells.labels(attributes.annotations()));
        out.field("DriverName", attributes.text("driverName"));
        out.field("Parameters", Cells.labels(attributes.map("parameters")));
        Parts.events(attributes, out, related);
    }
}
