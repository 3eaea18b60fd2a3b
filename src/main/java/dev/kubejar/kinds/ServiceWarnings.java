package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.List;

/** What the server warns of in a Service that it accepts. */
final class ServiceWarnings {
    private ServiceWarnings() {}

    static void warn(Obj service, Obj before, Problems problems) {
        if (service.annotations().containsKey("service.kubernetes.io/topology-aware-hints")) {
            problems.warn("annotation service.kubernetes.io/topology-aware-hints is deprecated, please use"
                    + " service.kubernetes.io/topology-mode instead");
        }
        Obj spec = service.obj("spec");
        String type = spec.text("type");
        boolean headless = type.equals("ClusterIP") && spec.text("clusterIP").equals("None");
        boolean external = !spec.texts("externalIPs").isEmpty();
        addresses(service, "clusterIPs", problems);
        if (headless) {
            if (!spec.text("loadBalancerIP").isEmpty()) {
                problems.warn("spec.loadBalancerIP is ignored for headless services");
            }
            if (external) {
                problems.warn("spec.externalIPs is ignored for headless services");
            }
            if (!spec.text("sessionAffinity").equals("None")) {
                problems.warn("spec.SessionAffinity is ignored for headless services");
            }
        }
        addresses(service, "externalIPs", problems);
        if (external && !headless && !type.equals("ExternalName")) {
            problems.warn("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
        }
        if (!spec.text("loadBalancerIP").isEmpty()) {
            warn("spec.loadBalancerIP", spec.text("loadBalancerIP"), problems);
        }
        if (type.equals("ExternalName") && external) {
            problems.warn("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        }
        if (!type.equals("ExternalName") && !spec.text("externalName").isEmpty()) {
            problems.warn("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        }
        if (spec.text("trafficDistribution").equals("PreferClose")) {
            problems.warn("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
        }
    }

    private static void addresses(Obj service, String field, Problems problems) {
        List<String> addresses = service.texts("spec." + field);
        for (int i = 0; i < addresses.size(); i++) {
            if (!addresses.get(i).equals("None")) {
                warn("spec." + field + "[" + i + "]", addresses.get(i), problems);
            }
        }
    }

    private static void warn(String path, String address, Problems problems) {
        String warning = Addresses.warning(path, address);
        if (warning != null) {
            problems.warn(warning);
        }
    }
}
