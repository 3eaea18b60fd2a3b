package dev.kubejar.cli.management;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import java.util.List;

/** {@code kubectl cluster-info}. */
public final class ClusterInfo implements Command {
    private static final String GREEN = "\u001b[0;32m";
    private static final String YELLOW = "\u001b[0;33m";
    private static final String PLAIN = "\u001b[0m";

    @Override
    public int run(Invocation call) {
        String namespace = call.flags().text("namespace").isEmpty()
                ? "kube-system"
                : call.flags().text("namespace");
        List<Obj> services = call.call(
                        Request.list(Resources.SERVICES, namespace).labels("kubernetes.io/cluster-service=true"))
                .items();
        String host = call.config().server();
        line(call, "Kubernetes control plane", host);
        for (Obj service : services) {
            String name = service.label("kubernetes.io/name");
            line(call, name.isEmpty() ? service.name() : name, link(host, service));
        }
        call.out().println("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.");
        return 0;
    }

    private static String link(String host, Obj service) {
        List<Obj> ingress = service.list("status.loadBalancer.ingress");
        if (!ingress.isEmpty()) {
            String address = ingress.get(0).text("ip").isEmpty()
                    ? ingress.get(0).text("hostname")
                    : ingress.get(0).text("ip");
            StringBuilder links = new StringBuilder();
            service.list("spec.ports").forEach(port -> links.append("http://")
                    .append(address)
                    .append(':')
                    .append(port.text("port"))
                    .append(' '));
            return links.toString();
        }
        String name = service.name();
        if (!service.list("spec.ports").isEmpty()) {
            Obj port = service.list("spec.ports").get(0);
            boolean secure = port.text("name").equals("https") || port.number("port") == 443;
            String tail = port.text("name").isEmpty() && !secure ? "" : ":" + port.text("name");
            name = (secure ? "https:" : "") + name + tail;
        }
        return host + "/api/v1/namespaces/" + service.namespace() + "/services/" + name + "/proxy";
    }

    private static void line(Invocation call, String name, String link) {
        boolean colour = call.session().terminal().out();
        call.out()
                .println(
                        colour
                                ? GREEN + name + PLAIN + " is running at " + YELLOW + link + PLAIN
                                : name + " is running at " + link);
    }
}
