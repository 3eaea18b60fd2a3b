package dev.kubejar.network;

import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of the cluster as its name server answers them (the DNS specification of Kubernetes): Services, headless ones by
 * their endpoints, endpoints by host name, pods by address, ExternalName as what it points to.
 */
final class Dns {
    private static final String DOMAIN = "cluster.local";
    private static final int MOST_HOPS = 8;

    private final Client client;

    Dns(Client client) {
        this.client = client;
    }

    /** Tries the search list of a pod in a namespace as resolv.conf has it ({@code ndots:5}), then the name itself. */
    List<String> resolve(String namespace, String name) {
        if (name.endsWith(".")) {
            return absolute(name.substring(0, name.length() - 1), MOST_HOPS);
        }
        List<String> candidates = new ArrayList<>();
        for (String search : new String[] {namespace + ".svc." + DOMAIN, "svc." + DOMAIN, DOMAIN}) {
            candidates.add(name + "." + search);
        }
        candidates.add(name.chars().filter(c -> c == '.').count() >= 5 ? 0 : candidates.size(), name);
        for (String candidate : candidates) {
            List<String> found = absolute(candidate, MOST_HOPS);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private List<String> absolute(String name, int hops) {
        if (!name.endsWith("." + DOMAIN) || hops == 0) {
            return List.of();
        }
        String[] labels = name.substring(0, name.length() - DOMAIN.length() - 1).split("\\.");
        int last = labels.length - 1;
        if (last < 2) {
            return List.of();
        }
        if (labels[last].equals("pod")) {
            return List.of(labels[0].replace('-', '.'));
        }
        if (!labels[last].equals("svc")) {
            return List.of();
        }
        String host = last == 3 ? labels[0] : "";
        return last > 3 ? List.of() : service(labels[last - 1], labels[last - 2], host, hops);
    }

    private List<String> service(String namespace, String name, String host, int hops) {
        Obj service = client.find(Resources.SERVICES, namespace, name).orElse(null);
        if (service == null) {
            return List.of();
        }
        if (service.text("spec.type").equals("ExternalName")) {
            return absolute(service.text("spec.externalName"), hops - 1);
        }
        boolean headless = service.text("spec.clusterIP").equals("None");
        if (!headless && host.isEmpty()) {
            return List.of(service.text("spec.clusterIP"));
        }
        List<String> addresses = new ArrayList<>();
        for (Obj slice : client.list(Resources.ENDPOINTSLICES, namespace, "kubernetes.io/service-name=" + name)) {
            for (Obj endpoint : slice.list("endpoints")) {
                boolean named = host.isEmpty()
                        || endpoint.text("hostname").equals(host)
                        || endpoint.texts("addresses").get(0).replace('.', '-').equals(host);
                if (named && endpoint.bool("conditions.ready", true)) {
                    addresses.addAll(endpoint.texts("addresses"));
                }
            }
        }
        return addresses;
    }
}
