package dev.kubejar.kubelet;

import dev.kubejar.object.Obj;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Asks one probe once: exec, httpGet, tcpSocket or grpc. */
final class ProbeHandler {
    private ProbeHandler() {}

    /** A probe that could not be asked: its answer counts for nothing. */
    static final class Unknown extends Exception {
        private static final long serialVersionUID = 1;

        Unknown(String message) {
            super(message);
        }
    }

    /** Null for a good answer, else the output that the event shows. */
    static String ask(PodContext context, Obj container, Obj spec) throws Unknown {
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
        if (answer.open()) {
            return null;
        }
        if (what.equals("grpc")) {
            return "timeout: failed to connect service \"" + host + ":" + port + "\" within "
                    + Math.max(1, spec.number("timeoutSeconds", 1)) + "s: context deadline exceeded";
        }
        return dial(host, port, answer.error());
    }

    private static String dial(String host, int port, String error) {
        return "dial tcp " + host + ":" + port + ": " + (error.equals("i/o timeout") ? "" : "connect: ") + error;
    }

    private static String exec(PodContext context, Obj container, Obj spec, Instant limit) throws Unknown {
        ContainerRuntime.ExecResult result = context.runtime()
                .exec(context.pod(), container.text("name"), Probes.command(spec.obj("exec")), new byte[0], limit);
        if (result == null) {
            return "command timed out: \"" + String.join(" ", spec.texts("exec.command")) + "\" timed out after "
                    + Math.max(1, spec.number("timeoutSeconds", 1)) + "s";
        }
        if (result.failure() != null) {
            String id = Images.sha256(context.pod().uid() + container.text("name") + spec);
            throw new Unknown("rpc error: code = Unknown desc = failed to exec in container: failed to start exec \""
                    + id + "\": " + result.failure());
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
            return "Get \"" + url + "\": "
                    + (answer.error().equals("i/o timeout")
                            ? "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
                            : dial(host, port, answer.error()));
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
