package dev.kubejar.kinds.describe;

import dev.kubejar.object.Obj;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A probe in one line: {@code http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3}. */
public final class ProbeText {
    private ProbeText() {}

    /** The line of a probe. */
    public static String of(Obj probe) {
        String attributes =
                "delay=" + probe.number("initialDelaySeconds") + "s timeout=" + probe.number("timeoutSeconds")
                        + "s period=" + probe.number("periodSeconds") + "s #success=" + probe.number("successThreshold")
                        + " #failure=" + probe.number("failureThreshold");
        if (probe.has("exec")) {
            return "exec " + Parts.slice(probe.texts("exec.command")) + " " + attributes;
        } else if (probe.has("httpGet")) {
            return "http-get " + url(probe.obj("httpGet")) + " " + attributes;
        } else if (probe.has("tcpSocket")) {
            return "tcp-socket " + probe.text("tcpSocket.host") + ":" + probe.text("tcpSocket.port") + " " + attributes;
        } else if (probe.has("grpc")) {
            return "grpc <pod>:" + probe.number("grpc.port") + " " + probe.text("grpc.service") + " " + attributes;
        }
        return "unknown " + attributes;
    }

    private static String url(Obj get) {
        String host = get.text("host");
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        String port = get.text("port");
        String authority = port.isEmpty() ? host : bracketed + ":" + port;
        String path = escaped(get.text("path"));
        String scheme = get.text("scheme").toLowerCase(Locale.ROOT);
        String start = scheme.isEmpty() ? "//" : scheme + "://";
        return start + authority + (path.isEmpty() || path.startsWith("/") ? path : "/" + path);
    }

    private static String escaped(String path) {
        StringBuilder out = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || c < 0x80 && "-_.~$&+,/:;=@".indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }
}
