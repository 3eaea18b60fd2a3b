package dev.kubejar.network;

import dev.kubejar.client.Client;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Routing.Answer;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Names of the cluster as CoreDNS answers them (the DNS specification of Kubernetes): Services, headless ones by their
 * endpoints, endpoints by host name, named ports, pods by address, ExternalName as what it points to; as its Corefile has
 * it, with further zones and hosts.
 */
final class Dns {
    private static final int MOST_HOPS = 8;

    private final Client client;
    private Corefile corefile = Corefile.STANDARD;

    Dns(Client client) {
        this.client = client;
    }

    /** What stands under a full name, written without the last dot. */
    Answer answer(String asked, String type) {
        corefile = client.find(Resources.CONFIGMAPS, "kube-system", "coredns")
                .map(map -> Corefile.parse(map.obj("data").text("Corefile")))
                .orElse(Corefile.STANDARD);
        String name = asked.toLowerCase(java.util.Locale.ROOT);
        return absolute(corefile.rewritten(name), type, MOST_HOPS);
    }

    private Answer absolute(String name, String type, int hops) {
        List<String> fixed = corefile.hosts(name);
        if (!fixed.isEmpty()) {
            return type.equals("A") ? found(name, fixed) : nodata(name);
        }
        if (name.endsWith(".in-addr.arpa")) {
            return type.equals("PTR") ? reverse(name) : nodata(name);
        }
        String zone = corefile.zone(name);
        if (zone == null || hops == 0) {
            return missing(name);
        }
        if (name.length() == zone.length()) {
            return nodata(name);
        }
        String[] labels = name.substring(0, name.length() - zone.length() - 1).split("\\.");
        int last = labels.length - 1;
        return switch (labels[last]) {
            case "pod" -> pod(name, labels, type);
            case "svc" -> service(name, zone, labels, type, hops);
            default -> missing(name);
        };
    }

    private static Answer found(String name, List<String> records) {
        return records.isEmpty() ? nodata(name) : new Answer("found", name, records);
    }

    private static Answer nodata(String name) {
        return new Answer("nodata", name, List.of());
    }

    private static Answer missing(String name) {
        return new Answer("nxdomain", name, List.of());
    }

    private boolean namespace(String name) {
        return client.find(Resources.NAMESPACES, "", name).isPresent();
    }

    /** {@code 10-244-1-7.default.pod}: the plugin's mode insecure answers for any address in a namespace that exists. */
    private Answer pod(String name, String[] labels, String type) {
        if (labels.length <= 2) {
            return labels.length == 1 || namespace(labels[0]) ? nodata(name) : missing(name);
        }
        boolean address =
                labels.length == 3 && labels[0].chars().filter(c -> c == '-').count() == 3;
        if (!address || !namespace(labels[1])) {
            return missing(name);
        }
        return type.equals("A") ? found(name, List.of(labels[0].replace('-', '.'))) : nodata(name);
    }

    private Answer service(String name, String zone, String[] labels, String type, int hops) {
        int last = labels.length - 1;
        if (last < 2) {
            return last == 0 || namespace(labels[0]) ? nodata(name) : missing(name);
        }
        Obj service = client.find(Resources.SERVICES, labels[last - 1], labels[last - 2])
                .orElse(null);
        if (service == null) {
            return missing(name);
        }
        if (service.text("spec.type").equals("ExternalName")) {
            return last > 2 ? missing(name) : alias(service.text("spec.externalName"), type, hops);
        }
        if (last == 4 && labels[0].startsWith("_") && labels[1].startsWith("_")) {
            return ports(name, zone, service, labels[0].substring(1), labels[1].substring(1), type);
        }
        boolean headless = service.text("spec.clusterIP").equals("None");
        if (last > 3 || last == 3 && !headless) {
            return missing(name);
        }
        if (!headless) {
            return type.equals("A")
                    ? found(name, List.of(service.text("spec.clusterIP")))
                    : plainPorts(name, zone, service, type);
        }
        List<Obj> endpoints = endpoints(service, last == 3 ? labels[0] : "");
        if (endpoints.isEmpty()) {
            return missing(name);
        }
        List<String> addresses = new ArrayList<>();
        endpoints.forEach(endpoint -> addresses.addAll(endpoint.texts("addresses")));
        return type.equals("A") ? found(name, addresses) : plainPorts(name, zone, service, type);
    }

