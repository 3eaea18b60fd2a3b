package dev.kubejar.cli.own.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Selector;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Objects that point to others: Services to pods, Ingresses to Services, autoscalers to workloads, bindings to roles. */
final class Links {
    private final World world;
    private final Findings findings;
    private final Workloads workloads;

    Links(World world, Workloads workloads) {
        this.world = world;
        this.findings = world.findings;
        this.workloads = workloads;
    }

    void check() {
        for (Manifest each : world.manifests()) {
            if (each.resource == null) {
                continue;
            }
            switch (each.kind()) {
                case "Service" -> service(each);
                case "Ingress" -> ingress(each);
                case "HorizontalPodAutoscaler" -> autoscaler(each);
                case "RoleBinding", "ClusterRoleBinding" -> binding(each);
                default -> {
                    // points to nothing that has to be there
                }
            }
        }
    }

    private void service(Manifest service) {
        Map<String, String> selector = service.sent.map("spec.selector");
        if (selector.isEmpty() || service.sent.text("spec.type").equals("ExternalName")) {
            return;
        }
        List<Obj> specs = selected(service, selector);
        if (specs.isEmpty()) {
            boolean spoilt = selector.values().stream().anyMatch(world::mentioned) || unlabelled(service, selector);
            if (!spoilt) {
                findings.add(
                        "no-endpoints",
                        service,
                        "spec.selector",
                        "no endpoints: selector " + Selector.of(selector).text() + " matches no pod");
            }
            return;
        }
        List<Obj> ports = service.sent.list("spec.ports");
        for (int i = 0; i < ports.size(); i++) {
            JsonNode target = ports.get(i).at("targetPort");
            if (target.isTextual() && !target.asText().matches("\\d+") && !offered(specs, target.asText())) {
                findings.add(
                        "target-port",
                        service,
                        "spec.ports[" + i + "].targetPort",
                        "no endpoints: no container of the selected pods has a port named \"" + target.asText() + "\"");
            }
        }
    }

