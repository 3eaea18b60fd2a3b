package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** {@code kubectl create ingress}. */
public final class CreateIngress extends Generator {
    // host/path=service:port, after which anything may stand: only what looks like ",tls=secret" is read
    private static final Pattern RULE = Pattern.compile("^[\\w*\\-.]*/.*=[\\w\\-]+:[\\w\\-]+");

    @Override
    void declare(Flags flags) {
        flags.array("annotation")
                .string("class", "")
                .string("default-backend", "")
                .array("rule");
    }

    @Override
    Obj build(String name) {
        List<String> rules = flags().list("rule");
        String backend = flags().text("default-backend");
        validate(rules, backend);
        Obj ingress = object("networking.k8s.io/v1", "Ingress", name, true);
        Map<String, String> annotations = new TreeMap<>();
        for (String each : flags().list("annotation")) {
            annotations.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        if (!annotations.isEmpty()) {
            ingress.set("metadata.annotations", annotations);
        }
        Obj spec = ingress.child("spec");
        if (!flags().text("class").isEmpty()) {
            spec.set("ingressClassName", flags().text("class"));
        }
        if (!backend.isEmpty()) {
            spec.set("defaultBackend", backend(backend));
        }
        List<Obj> tls = tls(rules);
        if (!tls.isEmpty()) {
            spec.set("tls", tls);
        }
        List<Obj> hosts = hosts(rules);
        if (!hosts.isEmpty()) {
            spec.set("rules", hosts);
        }
        return ingress.set("status.loadBalancer", Obj.create());
    }

    private void validate(List<String> rules, String backend) {
        if (backend.isEmpty() && rules.isEmpty()) {
            throw new CliError("not enough information provided: every ingress has to either specify a default-backend"
                    + " (which catches all traffic) or a list of rules (which catch specific paths)");
        }
        for (String rule : rules) {
            if (!RULE.matcher(rule).find()) {
                throw new CliError("rule " + rule
                        + " is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]");
            }
        }
        for (String annotation : flags().list("annotation")) {
            if (!annotation.contains("=")) {
                throw new CliError("annotation " + annotation + " is invalid and should be in format key=[value]");
            }
        }
        if (!backend.isEmpty() && backend.split(":", -1).length != 2) {
            throw new CliError("default-backend should be in format servicename:serviceport");
        }
    }

    private static List<Obj> tls(List<String> rules) {
        List<Obj> all = new ArrayList<>();
        Set<String> hosts = new HashSet<>();
        for (String rule : rules) {
            String[] parts = rule.split(",", -1);
            if (parts.length != 2) {
                continue;
            }
            String host = rule.substring(0, rule.indexOf('/'));
            String secret = parts[1].contains("=") ? parts[1].split("=", -1)[1] : "";
            if (!hosts.add(host)) {
                continue;
            }
            Obj same = all.stream()
                    .filter(each -> each.text("secretName").equals(secret))
                    .findFirst()
                    .orElse(null);
            Obj entry = same == null ? Obj.create() : same;
            if (!host.isEmpty()) {
                entry.add("hosts", dev.kubejar.object.Json.NODES.textNode(host));
            }
            if (same == null && !secret.isEmpty()) {
                entry.set("secretName", secret);
            }
            if (same == null && !entry.isEmpty()) {
                all.add(entry);
            }
        }
        return all;
    }

    private static List<Obj> hosts(List<String> rules) {
        List<Obj> all = new ArrayList<>();
        for (String rule : rules) {
            String bare = rule.split(",", -1)[0];
            String host = bare.substring(0, bare.indexOf('/'));
            Obj path = path(bare.substring(bare.indexOf('/') + 1));
            Obj same = all.stream()
                    .filter(each -> each.text("host").equals(host))
                    .findFirst()
                    .orElse(null);
            if (same == null) {
                same = Obj.create();
                if (!host.isEmpty()) {
                    same.set("host", host);
                }
                all.add(same);
            }
            same.add("http.paths", path);
        }
        return all;
    }

    private static Obj path(String text) {
        String[] parts = text.split("=", -1);
        String path = "/" + parts[0];
        boolean prefix = path.endsWith("*");
        return Obj.create()
                .set("path", prefix ? path.substring(0, path.length() - 1) : path)
                .set("pathType", prefix ? "Prefix" : "Exact")
                .set("backend", backend(parts[1]));
    }

    private static Obj backend(String text) {
        String[] parts = text.split(":", -1);
        Obj backend = Obj.create().set("service.name", parts[0]);
        return parts[1].matches("[0-9]{1,9}")
                ? backend.set("service.port.number", Integer.parseInt(parts[1]))
                : backend.set("service.port.name", parts[1]);
    }

    @Override
    String failure() {
        return "failed to create ingress:";
    }
}
