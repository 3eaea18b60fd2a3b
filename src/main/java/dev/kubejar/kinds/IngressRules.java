package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.kubejar.kinds.rules.Addresses;
import dev.kubejar.kinds.rules.Formats;
import dev.kubejar.kinds.rules.Values;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Names;
import dev.kubejar.schema.Problems;
import java.util.List;

/** Rules of Ingress and IngressClass. */
final class IngressRules {
    private static final String CLASS = "kubernetes.io/ingress.class";
    private static final int LONGEST_CONTROLLER = 250;
    private static final String NOT_ADDRESS = "must be a DNS name, not an IP address";

    private IngressRules() {}

    static void check(Obj now, Obj before, Problems problems) {
        Obj spec = now.obj("spec");
        List<Obj> rules = spec.list("rules");
        if (rules.isEmpty() && !spec.has("defaultBackend")) {
            JsonNode shown = spec.has("rules") ? spec.at("rules") : NullNode.getInstance();
            problems.invalid("spec", shown, "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.has("defaultBackend")) {
            backend(problems, "spec.defaultBackend", spec.obj("defaultBackend"));
        }
        for (int i = 0; i < rules.size(); i++) {
            rule(problems, "spec.rules[" + i + "]", rules.get(i));
        }
        List<Obj> secrets = spec.list("tls");
        for (int i = 0; i < secrets.size(); i++) {
            tls(problems, "spec.tls[" + i + "]", secrets.get(i));
        }
        if (spec.has("ingressClassName")) {
            String name = spec.text("ingressClassName");
            Values.named(problems, "spec.ingressClassName", name, Names.subdomain(name));
        }
        String annotation = now.annotations().get(CLASS);
        if (annotation != null && before == null) {
            if (spec.has("ingressClassName") && !annotation.equals(spec.text("ingressClassName"))) {
                problems.invalid(
                        "annotations." + CLASS, annotation, "must match `ingressClassName` when both are specified");
            }
        }
        if (annotation != null && (before == null || !before.annotations().containsKey(CLASS))) {
            problems.warn("annotation \"" + CLASS + "\" is deprecated, please use 'spec.ingressClassName' instead");
        }
    }

    private static void tls(Problems problems, String path, Obj tls) {
        List<String> hosts = tls.texts("hosts");
        for (int i = 0; i < hosts.size(); i++) {
            host(problems, path + ".hosts[" + i + "]", hosts.get(i));
        }
        String secret = tls.text("secretName");
        if (!secret.isEmpty()) {
            Values.named(problems, path + ".secretName", secret, Names.subdomain(secret));
        }
    }

    private static void host(Problems problems, String path, String host) {
        Values.named(problems, path, host, host.contains("*") ? Formats.wildcard(host) : Names.subdomain(host));
    }

    private static void rule(Problems problems, String path, Obj rule) {
        String host = rule.text("host");
        if (!host.isEmpty()) {
            if (Addresses.parse(host, true) != null) {
                problems.invalid(path + ".host", host, NOT_ADDRESS);
            }
            host(problems, path + ".host", host);
        }
        if (rule.has("http")) {
            List<Obj> paths = rule.list("http.paths");
            if (paths.isEmpty()) {
                problems.required(path + ".http.paths", "");
            }
            for (int i = 0; i < paths.size(); i++) {
                path(problems, path + ".http.paths[" + i + "]", paths.get(i));
            }
        }
    }

    private static void path(Problems problems, String path, Obj each) {
        if (!each.has("pathType")) {
            problems.required(path + ".pathType", "pathType must be specified");
            return;
        }
        String text = each.text("path");
        switch (each.text("pathType")) {
            case "Exact", "Prefix" -> exact(problems, path + ".path", text);
            case "ImplementationSpecific" -> {
                if (!text.isEmpty()) {
                    absolute(problems, path + ".path", text);
                }
            }
            default ->
                problems.notSupported(
                        path + ".pathType",
                        each.text("pathType"),
                        List.of("Exact", "ImplementationSpecific", "Prefix"));
        }
        backend(problems, path + ".backend", each.obj("backend"));
    }

    private static void absolute(Problems problems, String path, String text) {
        if (!text.startsWith("/")) {
            problems.invalid(path, text, "must be an absolute path");
        }
    }

    private static void exact(Problems problems, String path, String text) {
        absolute(problems, path, text);
        for (String sequence : List.of("//", "/./", "/../", "%2f", "%2F")) {
            if (text.contains(sequence)) {
                problems.invalid(path, text, "must not contain '" + sequence + "'");
            }
        }
        for (String end : List.of("/..", "/.")) {
            if (text.endsWith(end)) {
                problems.invalid(path, text, "cannot end with '" + end + "'");
            }
        }
    }

    private static void backend(Problems problems, String path, Obj backend) {
        boolean resource = backend.has("resource");
        boolean service = backend.has("service");
        if (resource && service) {
            problems.invalid(path, "", "cannot set both resource and service backends");
        } else if (resource) {
            reference(problems, path + ".resource", backend.obj("resource"));
        } else if (service) {
            service(problems, path, backend.obj("service"));
        } else {
            problems.invalid(path, "", "resource or service backend is required");
        }
    }

    private static void service(Problems problems, String path, Obj service) {
        String at = path + ".service";
        String name = service.text("name");
        if (Values.required(problems, at, service, "name")) {
            Values.named(problems, at + ".name", name, Names.label(name));
        }
        String portName = service.text("port.name");
        long number = service.number("port.number");
        if (!portName.isEmpty() && number != 0) {
            problems.invalid(path, "", "cannot set both port name & port number");
        } else if (!portName.isEmpty()) {
            Values.named(problems, at + ".port.name", portName, Formats.portName(portName));
        } else if (number != 0) {
            Values.port(problems, at + ".port.number", number);
        } else {
            problems.required(path, "port name or number is required");
        }
    }

    private static void reference(Problems problems, String path, Obj ref) {
        if (ref.has("apiGroup")) {
            Values.named(problems, path + ".apiGroup", ref.text("apiGroup"), Names.subdomain(ref.text("apiGroup")));
        }
        for (String field : List.of("kind", "name")) {
            if (Values.required(problems, path, ref, field)) {
                Values.named(problems, path + "." + field, ref.text(field), Names.pathSegment(ref.text(field)));
            }
        }
    }

    static void status(Obj now, Obj before, Problems problems) {
        List<Obj> points = now.list("status.loadBalancer.ingress");
        for (int i = 0; i < points.size(); i++) {
            String path = "status.loadBalancer.ingress[" + i + "]";
            String address = points.get(i).text("ip");
            if (!address.isEmpty()) {
                Addresses.check(problems, path + ".ip", address);
            }
            String host = points.get(i).text("hostname");
            if (!host.isEmpty()) {
                Values.named(problems, path + ".hostname", host, Names.subdomain(host));
                if (Addresses.parse(host, true) != null) {
                    problems.invalid(path + ".hostname", host, NOT_ADDRESS);
                }
            }
        }
    }

    static void ingressClass(Obj now, Obj before, Problems problems) {
        String controller = now.text("spec.controller");
        if (before != null) {
            Obj spec = now.obj("spec");
            if (!controller.equals(before.text("spec.controller"))) {
                problems.invalid("spec.controller", spec.text("controller"), Values.IMMUTABLE);
            }
        }
        if (controller.length() > LONGEST_CONTROLLER) {
            problems.tooLong("spec.controller", LONGEST_CONTROLLER);
        }
        Values.domainPath(problems, "spec.controller", controller);
        if (!now.has("spec.parameters")) {
            return;
        }
        Obj parameters = now.obj("spec.parameters");
        String path = "spec.parameters";
        reference(problems, path, parameters);
        String scope = parameters.text("scope");
        boolean namespace = parameters.has("namespace");
        if (!parameters.has("scope")) {
            problems.required(path + ".scope", "");
        } else if (Values.supported(problems, path + ".scope", scope, "Cluster", "Namespace")) {
            if (scope.equals("Namespace") && !namespace) {
                problems.required(path + ".namespace", "`parameters.scope` is set to 'Namespace'");
            } else if (scope.equals("Namespace")) {
                String name = parameters.text("namespace");
                Values.named(problems, path + ".namespace", name, Names.label(name));
            } else if (namespace) {
                problems.forbidden(path + ".namespace", "`parameters.scope` is set to 'Cluster'");
            }
        }
    }
}
