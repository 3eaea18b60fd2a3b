package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.util.ArrayList;
import java.util.List;

/** What {@code kubectl describe} tells of Endpoints and EndpointSlices. */
final class EndpointsDescription {
    private EndpointsDescription() {}

    static void write(Obj endpoints, Describe out, Related related) {
        Parts.name(endpoints, out);
        Parts.metadata(endpoints, out);
        out.line(0, "Subsets:");
        for (Obj subset : endpoints.list("subsets")) {
            out.field(1, "Addresses", addresses(subset.list("addresses")));
            out.field(1, "NotReadyAddresses", addresses(subset.list("notReadyAddresses")));
            if (!subset.list("ports").isEmpty()) {
                out.line(1, "Ports:");
                out.line(2, "Name\tPort\tProtocol");
                out.line(2, "----\t----\t--------");
                for (Obj port : subset.list("ports")) {
                    out.line(
                            2,
                            Cells.orElse(port.text("name"), "<unset>") + "\t" + port.number("port") + "\t"
                                    + port.text("protocol"));
                }
            }
            out.line(0, "");
        }
        Parts.events(endpoints, out, related);
    }

    private static String addresses(List<Obj> addresses) {
        List<String> texts = new ArrayList<>();
        addresses.forEach(address -> texts.add(address.text("ip")));
        return Cells.orElse(String.join(",", texts), "<none>");
    }

    static void slice(Obj slice, Describe out, Related related) {
        Parts.name(slice, out);
        Parts.metadata(slice, out);
        out.field("AddressType", slice.text("addressType"));
        if (slice.list("ports").isEmpty()) {
            out.line(0, "Ports: <unset>");
        } else {
            out.line(0, "Ports:");
            out.line(1, "Name\tPort\tProtocol");
            out.line(1, "----\t----\t--------");
            for (Obj port : slice.list("ports")) {
                out.line(
                        1,
                        Cells.orElse(port.text("name"), "<unset>") + "\t" + port.text("port", "<unset>") + "\t"
                                + port.text("protocol"));
            }
        }
        if (slice.list("endpoints").isEmpty()) {
            out.line(0, "Endpoints: <none>");
        } else {
            out.line(0, "Endpoints:");
            slice.list("endpoints").forEach(endpoint -> endpoint(endpoint, out));
        }
        Parts.events(slice, out, related);
    }

    private static void endpoint(Obj endpoint, Describe out) {
        out.field(1, "- Addresses", Cells.orElse(String.join(", ", endpoint.texts("addresses")), "<none>"));
        out.line(2, "Conditions:");
        out.field(3, "Ready", endpoint.text("conditions.ready", "<unset>"));
        out.field(2, "Hostname", endpoint.text("hostname", "<unset>"));
        if (endpoint.has("targetRef")) {
            out.field(2, "TargetRef", endpoint.text("targetRef.kind") + "/" + endpoint.text("targetRef.name"));
        }
        out.field(2, "NodeName", endpoint.text("nodeName", "<unset>"));
        out.field(2, "Zone", endpoint.text("zone", "<unset>"));
    }
}
