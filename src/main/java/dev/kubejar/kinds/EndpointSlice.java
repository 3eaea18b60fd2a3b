package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.ArrayList;
import java.util.List;

/** EndpointSlice (discovery.k8s.io/v1). */
final class EndpointSlice {
    private EndpointSlice() {}

    static Kind build() {
        return KindTable.start("discovery.k8s.io/v1", "EndpointSlice")
                .nameColumn()
                .column("AddressType", slice -> slice.text("addressType"))
                .column("Ports", EndpointSlice::ports)
                .column("Endpoints", EndpointSlice::endpoints)
                .ageColumn()
                .nameRule(Names::subdomain)
                .defaults(EndpointSlice::defaults)
                .prepareCreate(
                        slice -> slice.list("endpoints").forEach(endpoint -> endpoint.remove("deprecatedTopology")))
                .rule(EndpointSliceRules::check)
                .describe(EndpointsDescription::slice)
                .build();
    }

    private static String ports(Obj slice) {
        List<String> ports = new ArrayList<>();
        for (Obj port : slice.list("ports")) {
            ports.add(port.has("port") ? port.text("port") : port.has("name") ? port.text("name") : "*");
        }
        return Cells.few(ports);
    }

    private static String endpoints(Obj slice) {
        List<String> addresses = new ArrayList<>();
        slice.list("endpoints").forEach(endpoint -> addresses.addAll(endpoint.texts("addresses")));
        return Cells.few(addresses);
    }

    private static void defaults(Obj slice) {
        for (Obj port : slice.list("ports")) {
            port.orSet("name", "");
            port.orSet("protocol", "TCP");
        }
        for (String list : List.of("endpoints", "ports")) {
            if (!slice.has(list)) {
                slice.set(list, NullNode.getInstance());
            }
        }
    }
}
