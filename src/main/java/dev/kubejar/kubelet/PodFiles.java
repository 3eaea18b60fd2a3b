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

    static String hosts(Obj pod, String ip) {
        StringBuilder out = new StringBuilder(
                "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost"
                        + " ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n");
        String host = pod.text("spec.hostname", pod.name());
        String domain = pod.text("spec.subdomain");
        String full = domain.isEmpty() ? "" : host + "." + domain + "." + pod.namespace() + ".svc.cluster.local\t";
        out.append(ip).append('\t').append(full).append(host).append('\n');
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
