package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Connections;
import dev.kubejar.kubelet.shell.Signal;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.List;

/** A part of the cluster in its own container: it says that it starts, listens, and is healthy. */
public final class Component implements Applet {
    @Override
    public int run(Task task) {
        if (task.number("listening") == 0) {
            for (int port : ports(task.name())) {
                if (!Connections.listen(task, port)) {
                    task.err("listen tcp :" + port + ": bind: address already in use\n");
                    return 1;
                }
            }
            task.number("listening", 1);
            task.err(greeting(task));
        }
        return task.pause();
    }

    private static List<Integer> ports(String name) {
        return switch (name) {
            case "etcd" -> List.of(2379, 2380, 2381);
            case "kube-apiserver" -> List.of(6443);
            case "kube-controller-manager" -> List.of(10257);
            case "kube-scheduler" -> List.of(10259);
            case "kube-proxy" -> List.of(10249, 10256);
            case "coredns" -> List.of(53, 8080, 8181, 9153);
            case "metrics-server" -> List.of(10250);
            default -> List.of();
        };
    }

    private static String greeting(Task task) {
        String name = task.name();
        return switch (name) {
            case "coredns" ->
                ".:53\n[INFO] plugin/reload: Running configuration SHA512 ="
                        + " 1b226df79860026c6a52e67daa10d7f0d57ec5b023288ec00c5e05f93523c894564e15b91770d3a07ae1cfbe861d15b37d4a0027e69c546ab112970993a3b03b\n"
                        + "CoreDNS-1.14.2\nlinux/amd64\n";
            case "etcd" ->
                "{\"level\":\"info\",\"ts\":\"" + time(task, "%Y-%m-%dT%H:%M:%S.000000Z")
                        + "\",\"caller\":\"embed/serve.go:271\",\"msg\":\"serving client traffic securely\",\"traffic\":\"grpc+http\",\"address\":\"127.0.0.1:2379\"}\n";
            case "kube-apiserver" ->
                klog(task, "server.go:157", "Version: v1.36.2")
                        + klog(task, "secure_serving.go:211", "Serving securely on [::]:6443");
            case "kube-controller-manager" ->
                klog(task, "controllermanager.go:203", "\"Starting\" version=\"v1.36.2\"")
                        + klog(task, "secure_serving.go:211", "Serving securely on 127.0.0.1:10257")
                        + klog(
                                task,
                                "leaderelection.go:271",
                                "successfully acquired lease kube-system/kube-controller-manager");
            case "kube-scheduler" ->
                klog(task, "server.go:166", "\"Starting Kubernetes Scheduler\" version=\"v1.36.2\"")
                        + klog(task, "secure_serving.go:211", "Serving securely on 127.0.0.1:10259")
                        + klog(task, "leaderelection.go:271", "successfully acquired lease kube-system/kube-scheduler");
            case "kube-proxy" ->
                klog(task, "server_linux.go:53", "\"Using iptables proxy\"")
                        + klog(task, "server.go:211", "\"kube-proxy version info\" version=\"v1.36.2\"")
                        + klog(task, "shared_informer.go:356", "\"Caches are synced\" controller=\"service config\"");
            case "metrics-server" -> klog(task, "secure_serving.go:211", "Serving securely on [::]:10250");
            case "kindnetd" ->
                klog(task, "main.go:139", "hostIP = " + task.host().address());
            default -> klog(task, "main.go:240", "Provisioner started");
        };
    }

    private static String klog(Task task, String place, String text) {
        return time(task, "I%m%d %H:%M:%S.000000") + "       1 " + place + "] " + text + "\n";
    }

    private static String time(Task task, String format) {
        return Dates.format(format, task.now() / 1_000_000_000L, 0, "UTC");
    }

    @Override
    public int stops(Task task, Signal signal) {
        return signal == Signal.TERM || signal == Signal.INT ? 0 : -1;
    }

    @Override
    public byte[] answer(Task task, int port, byte[] bytes) {
        HttpMessage request = HttpMessage.parse(Text.of(bytes));
        if (request == null) {
            return new byte[0];
        }
        String body =
                switch (request.path()) {
                    case "/livez", "/readyz", "/healthz", "/health", "/ready" ->
                        task.name().equals("coredns") && port == 8080 || port == 8181 ? "OK" : "ok";
                    case "/metrics" -> "# HELP process_start_time_seconds Start time of the process.\n";
                    default -> null;
                };
        String type = "Content-Type: text/plain; charset=utf-8\r\n";
        return Text.bytes(
                body == null
                        ? HttpMessage.answer("404 Not Found", type, "404 page not found\n")
                        : HttpMessage.answer("200 OK", type, body));
    }
}
