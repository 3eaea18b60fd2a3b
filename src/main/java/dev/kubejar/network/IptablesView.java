package dev.kubejar.network;

import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What {@code iptables-save} prints of kube-proxy's rules: pkg/proxy/iptables. */
final class IptablesView {
    private static final String PODS = "10.244.0.0/16";
    private static final int FIRST_PORTAL = 40_000;

    private final String node;
    private final TreeMap<String, List<String>> nat = new TreeMap<>();
    private final TreeMap<String, List<String>> filter = new TreeMap<>();

    IptablesView(List<ServiceRules.Port> ports, String node, String mode) {
        this.node = node;
        base(mode);
        int portal = FIRST_PORTAL;
        for (ServiceRules.Port port : ports) {
            if (mode.equals("userspace")) {
                portal(port, portal++);
            } else if (mode.isEmpty() || mode.equals("iptables")) {
                service(port);
            }
        }
        if (nat.containsKey("KUBE-SERVICES")) {
            add(
                    nat,
                    "KUBE-SERVICES",
                    "-m comment --comment \"kubernetes service nodeports; NOTE: this must be the last rule in this chain\""
                            + " -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS");
        }
    }

    private void base(String mode) {
        for (String chain : new String[] {"INPUT", "OUTPUT", "POSTROUTING", "PREROUTING"}) {
            nat.put(chain, new ArrayList<>());
        }
        for (String chain : new String[] {"FORWARD", "INPUT", "OUTPUT"}) {
            filter.put(chain, new ArrayList<>());
        }
        if (mode.equals("userspace")) {
            add(
                    nat,
                    "PREROUTING",
                    comment("handle ClusterIPs; NOTE: this must be before the NodePort rules")
                            + "-j KUBE-PORTALS-CONTAINER");
            add(
                    nat,
                    "OUTPUT",
                    comment("handle ClusterIPs; NOTE: this must be before the NodePort rules")
                            + "-j KUBE-PORTALS-HOST");
            nat.put("KUBE-PORTALS-CONTAINER", new ArrayList<>());
            nat.put("KUBE-PORTALS-HOST", new ArrayList<>());
            return;
        }
        add(nat, "PREROUTING", comment("kubernetes service portals") + "-j KUBE-SERVICES");
        add(nat, "OUTPUT", comment("kubernetes service portals") + "-j KUBE-SERVICES");
        add(nat, "POSTROUTING", comment("kubernetes postrouting rules") + "-j KUBE-POSTROUTING");
        add(nat, "KUBE-MARK-MASQ", "-j MARK --set-xmark 0x4000/0x4000");
        nat.put("KUBE-NODEPORTS", new ArrayList<>());
        add(nat, "KUBE-POSTROUTING", "-m mark ! --mark 0x4000/0x4000 -j RETURN");
        add(nat, "KUBE-POSTROUTING", "-j MARK --set-xmark 0x4000/0x0");
        add(
                nat,
                "KUBE-POSTROUTING",
                comment("kubernetes service traffic requiring SNAT") + "-j MASQUERADE --random-fully");
        nat.put("KUBE-SERVICES", new ArrayList<>());
        add(filter, "FORWARD", comment("kubernetes forwarding rules") + "-j KUBE-FORWARD");
        add(filter, "KUBE-FORWARD", comment("kubernetes forwarding rules") + "-m mark --mark 0x4000/0x4000 -j ACCEPT");
        filter.put("KUBE-SERVICES", new ArrayList<>());
    }

    private static void add(TreeMap<String, List<String>> table, String chain, String rule) {
        table.computeIfAbsent(chain, key -> new ArrayList<>()).add(rule);
    }

    private static String comment(String text) {
        return "-m comment --comment \"" + text + "\" ";
    }

