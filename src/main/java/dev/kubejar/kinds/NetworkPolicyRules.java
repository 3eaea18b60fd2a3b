package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.kinds.rules.Selectors;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of NetworkPolicy. */
final class NetworkPolicyRules {
    private NetworkPolicyRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        Set<String> known = before == null ? Set.of() : ranges(before);
        Selectors.check(problems, "spec.podSelector", spec.obj("podSelector"));
        for (String direction : List.of("ingress", "egress")) {
            List<Obj> rules = spec.list(direction);
            for (int i = 0; i < rules.size(); i++) {
                String path = "spec." + direction + "[" + i + "]";
                List<Obj> ports = rules.get(i).list("ports");
                for (int j = 0; j < ports.size(); j++) {
                    port(problems, path + ".ports[" + j + "]", ports.get(j));
                }
                String field = peers(direction);
                List<Obj> peers = rules.get(i).list(field);
                for (int j = 0; j < peers.size(); j++) {
                    peer(problems, path + "." + field + "[" + j + "]", peers.get(j), known);
                }
            }
        }
        List<String> types = spec.texts("policyTypes");
        if (types.size() > 2) {
            problems.invalid("spec.policyTypes", spec.at("policyTypes"), "may not specify more than two policyTypes");
            return;
        }
        for (int i = 0; i < types.size(); i++) {
            Values.supported(problems, "spec.policyTypes[" + i + "]", types.get(i), "Ingress", "Egress");
        }
    }

    private static String peers(String direction) {
        return direction.equals("ingress") ? "from" : "to";
    }

    private static Set<String> ranges(Obj policy) {
        Set<String> ranges = new HashSet<>();
        for (String direction : List.of("ingress", "egress")) {
            for (Obj rule : policy.list("spec." + direction)) {
                for (Obj peer : rule.list(peers(direction))) {
                    ranges.add(peer.text("ipBlock.cidr"));
                    ranges.addAll(peer.texts("ipBlock.except"));
                }
            }
        }
        return ranges;
    }

    private static void port(Problems problems, String path, Obj port) {
        if (port.has("protocol")) {
            Values.supported(problems, path + ".protocol", port.text("protocol"), "TCP", "UDP", "SCTP");
        }
        long end = port.number("endPort");
        if (!port.has("port")) {
            if (port.has("endPort")) {
                problems.invalid(path + ".endPort", end, "may not be specified when `port` is not specified");
            }
        } else if (port.at("port").isTextual()) {
            if (port.has("endPort")) {
                problems.invalid(path + ".endPort", end, "may not be specified when `port` is non-numeric");
            }
            Values.portOrName(problems, path + ".port", port.at("port"));
        } else {
            Values.port(problems, path + ".port", port.number("port"));
            if (port.has("endPort")) {
                if (end < port.number("port")) {
                    problems.invalid(path + ".endPort", port.number("port"), "must be greater than or equal to `port`");
                }
                Values.port(problems, path + ".endPort", end);
            }
        }
    }

    private static void peer(Problems problems, String path, Obj peer, Set<String> known) {
        int peers = 0;
        for (String field : List.of("podSelector", "namespaceSelector")) {
            if (peer.has(field)) {
                peers++;
                Selectors.check(problems, path + "." + field, peer.obj(field));
            }
        }
        if (peer.has("ipBlock")) {
            peers++;
            block(problems, path + ".ipBlock", peer.obj("ipBlock"), known);
        }
        if (peers == 0) {
            problems.required(path, "must specify a peer");
        } else if (peers > 1 && peer.has("ipBlock")) {
            problems.forbidden(path, "may not specify both ipBlock and another peer");
        }
    }

    private static void block(Problems problems, String path, Obj block, Set<String> known) {
        String range = block.text("cidr");
        if (range.isEmpty()) {
            problems.required(path + ".cidr", "");
            return;
        }
        if (!range(problems, path + ".cidr", range, known)) {
            return;
        }
        List<String> except = block.texts("except");
        for (int i = 0; i < except.size(); i++) {
            String at = path + ".except[" + i + "]";
            if (range(problems, at, except.get(i), known) && !within(range, except.get(i))) {
                problems.invalid(at, except.get(i), "must be a strict subset of `cidr`");
            }
        }
    }

    private static boolean range(Problems problems, String path, String range, Set<String> known) {
        return Addresses.range(known.contains(range) ? new Problems() : problems, path, range);
    }

    private static boolean within(String outer, String inner) {
        int bits = Integer.parseInt(outer.substring(outer.indexOf('/') + 1));
        byte[] from = Addresses.parse(outer.substring(0, outer.indexOf('/')), true);
        byte[] to = Addresses.parse(inner.substring(0, inner.indexOf('/')), true);
        return bits < Integer.parseInt(inner.substring(inner.indexOf('/') + 1))
                && from.length == to.length
                && Arrays.equals(Addresses.masked(from, bits), Addresses.masked(to, bits));
    }
}
