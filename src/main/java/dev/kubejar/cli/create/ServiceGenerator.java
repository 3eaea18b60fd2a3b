package dev.kubejar.cli.create;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Go;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the {@code create service} subcommands share. */
abstract class ServiceGenerator extends Generator {
    abstract String type();

    @Override
    final Obj build(String name) {
        String clusterIp = flags().has("clusterip") ? flags().text("clusterip") : "";
        List<String> tcp = flags().list("tcp");
        boolean external = type().equals("ExternalName");
        if (!clusterIp.equals("None") && tcp.isEmpty() && !external) {
            throw new CliError("at least one tcp port specifier must be provided");
        }
        String externalName = external ? flags().text("external-name") : "";
        if (external && !dev.kubejar.schema.Names.subdomain(externalName).isEmpty()) {
            throw new CliError("invalid service external name " + externalName);
        }
        List<Obj> ports = new ArrayList<>();
        tcp.forEach(each -> ports.add(port(each)));
        Obj service = object("v1", "Service", name, true);
        service.set("metadata.labels", Map.of("app", name));
        if (!ports.isEmpty()) {
            service.set("spec.ports", ports);
        }
        service.set("spec.selector", Map.of("app", name));
        if (!clusterIp.isEmpty()) {
            service.set("spec.clusterIP", clusterIp);
        }
        service.set("spec.type", type());
        if (external) {
            service.set("spec.externalName", externalName);
        }
        return service.set("status.loadBalancer", Obj.create());
    }

    private Obj port(String text) {
        int colon = text.indexOf(':');
        long port = Ports.parse(colon < 0 ? text : text.substring(0, colon));
        JsonNode target = Json.NODES.numberNode((int) port);
        if (colon >= 0) {
            target = Ports.target(text.substring(colon + 1).split(":", -1)[0]);
        }
        Obj made = Obj.create()
                .set("name", text.replace(':', '-'))
                .set("protocol", "TCP")
                .set("port", port)
                .set("targetPort", target);
        long nodePort = flags().has("node-port") ? flags().number("node-port") : 0;
        return nodePort == 0 ? made : made.set("nodePort", nodePort);
    }

    @Override
    final String failure() {
        return "failed to create " + type() + " service:";
    }

    /** Port numbers and names as the command line writes them. */
    static final class Ports {
        private Ports() {}

        static long parse(String text) {
            if (!text.matches("[0-9]+")) {
                throw new CliError("strconv.ParseUint: parsing " + Go.quote(text) + ": invalid syntax");
            }
            if (text.length() > 5 || Long.parseLong(text) > 65_535) {
                throw new CliError("strconv.ParseUint: parsing " + Go.quote(text) + ": value out of range");
            }
            return Long.parseLong(text);
        }

        static JsonNode target(String text) {
            if (text.matches("[+-]?[0-9]{1,18}")) {
                long number = Long.parseLong(text);
                if (number < 1 || number > 65_535) {
                    throw new CliError("must be between 1 and 65535, inclusive");
                }
                return Json.NODES.numberNode((int) number);
            }
            List<String> faults = new ArrayList<>();
            if (text.length() > 15) {
                faults.add("must be no more than 15 bytes");
            }
            if (!text.matches("[-a-zA-Z0-9]+")) {
                faults.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
            } else if (!text.matches(".*[a-zA-Z].*")) {
                faults.add("must contain at least one letter (a-z)");
            }
            if (text.contains("--")) {
                faults.add("must not contain consecutive hyphens");
            }
            if (text.startsWith("-") || text.endsWith("-")) {
                faults.add("must not begin or end with a hyphen");
            }
            if (!faults.isEmpty()) {
                throw new CliError(String.join(",", faults));
            }
            return Json.NODES.textNode(text);
        }
    }
}