    /** A refused workload whose labels may be what its refusal is about. */
    private boolean unlabelled(Manifest service, Map<String, String> selector) {
        for (Manifest each : world.manifests()) {
            if (each.refused && each.template() != null && each.namespace.equals(service.namespace)) {
                Map<String, String> own = each.sent.map("spec.selector.matchLabels");
                if (each.pod().labels().isEmpty()
                        || own.entrySet().containsAll(selector.entrySet())
                        || each.sent.labels().entrySet().containsAll(selector.entrySet())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The specs of the pods, present or meant, that a selector selects. */
    private List<Obj> selected(Manifest service, Map<String, String> selector) {
        Selector wanted = Selector.of(selector);
        List<Obj> specs = new ArrayList<>();
        for (Manifest each : world.manifests()) {
            if (each.template() != null && each.namespace.equals(service.namespace) && wanted.matches(each.pod())) {
                specs.add(each.pod().obj("spec"));
            }
        }
        for (Obj pod : workloads.livePods(service.namespace)) {
            if (wanted.matches(pod)) {
                specs.add(pod.obj("spec"));
            }
        }
        return specs;
    }

    private static boolean offered(List<Obj> specs, String name) {
        for (Obj spec : specs) {
            for (String list : new String[] {"containers", "initContainers"}) {
                for (Obj container : spec.list(list)) {
                    if (container.list("ports").stream()
                            .anyMatch(port -> port.text("name").equals(name))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void ingress(Manifest ingress) {
        backend(ingress, "spec.defaultBackend");
        List<Obj> rules = ingress.sent.list("spec.rules");
        for (int i = 0; i < rules.size(); i++) {
            List<Obj> paths = rules.get(i).list("http.paths");
            for (int j = 0; j < paths.size(); j++) {
                backend(ingress, "spec.rules[" + i + "].http.paths[" + j + "].backend");
            }
        }
    }

    private void backend(Manifest ingress, String path) {
        JsonNode backend = Fields.at(ingress.sent.node(), path + ".service");
        String name = backend.path("name").asText("");
        if (name.isEmpty()) {
            return;
        }
        Obj service = world.find(Resources.SERVICES, "Service", ingress.namespace, name);
        if (service == null) {
            if (!world.spoilt("Service", ingress.namespace, name)) {
                findings.shared(
                        "Service " + ingress.namespace + "/" + name,
                        "missing-backend",
                        ingress,
                        path + ".service.name",
                        "Service \"" + name + "\" not found in namespace " + ingress.namespace);
            }
            return;
        }
        JsonNode number = backend.path("port").path("number");
        String portName = backend.path("port").path("name").asText("");
        boolean found = service.text("spec.type").equals("ExternalName");
        for (Obj port : service.list("spec.ports")) {
            found |= number.isMissingNode()
                    ? port.text("name").equals(portName)
                    : port.number("port") == number.asLong();
        }
        if (!found) {
            String port = number.isMissingNode() ? "named \"" + portName + "\"" : number.asText();
            findings.add(
                    "missing-backend",
                    ingress,
                    path + ".service.port." + (number.isMissingNode() ? "name" : "number"),
                    "Service \"" + name + "\" has no port " + port);
        }
    }

    private void autoscaler(Manifest autoscaler) {
        Obj target = autoscaler.sent.obj("spec.scaleTargetRef");
        var resource = world.mapper.find(target.text("apiVersion"), target.kind());
        String named = target.kind() + " \"" + target.text("name") + "\"";
        if (resource == null) {
            boolean meant = world.manifests().stream()
                    .anyMatch(each ->
                            each.kind().equals(target.kind()) && each.name().equals(target.text("name")));
            if (!meant) {
                findings.add(
                        "missing-target",
                        autoscaler,
                        "spec.scaleTargetRef",
                        "no matches for kind \"" + target.kind() + "\" in version \"" + target.text("apiVersion")
                                + "\"");
            } else {
                findings.add(
                        "missing-target",
                        autoscaler,
                        "spec.scaleTargetRef.apiVersion",
                        "no matches for kind \"" + target.kind() + "\" in version \"" + target.text("apiVersion")
                                + "\"");
            }
            return;
        }
        if (!world.meant(resource.resource(), target.kind(), autoscaler.namespace, target.text("name"))) {
            findings.shared(
                    named + autoscaler.namespace,
                    "missing-target",
                    autoscaler,
                    "spec.scaleTargetRef.name",
                    named + " not found in namespace " + autoscaler.namespace);
            return;
        }
        usage(autoscaler);
    }

    /** A share of what is requested cannot be had where nothing is requested. */
    private void usage(Manifest autoscaler) {
        Obj active = Conditions.find(workloads.live(autoscaler), "ScalingActive");
        String message = active == null || !active.text("status").equals("False") ? "" : active.text("message");
        int at = message.indexOf("missing request for ");
        if (at >= 0) {
            findings.add(
                    "missing-request",
                    autoscaler,
                    autoscaler.sent.has("spec.metrics") ? "spec.metrics" : "spec.targetCPUUtilizationPercentage",
                    message.substring(at));
        }
    }

    private void binding(Manifest binding) {
        Obj role = binding.sent.obj("roleRef");
        boolean cluster = role.kind().equals("ClusterRole");
        boolean fits = cluster || binding.kind().equals("RoleBinding");
        GroupVersionResource resource = cluster ? Resources.CLUSTERROLES : Resources.ROLES;
        String namespace = cluster ? "" : binding.namespace;
        if (fits && !world.meant(resource, role.kind(), namespace, role.text("name"))) {
            findings.shared(
                    role.kind() + " " + namespace + "/" + role.text("name"),
                    "missing-role",
                    binding,
                    "roleRef.name",
                    role.kind() + " \"" + role.text("name") + "\" not found"
                            + (cluster ? "" : " in namespace " + namespace));
        }
        List<Obj> subjects = binding.sent.list("subjects");
        for (int i = 0; i < subjects.size(); i++) {
            Obj subject = subjects.get(i);
            String home = subject.text("namespace", binding.namespace);
            boolean here = world.client.find(Resources.NAMESPACES, "", home).isPresent();
            if (subject.kind().equals("ServiceAccount")
                    && here
                    && !world.meant(Resources.SERVICEACCOUNTS, "ServiceAccount", home, subject.text("name"))) {
                findings.shared(
                        "ServiceAccount " + home + "/" + subject.text("name"),
                        "missing-serviceaccount",
                        binding,
                        "subjects[" + i + "].name",
                        "ServiceAccount \"" + subject.text("name") + "\" not found in namespace " + home);
            }
        }
    }

    /** Whether a container speaks to a Service that is in trouble itself, so that its own failure follows from that. */
    boolean waitsForTrouble(Manifest manifest, Obj container) {
        String text = said(container);
        for (Manifest service : world.manifests()) {
            if (!service.kind().equals("Service")
                    || service.name().isEmpty()
                    || !speaksTo(text, service, manifest.namespace)) {
                continue;
            }
            if (service.troubled) {
                return true;
            }
            Selector selector = Selector.of(service.sent.map("spec.selector"));
            for (Manifest each : world.manifests()) {
                boolean behind = each != manifest
                        && each.template() != null
                        && each.namespace.equals(service.namespace)
                        && selector.matches(each.pod());
                if (behind && (each.troubled || each.failing && !depends(each, manifest))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether one waits for a Service of the other, in turn. */
    private boolean depends(Manifest one, Manifest other) {
        for (Manifest service : world.manifests()) {
            boolean theirs = service.kind().equals("Service")
                    && service.namespace.equals(other.namespace)
                    && !service.sent.map("spec.selector").isEmpty()
                    && Selector.of(service.sent.map("spec.selector")).matches(other.pod());
            if (theirs) {
                for (Obj container : one.pod().list("spec.containers")) {
                    if (speaksTo(said(container), service, one.namespace)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static String said(Obj container) {
        StringBuilder text = new StringBuilder();
        container.texts("command").forEach(each -> text.append(each).append(' '));
        container.texts("args").forEach(each -> text.append(each).append(' '));
        container.list("env").forEach(each -> text.append(each.text("value")).append(' '));
        for (String probe : new String[] {"readinessProbe", "livenessProbe", "startupProbe"}) {
            container.texts(probe + ".exec.command").forEach(each -> text.append(each)
                    .append(' '));
        }
        return text.toString();
    }

    /** Whether a text has the Service's name as a host: alone within its namespace, with a dot and the namespace from others. */
    private static boolean speaksTo(String text, Manifest service, String from) {
        String name = service.name();
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean starts = at == 0 || !part(text.charAt(at - 1));
            boolean ends = end == text.length()
                    || !part(text.charAt(end))
                    || text.startsWith("." + service.namespace, end)
                    || text.startsWith(". ", end);
            boolean near = service.namespace.equals(from) || text.startsWith("." + service.namespace, end);
            if (starts && ends && near) {
                return true;
            }
        }
        return false;
    }

    private static boolean part(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_';
    }
}