    private Answer alias(String target, String type, int hops) {
        if (type.equals("CNAME")) {
            return found(target, List.of(target));
        }
        Answer answer = absolute(target, type, hops - 1);
        return answer.status().equals("nxdomain") ? nodata(answer.name()) : answer;
    }

    private Answer plainPorts(String name, String zone, Obj service, String type) {
        return type.equals("SRV") ? ports(name, zone, service, "", "", type) : nodata(name);
    }

    /** The SRV records of a Service's ports with this name and protocol; empty ones stand for any. */
    private Answer ports(String name, String zone, Obj service, String wanted, String protocol, String type) {
        List<Obj> ports = service.list("spec.ports").stream()
                .filter(port -> wanted.isEmpty()
                        || port.text("name").equals(wanted)
                                && port.text("protocol", "TCP").equalsIgnoreCase(protocol))
                .toList();
        if (ports.isEmpty()) {
            return missing(name);
        }
        String domain = service.name() + "." + service.namespace() + ".svc." + zone + ".";
        boolean headless = service.text("spec.clusterIP").equals("None");
        List<String> records = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        List<Obj> endpoints = headless ? endpoints(service, "") : List.of();
        int weight = 100 / Math.max(1, (headless ? endpoints.size() : 1) * ports.size());
        for (Obj port : ports) {
            if (!headless) {
                records.add("0 " + weight + " " + port.number("port") + " " + domain);
                addresses.add(service.text("spec.clusterIP"));
            }
            for (Obj endpoint : endpoints) {
                long number = endpoint.number("ports." + port.text("name", "-"), port.number("port"));
                records.add("0 " + weight + " " + number + " " + host(endpoint) + "." + domain);
                addresses.addAll(endpoint.texts("addresses"));
            }
        }
        return switch (type) {
            case "SRV" -> found(name, records);
            case "A" -> found(name, addresses);
            default -> nodata(name);
        };
    }

    private static String host(Obj endpoint) {
        return endpoint.text("hostname", endpoint.texts("addresses").get(0).replace('.', '-'));
    }

    /** The ready endpoints of a Service, or those of one host name; each with its ports' numbers by name. */
    private List<Obj> endpoints(Obj service, String host) {
        List<Obj> found = new ArrayList<>();
        String selector = "kubernetes.io/service-name=" + service.name();
        for (Obj slice : client.list(Resources.ENDPOINTSLICES, service.namespace(), selector)) {
            for (Obj endpoint : slice.list("endpoints")) {
                boolean named = host.isEmpty() || host(endpoint).equals(host);
                if (named && endpoint.bool("conditions.ready", true)) {
                    Obj each = endpoint.copy();
                    for (Obj port : slice.list("ports")) {
                        each.set("ports." + port.text("name", "-"), port.number("port"));
                    }
                    found.add(each);
                }
            }
        }
        return found;
    }

    /** Who has an address: a Service, or an endpoint of one. */
    private Answer reverse(String name) {
        String[] parts =
                name.substring(0, name.length() - ".in-addr.arpa".length()).split("\\.");
        if (parts.length != 4) {
            return missing(name);
        }
        String ip = parts[3] + "." + parts[2] + "." + parts[1] + "." + parts[0];
        String zone = corefile.zones().get(0);
        TreeMap<String, String> names = new TreeMap<>();
        for (Obj service : client.list(Resources.SERVICES, "")) {
            if (service.text("spec.clusterIP").equals(ip)) {
                return found(name, List.of(service.name() + "." + service.namespace() + ".svc." + zone));
            }
        }
        for (Obj slice : client.call(Request.list(Resources.ENDPOINTSLICES, "")).items()) {
            String service = slice.label("kubernetes.io/service-name");
            for (Obj endpoint : slice.list("endpoints")) {
                if (endpoint.texts("addresses").contains(ip) && !service.isEmpty()) {
                    String full = host(endpoint) + "." + service + "." + slice.namespace() + ".svc." + zone;
                    names.put(full, full);
                }
            }
        }
        return names.isEmpty() ? missing(name) : found(name, List.copyOf(names.keySet()));
    }
}
