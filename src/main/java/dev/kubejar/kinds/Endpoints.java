package dev.kubejar.kinds;

import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.util.ArrayList;
import java.util.List;

/** Endpoints (v1), deprecated in favour of EndpointSlice. */
final class Endpoints {
    private Endpoints() {}

    static Kind build() {
        return KindTable.start("v1", "Endpoints")
                .nameColumn()
                .column("Endpoints", endpoints -> shown(endpoints, null))
                .ageColumn()
                .deprecated("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice")
                .nameRule(Names::subdomain)
                .defaults(Endpoints::defaults)
                .rule(EndpointsRules::check)
                .createOnUpdate()
                .describe(EndpointsDescription::write)
                .build();
    }

    /** At most three addresses with their ports; of the port of that name alone, or of all where it is null. */
    static String shown(Obj endpoints, String portName) {
        List<Obj> subsets = endpoints.list("subsets");
        if (subsets.isEmpty()) {
            return "<none>";
        }
        List<String> all = new ArrayList<>();
        for (Obj subset : subsets) {
            List<Obj> ports = subset.list("ports");
            for (Obj address : ports.isEmpty() ? subset.list("addresses") : List.<Obj>of()) {
                all.add(address.text("ip"));
            }
            for (Obj port : ports) {
                if (portName == null || port.text("name").equals(portName)) {
                    for (Obj address : subset.list("addresses")) {
                        all.add(hostPort(address.text("ip"), port.number("port")));
                    }
                }
            }
        }
        int shown = Math.min(3, all.size());
        String text = String.join(",", all.subList(0, shown));
        return all.size() > shown ? text + " + " + (all.size() - shown) + " more..." : text;
    }

    /** An address with its port; IPv6 in brackets. */
    static String hostPort(String host, long port) {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    private static void defaults(Obj endpoints) {
        for (Obj subset : endpoints.list("subsets")) {
            for (Obj port : subset.list("ports")) {
                if (port.text("protocol").isEmpty()) {
                    port.set("protocol", "TCP");
                }
            }
        }
    }
}
