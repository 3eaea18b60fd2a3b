package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.time.DateTimeException;
import java.util.List;

/** Rules of Endpoints. */
final class EndpointsRules {
    private static final String CHANGED = "endpoints.kubernetes.io/last-change-trigger-time";

    private EndpointsRules() {}

    static void check(Obj endpoints, Obj before, Problems problems) {
        if (endpoints.annotations().containsKey(CHANGED)) {
            time(problems, endpoints.annotation(CHANGED));
        }
        if (before == null || !Values.same(endpoints.at("subsets"), before.at("subsets"))) {
            List<Obj> subsets = endpoints.list("subsets");
            for (int i = 0; i < subsets.size(); i++) {
                subset(problems, "subsets[" + i + "]", subsets.get(i));
            }
        }
        if (!endpoints.label("endpoints.kubernetes.io/managed-by").equals("endpoint-controller")) {
            warnings(endpoints, problems);
        }
    }

    private static void time(Problems problems, String value) {
        try {
            dev.kubejar.object.Times.parse(value);
        } catch (DateTimeException e) {
            problems.invalid(
                    "annotations[" + CHANGED + "]",
                    value,
                    "parsing time " + Problems.quoted(value) + " as \"2006-01-02T15:04:05.999999999Z07:00\": cannot"
                            + " parse " + Problems.quoted(value) + " as \"2006\"");
        }
    }

    private static void subset(Problems problems, String path, Obj subset) {
        if (subset.list("addresses").isEmpty()
                && subset.list("notReadyAddresses").isEmpty()) {
            problems.required(path, "must specify `addresses` or `notReadyAddresses`");
        }
        for (String list : List.of("addresses", "notReadyAddresses")) {
            List<Obj> addresses = subset.list(list);
            for (int i = 0; i < addresses.size(); i++) {
                address(problems, path + "." + list + "[" + i + "]", addresses.get(i));
            }
        }
        List<Obj> ports = subset.list("ports");
        for (int i = 0; i < ports.size(); i++) {
            port(problems, path + ".ports[" + i + "]", ports.get(i), ports.size() > 1);
        }
    }

    private static void address(Problems problems, String path, Obj address) {
        Addresses.check(problems, path + ".ip", address.text("ip"));
        String hostname = address.text("hostname");
        if (!hostname.isEmpty()) {
            Values.named(problems, path + ".hostname", hostname, Names.label(hostname));
        }
        if (address.has("nodeName")) {
            String node = address.text("nodeName");
            Values.named(problems, path + ".nodeName", node, Names.subdomain(node));
        }
        endpointIp(problems, path + ".ip", address.text("ip"));
    }

    private static void port(Problems problems, String path, Obj port, boolean named) {
        String name = port.text("name");
        if (named && name.isEmpty()) {
            problems.required(path + ".name", "");
        } else if (!name.isEmpty()) {
            Values.named(problems, path + ".name", name, Names.label(name));
        }
        Values.port(problems, path + ".port", port.number("port"));
        Values.oneOf(problems, path + ".protocol", port.text("protocol"), "SCTP", "TCP", "UDP");
        if (port.has("appProtocol")) {
            String protocol = port.text("appProtocol");
            Values.named(problems, path + ".appProtocol", protocol, Names.qualified(protocol));
        }
    }

    /** An address that traffic may be sent to: of no special range. */
    static void endpointIp(Problems problems, String path, String text) {
        byte[] ip = Addresses.parse(text, true);
        if (ip == null) {
            problems.invalid(path, text, "must be a valid IP address");
            return;
        }
        boolean four = ip.length == 4;
        boolean zero = true;
        for (int i = 0; i < ip.length - 1; i++) {
            zero &= ip[i] == 0;
        }
        int last = ip[ip.length - 1];
        if (zero && last == 0) {
            problems.invalid(path, text, "may not be unspecified (" + text + ")");
        }
        if (four ? ip[0] == 127 : zero && last == 1) {
            problems.invalid(path, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (four ? (ip[0] & 0xFF) == 169 && (ip[1] & 0xFF) == 254 : ip[0] == (byte) 0xFE && (ip[1] & 0xC0) == 0x80) {
            problems.invalid(path, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        boolean localMulticast =
                four ? (ip[0] & 0xFF) == 224 && ip[1] == 0 && ip[2] == 0 : ip[0] == (byte) 0xFF && (ip[1] & 0x0F) == 2;
        if (localMulticast) {
            problems.invalid(path, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    private static void warnings(Obj endpoints, Problems problems) {
        List<Obj> subsets = endpoints.list("subsets");
        for (int i = 0; i < subsets.size(); i++) {
            for (String list : List.of("addresses", "notReadyAddresses")) {
                List<Obj> addresses = subsets.get(i).list(list);
                for (int j = 0; j < addresses.size(); j++) {
                    String path = "subsets[" + i + "]." + list + "[" + j + "].ip";
                    String warning = Addresses.warning(path, addresses.get(j).text("ip"));
                    if (warning != null) {
                        problems.warn(warning);
                    }
                }
            }
        }
    }
}
