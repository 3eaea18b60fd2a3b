package dev.kubejar.cli.rest;

import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The API server's way through to a pod or a Service: {@code …/pods/NAME:PORT/proxy/PATH}. */
final class RestProxy {
    private final Invocation call;

    RestProxy(Invocation call) {
        this.call = call;
    }

    private record Backend(Ref pod, int port) {}

    RestAnswer answer(RestCall request, RestTarget target) {
        String[] parts = target.name().split(":", -1);
        String name = parts.length == 3 ? parts[1] : parts[0];
        String port = parts.length == 3 ? parts[2] : parts.length == 2 ? parts[1] : "";
        Backend backend =
                switch (target.id().resource()) {
                    case "pods" -> pod(target.namespace(), name, port);
                    case "services" -> service(target.namespace(), name, port);
                    default -> throw new ApiError(404, "NotFound", "the server could not find the requested resource");
                };
        byte[] answer = call.cluster().streams().exchange(backend.pod, backend.port, message(request, target));
        if (answer == null) {
            throw new ApiError(
                    503,
                    "ServiceUnavailable",
                    "error trying to reach service: dial tcp " + address(backend) + ": connect: connection refused");
        }
        return parsed(answer);
    }

    private String address(Backend backend) {
        Obj pod = call.call(Request.get(Resources.PODS, backend.pod.namespace(), backend.pod.name()))
                .object();
        return pod.text("status.podIP") + ":" + backend.port;
    }

    private Backend pod(String namespace, String name, String port) {
        Obj pod = call.call(Request.get(Resources.PODS, namespace, name)).object();
        int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) : 80;
        if (port.isEmpty()) {
            for (Obj container : pod.list("spec.containers")) {
                if (!container.list("ports").isEmpty()) {
                    number = (int) container.list("ports").get(0).number("containerPort");
                    break;
                }
            }
        }
        return new Backend(Ref.of(Resources.PODS, pod), number);
    }

    private Backend service(String namespace, String name, String port) {
        Obj service =
                call.call(Request.get(Resources.SERVICES, namespace, name)).object();
        List<Obj> ports = service.list("spec.ports");
        for (Obj each : ports) {
            boolean wanted = port.isEmpty() && ports.size() == 1
                    || each.text("name").equals(port)
                    || Long.toString(each.number("port")).equals(port);
            if (wanted) {
                return behind(service, each);
            }
        }
        throw new ApiError(503, "ServiceUnavailable", "no endpoints available for service \"" + name + "\"");
    }

    private Backend behind(Obj service, Obj port) {
        String selector = "kubernetes.io/service-name=" + service.name();
        Request slices =
                Request.list(Resources.ENDPOINTSLICES, service.namespace()).labels(selector);
        for (Obj slice : call.call(slices).items()) {
            for (Obj endpoint : slice.list("endpoints")) {
                if (!endpoint.bool("conditions.ready")
                        || !endpoint.text("targetRef.kind").equals("Pod")) {
                    continue;
                }
                for (Obj each : slice.list("ports")) {
                    if (each.text("name").equals(port.text("name"))) {
                        Ref pod = new Ref(Resources.PODS, service.namespace(), endpoint.text("targetRef.name"));
                        return new Backend(pod, (int) each.number("port"));
                    }
                }
            }
        }
        throw new ApiError(503, "ServiceUnavailable", "no endpoints available for service \"" + service.name() + "\"");
    }

    private static byte[] message(RestCall request, RestTarget target) {
        StringBuilder head = new StringBuilder(request.method()).append(" /").append(target.rest());
        if (!target.rest().isEmpty() && request.path().endsWith("/")) {
            head.append('/');
        }
        String separator = "?";
        for (var each : request.query().entrySet()) {
            head.append(separator).append(each.getKey()).append('=').append(each.getValue());
            separator = "&";
        }
        head.append(" HTTP/1.1\r\nHost: ").append(target.name()).append("\r\n");
        head.append("User-Agent: ").append(request.agent()).append("\r\n");
        if (request.body().length > 0) {
            head.append("Content-Type: ").append(request.contentType()).append("\r\n");
            head.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(request.body());
        return all.toByteArray();
    }

    private static RestAnswer parsed(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/") || end < 0 || text.length() < 12) {
            throw new ApiError(502, "", "error trying to reach service: malformed HTTP response");
        }
        String type = "";
        for (String line : text.substring(0, end).split("\r\n")) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-type:")) {
                type = line.substring(13).trim();
            }
        }
        String code = text.substring(9, 12).trim();
        return new RestAnswer(
                code.matches("\\d+") ? Integer.parseInt(code) : 502,
                type,
                Arrays.copyOfRange(answer, end + 4, answer.length));
    }
}
