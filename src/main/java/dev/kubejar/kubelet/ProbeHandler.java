package dev.kubejar.kubelet;

import dev.kubejar.object.Obj;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Asks one probe once: exec, httpGet, tcpSocket or grpc. */
final class ProbeHandler {
    private ProbeHandler() {}

    /** Null for a good answer, else the output that the event shows. */
    static String ask(PodContext context, Obj container, Obj spec) {
        Instant limit = context.now().plusSeconds(Math.max(1, spec.number("timeoutSeconds", 1)));
        if (spec.has("exec")) {
            return exec(context, container, spec, limit);
        }
        if (spec.has("httpGet")) {
            return http(context, container, spec.obj("httpGet"));
        }
        String what = spec.has("tcpSocket") ? "tcpSocket" : "grpc";
        int port = port(container, spec.text(what + ".port"));
        String host = spec.text(what + ".host", context.ip());
        PodContext.Connection answer = context.connect(host, port);
        return answer.open() ? null : "dial tcp " + host + ":" + port + ": connect: " + answer.error();
    }

    private static String exec(PodContext context, Obj container, Obj spec, Instant limit) {
        ContainerRuntime.ExecResult result = context.runtime()
                .exec(context.pod(), container.text("name"), Probes.command(spec.obj("exec")), new byte[0], limit);
        if (result == null) {
            return "command timed out: \"" + String.join(" ", spec.texts("exec.command")) + "\" timed out after "
                    + Math.max(1, spec.number("timeoutSeconds", 1)) + "s";
        }
        if (result.exitCode() == 0) {
            return null;
        }
        return new String(result.out(), StandardCharsets.UTF_8) + new String(result.err(), StandardCharsets.UTF_8);
    }

    private static String http(PodContext context, Obj container, Obj get) {
        int port = port(container, get.text("port"));
        String host = get.text("host", context.ip());
        String path = get.text("path", "/");
        PodContext.Connection answer = context.get(host, port, path, get);
        if (!answer.open()) {
            String url = get.text("scheme", "HTTP").toLowerCase(java.util.Locale.ROOT) + "://" + host + ":" + port
                    + (path.startsWith("/") ? path : "/" + path);
            return "Get \"" + url + "\": dial tcp " + host + ":" + port + ": connect: " + answer.error();
        }
        return answer.status() >= 200 && answer.status() < 400
                ? null
                : "HTTP probe failed with statuscode: " + answer.status();
    }

    /** A port by number or by the name of one of the container's ports. */
    static int port(Obj container, String port) {
        if (!port.isEmpty() && port.chars().allMatch(Character::isDigit)) {
            return Integer.parseInt(port);
        }
        for (Obj each : container.list("ports")) {
            if (each.text("name").equals(port)) {
                return (int) each.number("containerPort");
            }
        }
        return 0;
    }
}
