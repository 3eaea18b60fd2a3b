package dev.kubejar.controllers;

import dev.kubejar.client.Pods;
import dev.kubejar.object.Obj;

/** Which address and ports a pod has for a Service. */
final class ServicePorts {
    private ServicePorts() {}

    /** Whether a pod may stand behind a Service at all. */
    static boolean eligible(Obj pod, boolean includeTerminating) {
        return !Pods.terminal(pod)
                && !address(pod, false).concat(address(pod, true)).isEmpty()
                && (includeTerminating || !pod.deleting());
    }

    /** Its address of a family, or empty. */
    static String address(Obj pod, boolean ipv6) {
        for (Obj ip : pod.list("status.podIPs")) {
            if (ip.text("ip").contains(":") == ipv6) {
                return ip.text("ip");
            }
        }
        String only = pod.text("status.podIP");
        return !only.isEmpty() && only.contains(":") == ipv6 ? only : "";
    }

    /** The number behind a Service's target port in a pod; -1 where the pod has no port of that name and protocol. */
    static int target(Obj pod, Obj servicePort) {
        if (!servicePort.has("targetPort")) {
            return (int) servicePort.number("port");
        }
        if (servicePort.at("targetPort").isNumber()) {
            int number = (int) servicePort.number("targetPort");
            return number == 0 ? (int) servicePort.number("port") : number;
        }
        String name = servicePort.text("targetPort");
        String protocol = servicePort.text("protocol", "TCP");
        for (Obj container : pod.list("spec.containers")) {
            int port = named(container, name, protocol);
            if (port > 0) {
                return port;
            }
        }
        for (Obj container : pod.list("spec.initContainers")) {
            int port = container.text("restartPolicy").equals("Always") ? named(container, name, protocol) : -1;
            if (port > 0) {
                return port;
            }
        }
        return -1;
    }

    private static int named(Obj container, String name, String protocol) {
        for (Obj port : container.list("ports")) {
            if (port.text("name").equals(name) && port.text("protocol", "TCP").equals(protocol)) {
                return (int) port.number("containerPort");
            }
        }
        return -1;
    }

    static boolean headless(Obj service) {
        String ip = service.text("spec.clusterIP");
        return ip.isEmpty() || ip.equals("None");
    }

    /** The host name that DNS gives the pod below the Service, or empty. */
    static String hostname(Obj pod, Obj service) {
        boolean below = pod.text("spec.subdomain").equals(service.name());
        return below ? pod.text("spec.hostname") : "";
    }

    static Obj targetRef(Obj pod) {
        return Obj.create()
                .set("kind", "Pod")
                .set("namespace", pod.namespace())
                .set("name", pod.name())
                .set("uid", pod.uid());
    }
}
