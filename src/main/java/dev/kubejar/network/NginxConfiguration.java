package dev.kubejar.network;

import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** nginx' configuration for Ingresses: an upstream for each Service port, a server for each host, a location for each path. */
final class NginxConfiguration {
    private static final String ANNOTATION = "nginx.ingress.kubernetes.io/";

    private final Client client;
    private final TreeMap<String, String> upstreams = new TreeMap<>();
    private final TreeMap<String, StringBuilder> servers = new TreeMap<>();
    private final TreeSet<String> places = new TreeSet<>();
    private final TreeSet<String> secure = new TreeSet<>();
    private final TreeSet<String> open = new TreeSet<>();
    private String fallback = "\t\tlocation / {\n\t\t\treturn 404;\n\t\t}\n";

    NginxConfiguration(Client client, List<Obj> ingresses) {
        this.client = client;
        for (Obj ingress : ingresses) {
            for (Obj tls : ingress.list("spec.tls")) {
                secure.addAll(tls.texts("hosts"));
            }
            if (ingress.annotation(ANNOTATION + "ssl-redirect").equals("false")) {
                ingress.list("spec.rules").forEach(rule -> open.add(rule.text("host")));
            }
        }
        ingresses.forEach(this::add);
    }

    static String empty() {
        return new NginxConfiguration(null, List.of()).write();
    }

    private void add(Obj ingress) {
        if (ingress.has("spec.defaultBackend")) {
            String backend = backend(ingress, ingress.obj("spec.defaultBackend"));
            fallback = location(ingress, "/", backend, "");
        }
        for (Obj rule : ingress.list("spec.rules")) {
            String host = rule.text("host", "_");
            StringBuilder out = servers.computeIfAbsent(host, key -> new StringBuilder());
            for (Obj path : rule.list("http.paths")) {
                path(ingress, host, path, out);
            }
        }
    }

    private void path(Obj ingress, String host, Obj path, StringBuilder out) {
        String written = path.text("path", "/");
        String type = path.text("pathType");
        if (!places.add(host + " " + type + " " + written)) {
            return; // the older Ingress has it
        }
        String backend = backend(ingress, path.obj("backend"));
        String target = ingress.annotation(ANNOTATION + "rewrite-target");
        boolean pattern = !target.isEmpty()
                || ingress.annotation(ANNOTATION + "use-regex").equals("true");
        String rewrite = target.isEmpty() ? "" : "\t\t\trewrite \"(?i)" + written + "\" " + target + " break;\n";
        if (pattern) {
            String exact = type.equals("Exact") ? "$" : "";
            out.append(location(ingress, "~* \"^" + written + exact + "\"", backend, rewrite));
        } else if (type.equals("Exact")) {
            out.append(location(ingress, "= " + written, backend, rewrite));
        } else if (type.equals("Prefix") && !written.equals("/")) {
            String base = written.endsWith("/") ? written.substring(0, written.length() - 1) : written;
            out.append(location(ingress, base + "/", backend, rewrite));
            out.append(location(ingress, "= " + base, backend, rewrite));
        } else {
            out.append(location(ingress, written, backend, rewrite));
        }
    }

    private static String location(Obj ingress, String place, String backend, String rewrite) {
        StringBuilder out = new StringBuilder("\t\tlocation " + place + " {\n");
        out.append("\t\t\tset $namespace      \"").append(ingress.namespace()).append("\";\n");
        out.append("\t\t\tset $ingress_name   \"").append(ingress.name()).append("\";\n");
        if (backend.isEmpty()) {
            return out.append("\t\t\treturn 503;\n\t\t}\n").toString();
        }
        out.append("\t\t\tset $proxy_upstream_name \"")
                .append(backend)
                .append("\";\n")
                .append(rewrite);
        for (String[] header : new String[][] {
            {"Host", "$best_http_host"},
            {"X-Request-ID", "$req_id"},
            {"X-Real-IP", "$remote_addr"},
            {"X-Forwarded-For", "$remote_addr"},
            {"X-Forwarded-Host", "$best_http_host"},
            {"X-Forwarded-Port", "$pass_port"},
            {"X-Forwarded-Proto", "$pass_access_scheme"},
            {"X-Scheme", "$pass_access_scheme"}
        }) {
            out.append("\t\t\tproxy_set_header ")
                    .append(header[0])
                    .append(' ')
                    .append(header[1])
                    .append(";\n");
        }
        return out.append("\t\t\tproxy_pass http://")
                .append(backend)
                .append(";\n\t\t}\n")
                .toString();
    }

