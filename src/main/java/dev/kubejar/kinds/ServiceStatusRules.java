package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;

/** Rules of a load balancer's status. */
final class ServiceStatusRules {
    private ServiceStatusRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        List<Obj> ingress = now.list("status.loadBalancer.ingress");
        String path = "status.loadBalancer.ingress";
        if (!ingress.isEmpty() && !now.text("spec.type").equals("LoadBalancer")) {
            problems.forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }
        for (int i = 0; i < ingress.size(); i++) {
            String at = path + "[" + i + "]";
            String ip = ingress.get(i).text("ip");
            String hostname = ingress.get(i).text("hostname");
            if (!ip.isEmpty()) {
                Addresses.check(problems, at + ".ip", ip);
            }
            boolean mode = ingress.get(i).has("ipMode");
            if (!mode && !ip.isEmpty()) {
                problems.required(at + ".ipMode", "must be specified when `ip` is set");
            } else if (mode && ip.isEmpty()) {
                problems.forbidden(at + ".ipMode", "may not be specified when `ip` is not set");
            } else if (mode) {
                Values.supported(problems, at + ".ipMode", ingress.get(i).text("ipMode"), "Proxy", "VIP");
            }
            if (!hostname.isEmpty()) {
                Values.named(problems, at + ".hostname", hostname, Names.subdomain(hostname));
                if (Addresses.parse(hostname, true) != null) {
                    problems.invalid(at + ".hostname", hostname, "must be a DNS name, not an IP address");
                }
            }
        }
    }
}