    private void service(ServiceRules.Port port) {
        String name = ChainNames.port(port);
        String protocol = ChainNames.protocol(port);
        String hash = ChainNames.hash(name + protocol, 16);
        String match = "-p " + protocol + " ";
        String dport = "-m " + protocol + " --dport " + port.port().number("port") + " ";
        List<String> outside = port.service0().texts("outside");
        boolean external = !outside.isEmpty() || port.port().number("nodePort") > 0;
        if (port.backends().isEmpty()) {
            for (String ip : port.service0().texts("ips")) {
                add(
                        filter,
                        "KUBE-SERVICES",
                        "-d " + ip + "/32 " + match + comment(name + " has no endpoints") + dport
                                + "-j REJECT --reject-with icmp-port-unreachable");
            }
            return;
        }
        for (String ip : port.service0().texts("ips")) {
            boolean cluster = !outside.contains(ip);
            String what = comment(name + (cluster ? " cluster IP" : " loadbalancer IP"));
            String target = cluster ? port.service0().bool("internalLocal") ? "KUBE-SVL-" : "KUBE-SVC-" : "KUBE-EXT-";
            add(nat, "KUBE-SERVICES", "-d " + ip + "/32 " + match + what + dport + "-j " + target + hash);
            if (cluster) {
                add(
                        nat,
                        "KUBE-SVC-" + hash,
                        "! -s " + PODS + " -d " + ip + "/32 " + match + what + dport + "-j KUBE-MARK-MASQ");
            }
        }
        if (external) {
            external(port, name, hash, match);
        }
        balance(port, name, "KUBE-SVC-" + hash, port.backends());
        boolean local = port.service0().bool("internalLocal")
                || external && port.service0().bool("externalLocal");
        if (local) {
            balance(
                    port,
                    name,
                    "KUBE-SVL-" + hash,
                    port.backends().stream()
                            .filter(each -> each.text("node").equals(node))
                            .toList());
        }
    }

    private void external(ServiceRules.Port port, String name, String hash, String match) {
        String chain = "KUBE-EXT-" + hash;
        long nodePort = port.port().number("nodePort");
        if (nodePort > 0) {
            String dport = "-m " + ChainNames.protocol(port) + " --dport " + nodePort + " ";
            add(
                    nat,
                    "KUBE-NODEPORTS",
                    "-d 127.0.0.0/8 " + match + comment(name) + dport
                            + "-m nfacct --nfacct-name  localhost_nps_accepted_pkts -j " + chain);
            add(nat, "KUBE-NODEPORTS", match + comment(name) + dport + "-j " + chain);
        }
        String where = " traffic for " + name + " external destinations";
        if (!port.service0().bool("externalLocal")) {
            add(nat, chain, comment("masquerade" + where) + "-j KUBE-MARK-MASQ");
            add(nat, chain, "-j KUBE-SVC-" + hash);
            return;
        }
        add(nat, chain, "-s " + PODS + " " + comment("pod" + where) + "-j KUBE-SVC-" + hash);
        add(nat, chain, comment("masquerade LOCAL" + where) + "-m addrtype --src-type LOCAL -j KUBE-MARK-MASQ");
        add(nat, chain, comment("route LOCAL" + where) + "-m addrtype --src-type LOCAL -j KUBE-SVC-" + hash);
        add(nat, chain, "-j KUBE-SVL-" + hash);
    }

    private void balance(ServiceRules.Port port, String name, String chain, List<Obj> backends) {
        String protocol = ChainNames.protocol(port);
        if (backends.isEmpty()) {
            add(nat, chain, comment(name + " has no local endpoints") + "-j KUBE-MARK-DROP");
        }
        long affinity = port.affinity();
        for (Obj each : affinity > 0 ? backends : List.<Obj>of()) {
            String sep = endpoint(name, protocol, each);
            add(
                    nat,
                    chain,
                    comment(name + " -> " + address(each)) + "-m recent --rcheck --seconds " + affinity
                            + " --reap --name " + sep + " --mask 255.255.255.255 --rsource -j " + sep);
        }
        for (int i = 0; i < backends.size(); i++) {
            Obj each = backends.get(i);
            String sep = endpoint(name, protocol, each);
            int left = backends.size() - i;
            String chance = left == 1 ? "" : "-m statistic --mode random --probability " + fraction(left) + " ";
            add(nat, chain, comment(name + " -> " + address(each)) + chance + "-j " + sep);
            if (!nat.containsKey(sep)) {
                add(nat, sep, "-s " + each.text("ip") + "/32 " + comment(name) + "-j KUBE-MARK-MASQ");
                String recent =
                        affinity > 0 ? "-m recent --set --name " + sep + " --mask 255.255.255.255 --rsource " : "";
                add(
                        nat,
                        sep,
                        "-p " + protocol + " " + comment(name) + recent + "-m " + protocol
                                + " -j DNAT --to-destination " + address(each));
            }
        }
    }

    private static String fraction(int of) {
        return String.format(Locale.ROOT, "%.11f", 1.0 / of);
    }

    private static String endpoint(String name, String protocol, Obj backend) {
        return "KUBE-SEP-" + ChainNames.hash(name + protocol + address(backend), 16);
    }

    static String address(Obj backend) {
        return backend.text("ip") + ":" + backend.number("port");
    }