    /** The upstream of a backend, with its endpoints; empty where nothing is behind it. */
    private String backend(Obj ingress, Obj backend) {
        String name = backend.text("service.name");
        Obj service = client.find(Resources.SERVICES, ingress.namespace(), name).orElse(null);
        Obj port = service == null ? null : port(service, backend);
        if (port == null) {
            return "";
        }
        String upstream =
                ingress.namespace() + "-" + name + "-" + port.text("name", Long.toString(port.number("port")));
        List<String> addresses = addresses(ingress.namespace(), name, port.text("name"));
        if (addresses.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("\tupstream " + upstream + " {\n");
        addresses.forEach(each -> out.append("\t\tserver ").append(each).append(";\n"));
        upstreams.put(upstream, out.append("\t}\n\n").toString());
        return upstream;
    }

    private static Obj port(Obj service, Obj backend) {
        for (Obj port : service.list("spec.ports")) {
            boolean named = backend.has("service.port.name")
                    ? port.text("name").equals(backend.text("service.port.name"))
                    : port.number("port") == backend.number("service.port.number");
            if (named) {
                return port;
            }
        }
        return null;
    }

    private List<String> addresses(String namespace, String service, String port) {
        List<String> addresses = new ArrayList<>();
        for (Obj slice : client.list(Resources.ENDPOINTSLICES, namespace, "kubernetes.io/service-name=" + service)) {
            long number = 0;
            for (Obj each : slice.list("ports")) {
                number = each.text("name").equals(port) ? each.number("port") : number;
            }
            for (Obj endpoint : slice.list("endpoints")) {
                if (number > 0 && endpoint.bool("conditions.ready", true)) {
                    addresses.add(endpoint.texts("addresses").get(0) + ":" + number);
                }
            }
        }
        addresses.sort(null);
        return addresses;
    }

    String write() {
        StringBuilder out = new StringBuilder("# Configuration written by the ingress controller\n\n"
                + "pid /tmp/nginx/nginx.pid;\ndaemon off;\nworker_processes 2;\n\n"
                + "events {\n\tmulti_accept        on;\n\tworker_connections  16384;\n\tuse                 epoll;\n}\n\n"
                + "http {\n\tkeepalive_timeout  75s;\n\tserver_tokens off;\n\tclient_max_body_size 1m;\n\n");
        upstreams.values().forEach(out::append);
        for (Map.Entry<String, StringBuilder> each : servers.entrySet()) {
            if (!each.getKey().equals("_")) {
                server(each.getKey(), each.getValue().toString(), out);
            }
        }
        String any = servers.containsKey("_") ? servers.get("_").toString() : "";
        server("_", any, out);
        return out.append("}\n").toString();
    }

    private void server(String host, String locations, StringBuilder out) {
        boolean redirected = secure.contains(host) && !open.contains(host);
        String rest = locations.contains("location / {") ? "" : fallback;
        if (redirected) {
            out.append("\t## start server ")
                    .append(host)
                    .append(" (redirected)\n\tserver {\n\t\tserver_name ")
                    .append(host)
                    .append(" ;\n\t\tlisten 80  ;\n\t\treturn 308 https://$host$request_uri;\n\t}\n\n");
        }
        out.append("\t## start server ")
                .append(host)
                .append("\n\tserver {\n\t\tserver_name ")
                .append(host);
        out.append(" ;\n").append(redirected ? "" : "\t\tlisten 80  ;\n").append("\t\tlisten 443  ssl;\n");
        out.append("\t\tssl_certificate /etc/ingress-controller/ssl/")
                .append(secure.contains(host) ? host : "default-fake-certificate")
                .append(".pem;\n\n");
        out.append(locations)
                .append(rest)
                .append("\t}\n\t## end server ")
                .append(host)
                .append("\n\n");
    }
}
