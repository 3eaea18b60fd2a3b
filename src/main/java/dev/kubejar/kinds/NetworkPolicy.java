package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Related;
import java.util.ArrayList;
import java.util.List;

/** NetworkPolicy (networking.k8s.io/v1). */
final class NetworkPolicy {
    private static final String INDENT = "    ";

    private NetworkPolicy() {}

    static Kind build() {
        return KindTable.start("networking.k8s.io/v1", "NetworkPolicy")
                .nameColumn()
                .column("Pod-Selector", policy -> Cells.selector(policy.obj("spec.podSelector")))
                .ageColumn()
                .nameRule(Names::subdomain)
                .defaults(NetworkPolicy::defaults)
                .rule(NetworkPolicyRules::check)
                .describe(NetworkPolicy::describe)
                .build();
    }

    private static void defaults(Obj policy) {
        Obj spec = policy.child("spec");
        spec.child("podSelector");
        for (String list : List.of("ingress", "egress")) {
            for (Obj rule : spec.list(list)) {
                rule.list("ports").forEach(port -> port.orSet("protocol", "TCP"));
            }
        }
        if (spec.texts("policyTypes").isEmpty()) {
            List<String> types = new ArrayList<>(List.of("Ingress"));
            if (!spec.list("egress").isEmpty()) {
                types.add("Egress");
            }
            spec.setTexts("policyTypes", types);
        }
    }

    private static void describe(Obj policy, Describe out, Related related) {
        Parts.name(policy, out);
        String created =
                policy.text("metadata.creationTimestamp").replace('T', ' ').replace("Z", " +0000 UTC");
        out.field("Created on", created);
        Parts.metadata(policy, out);
        Obj spec = policy.obj("spec");
        out.line(0, "Spec:");
        String selector = Cells.selector(spec.obj("podSelector"));
        out.line(
                1,
                "PodSelector:     "
                        + (selector.equals("<none>")
                                ? "<none> (Allowing the specific traffic to all pods in this namespace)"
                                : selector));
        List<String> types = spec.texts("policyTypes");
        boolean egress = types.contains("Egress") || types.isEmpty() && spec.has("egress");
        rules(spec, "ingress", "From", "source", types.contains("Ingress") || types.isEmpty(), out);
        rules(spec, "egress", "To", "destination", egress, out);
        out.line(1, "Policy Types: " + (types.isEmpty() ? "<none>" : String.join(", ", types)));
    }

    private static void rules(Obj spec, String list, String word, String end, boolean enabled, Describe out) {
        if (!enabled) {
            out.line(1, "Not affecting " + list + " traffic");
            return;
        }
        out.line(1, "Allowing " + list + " traffic:");
        List<Obj> rules = spec.list(list);
        if (rules.isEmpty()) {
            out.line(0, INDENT + "<none> (Selected pods are isolated for " + list + " connectivity)");
        }
        for (int i = 0; i < rules.size(); i++) {
            out.line(
                    0,
                    i == 0
                            ? INDENT + ports(rules.get(i)).get(0)
                            : INDENT + ports(rules.get(i)).get(0));
            ports(rules.get(i)).stream().skip(1).forEach(port -> out.line(0, INDENT + port));
            peers(rules.get(i), word, end, out);
            if (i < rules.size() - 1) {
                out.line(0, INDENT + "----------");
            }
        }
    }

    private static List<String> ports(Obj rule) {
        List<String> lines = new ArrayList<>();
        for (Obj port : rule.list("ports")) {
            String number = port.has("port") ? port.text("port") : "<nil>";
            String protocol = Cells.orElse(port.text("protocol"), "TCP");
            lines.add(
                    port.has("endPort")
                            ? "To Port Range: " + number + "-" + port.text("endPort") + "/" + protocol
                            : "To Port: " + number + "/" + protocol);
        }
        return lines.isEmpty() ? List.of("To Port: <any> (traffic allowed to all ports)") : lines;
    }

    private static void peers(Obj rule, String word, String end, Describe out) {
        List<Obj> peers = rule.list(word.equals("From") ? "from" : "to");
        if (peers.isEmpty()) {
            out.line(0, INDENT + word + ": <any> (traffic not restricted by " + end + ")");
        }
        for (Obj peer : peers) {
            out.line(0, INDENT + word + ":");
            if (peer.has("namespaceSelector")) {
                out.line(1, INDENT + "NamespaceSelector: " + Cells.selector(peer.obj("namespaceSelector")));
            }
            if (peer.has("podSelector")) {
                out.line(1, INDENT + "PodSelector: " + Cells.selector(peer.obj("podSelector")));
            }
            if (peer.has("ipBlock") && !peer.has("podSelector") && !peer.has("namespaceSelector")) {
                out.line(1, INDENT + "IPBlock:");
                out.line(2, INDENT + "CIDR: " + peer.text("ipBlock.cidr"));
                out.line(2, INDENT + "Except: " + String.join(", ", peer.texts("ipBlock.except")));
            }
        }
    }
}