    /** A Service in the userspace mode: its address leads to a port that the proxy itself listens on. */
    private void portal(ServiceRules.Port port, int own) {
        String protocol = ChainNames.protocol(port);
        for (String ip : port.service0().texts("ips")) {
            String head = "-d " + ip + "/32 -p " + protocol + " " + comment(ChainNames.port(port)) + "-m " + protocol
                    + " --dport " + port.port().number("port") + " -j ";
            add(nat, "KUBE-PORTALS-CONTAINER", head + "REDIRECT --to-ports " + own);
            add(nat, "KUBE-PORTALS-HOST", head + "DNAT --to-destination 172.18.0.2:" + own);
        }
    }

    /** {@code iptables-save}, of one table or of both. */
    String saved(String table) {
        StringBuilder out = new StringBuilder();
        if (table.isEmpty() || table.equals("filter")) {
            save("filter", filter, out);
        }
        if (table.isEmpty() || table.equals("nat")) {
            save("nat", nat, out);
        }
        return out.toString();
    }

    private static void save(String name, TreeMap<String, List<String>> table, StringBuilder out) {
        out.append('*').append(name).append('\n');
        table.keySet().forEach(chain -> out.append(':')
                .append(chain)
                .append(chain.startsWith("KUBE-") ? " - [0:0]\n" : " ACCEPT [0:0]\n"));
        table.forEach((chain, rules) -> rules.forEach(
                rule -> out.append("-A ").append(chain).append(' ').append(rule).append('\n')));
        out.append("COMMIT\n");
    }

    /** {@code iptables -S} or {@code iptables -L -n}, of one chain or of all. */
    String listed(String name, String wanted, boolean rulesOnly) {
        TreeMap<String, List<String>> table = name.equals("nat") ? nat : filter;
        if (!wanted.isEmpty() && !table.containsKey(wanted)) {
            return "iptables: No chain/target/match by that name.\n";
        }
        StringBuilder out = new StringBuilder();
        table.forEach((chain, rules) -> {
            if (!wanted.isEmpty() && !chain.equals(wanted)) {
                return;
            }
            boolean own = chain.startsWith("KUBE-");
            if (rulesOnly) {
                out.append(own ? "-N " : "-P ").append(chain).append(own ? "\n" : " ACCEPT\n");
                rules.forEach(rule ->
                        out.append("-A ").append(chain).append(' ').append(rule).append('\n'));
                return;
            }
            out.append(out.length() == 0 ? "" : "\n")
                    .append("Chain ")
                    .append(chain)
                    .append(own ? " (" + references(table, chain) + " references)" : " (policy ACCEPT)")
                    .append("\ntarget     prot opt source               destination         \n");
            rules.forEach(rule -> out.append(line(rule)).append('\n'));
        });
        return out.toString();
    }

    private static long references(TreeMap<String, List<String>> table, String chain) {
        return table.values().stream()
                .flatMap(List::stream)
                .filter(rule -> rule.contains("-j " + chain) && (rule + " ").contains("-j " + chain + " "))
                .count();
    }

    private static String line(String rule) {
        String target = word(rule, "-j ");
        String source = word(rule, "-s ");
        String destination = word(rule, "-d ");
        String protocol = word(rule, "-p ");
        boolean not = rule.startsWith("! -s");
        String text = "";
        int quote = rule.indexOf("--comment ");
        if (quote >= 0) {
            String rest = rule.substring(quote + 10);
            text = rest.startsWith("\"")
                    ? rest.substring(1, rest.indexOf('"', 1))
                    : rest.substring(0, rest.indexOf(' '));
        }
        String more = (text.isEmpty() ? "" : " /* " + text + " */")
                + (rule.contains("--dport ") ? " " + protocol + " dpt:" + word(rule, "--dport ") : "")
                + (rule.contains("--probability ")
                        ? " statistic mode random probability " + word(rule, "--probability ")
                        : "")
                + (rule.contains("--to-destination ") ? " " + protocol + " to:" + word(rule, "--to-destination ") : "");
        return pad(target, 10) + " " + pad(protocol.isEmpty() ? "all" : protocol, 4) + " --  "
                + pad((not ? "!" : "") + place(source), 20) + " " + pad(place(destination), 20) + more;
    }

    private static String place(String network) {
        return network.isEmpty() ? "0.0.0.0/0" : network.replace("/32", "");
    }

    private static String word(String rule, String after) {
        int at = rule.indexOf(after);
        if (at < 0) {
            return "";
        }
        String rest = rule.substring(at + after.length());
        int end = rest.indexOf(' ');
        return end < 0 ? rest : rest.substring(0, end);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
