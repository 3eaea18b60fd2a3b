package dev.kubejar.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The files that a kubelet writes into every container. */
final class PodFiles {
    private PodFiles() {}

    private static final String ENTRIES = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n"
            + "fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n";

    /** What a process of the pod sees as its host's name: on the host's network the node's, and else the pod's own. */
    static String hostname(Obj pod) {
        if (Containers.hostNetwork(pod)) {
            return pod.text("spec.nodeName");
        }
        if (pod.has("spec.hostnameOverride")) {
            return pod.text("spec.hostnameOverride");
        }
        String full = fullName(pod);
        return pod.bool("spec.setHostnameAsFQDN") && !full.isEmpty() ? full : shortName(pod);
    }

    private static String shortName(Obj pod) {
        String name = pod.text("spec.hostname", pod.name());
        int end = Math.min(name.length(), 63);
        while (end > 0 && end < name.length() && (name.charAt(end - 1) == '-' || name.charAt(end - 1) == '.')) {
            end--;
        }
        return name.substring(0, end);
    }

    /** Its name under its subdomain; empty where it has none. */
    private static String fullName(Obj pod) {
        String domain = pod.text("spec.subdomain");
        return domain.isEmpty() ? "" : shortName(pod) + "." + domain + "." + pod.namespace() + ".svc.cluster.local";
    }

    static String hosts(Obj pod, String ip) {
        StringBuilder out = new StringBuilder();
        if (Containers.hostNetwork(pod)) {
            out.append("# Kubernetes-managed hosts file (host network).\n").append(ENTRIES);
        } else {
            String full = fullName(pod);
            out.append("# Kubernetes-managed hosts file.\n")
                    .append(ENTRIES)
                    .append(ip)
                    .append('\t');
            out.append(full.isEmpty() ? full : full + "\t")
                    .append(pod.text("spec.hostnameOverride", shortName(pod)))
                    .append('\n');
        }
        List<Obj> aliases = pod.list("spec.hostAliases");
        if (!aliases.isEmpty()) {
            out.append("\n# Entries added by HostAliases.\n");
            for (Obj alias : aliases) {
                out.append(alias.text("ip"))
                        .append('\t')
                        .append(String.join("\t", alias.texts("hostnames")))
                        .append('\n');
            }
        }
        return out.toString();
    }

    static String resolvConf(Obj pod) {
        Obj own = pod.obj("spec.dnsConfig");
        StringBuilder out = new StringBuilder();
        String policy = pod.text("spec.dnsPolicy", "ClusterFirst");
        boolean cluster = policy.equals("ClusterFirst") && !Containers.hostNetwork(pod)
                || policy.equals("ClusterFirstWithHostNet");
        StringBuilder searches = new StringBuilder();
        if (cluster) {
            searches.append(' ').append(pod.namespace()).append(".svc.cluster.local svc.cluster.local cluster.local");
        }
        own.texts("searches").forEach(search -> searches.append(' ').append(search));
        if (searches.length() > 0) {
            out.append("search").append(searches).append('\n');
        }
        if (cluster) {
            out.append("nameserver 10.96.0.10\n");
        } else if (!policy.equals("None")) {
            out.append("nameserver 172.18.0.1\n");
        }
        own.texts("nameservers")
                .forEach(server -> out.append("nameserver ").append(server).append('\n'));
        StringBuilder options = new StringBuilder(cluster ? " ndots:5" : "");
        for (Obj option : own.list("options")) {
            if (option.text("name").equals("ndots")) {
                options.setLength(0);
            }
            options.append(' ').append(option.text("name"));
            options.append(option.has("value") ? ":" + option.text("value") : "");
        }
        return options.length() == 0
                ? out.toString()
                : out.append("options").append(options).append('\n').toString();
    }

    /** Looks variables up in what a container was started with, or in its spec's plain values. */
    static UnaryOperator<String> lookup(Obj container, byte[] kept, Obj pod) {
        Map<String, String> started =
                kept == null ? Map.of() : Obj.of((ObjectNode) Json.read(kept)).map("env");
        return name -> {
            if (started.containsKey(name)) {
                return started.get(name);
            }
            for (Obj variable : container.list("env")) {
                if (variable.text("name").equals(name)) {
                    String field = variable.text("valueFrom.fieldRef.fieldPath");
                    return field.isEmpty()
                            ? variable.text("value")
                            : new DownwardApi(pod, "", "", Obj.create()).field(field);
                }
            }
            return null;
        };
    }
}
