package dev.kubejar.cli.basic;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.FileOptions;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.LabelSpec;
import dev.kubejar.cli.Overrides;
import dev.kubejar.cli.PodTemplates;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.cli.ResourceBuilder;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.print.Printer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code kubectl expose}. */
public final class Expose implements Command {
    private static final int LONGEST_NAME = 63;
    private static final Set<String> EXPOSABLE =
            Set.of("ReplicationController", "Service", "Pod", "Deployment", "ReplicaSet");

    private Invocation call;
    private Flags flags;
    private DryRun dryRun;

    @Override
    public void flags(Flags declared) {
        PrintFlags.declare(declared);
        FileOptions.declare(declared);
        DryRun.declare(declared);
        Overrides.declare(declared);
        declared.string("cluster-ip", "")
                .string("external-ip", "")
                .string("field-manager", "kubectl-expose")
                .string("labels", 'l', "")
                .string("load-balancer-ip", "")
                .string("name", "")
                .string("port", "")
                .string("protocol", "")
                .bool("save-config", false)
                .string("selector", "")
                .string("session-affinity", "")
                .string("target-port", "")
                .string("type", "");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        dryRun = DryRun.of(flags);
        Printer printer = PrintFlags.of(call, dryRun.done("exposed"));
        new ResourceBuilder(call)
                .continueOnError()
                .namespace()
                .files(FileOptions.of(flags))
                .arguments(false, call.arguments())
                .flatten()
                .build()
                .visit(info -> printer.print(one(info), call.out()));
        return 0;
    }

    private Obj one(Info info) {
        Obj object = info.object();
        String kind = object.kind();
        if (!EXPOSABLE.contains(kind)) {
            throw new CliError("cannot expose a " + (object.group().isEmpty() ? kind : kind + "." + object.group()));
        }
        Obj service = Overrides.apply(flags, service(object));
        if (dryRun.client()) {
            return call.namespaceGiven() ? service.set("metadata.namespace", call.namespace()) : service;
        }
        Changing.annotate(service, flags.on("save-config"), true);
        return call.call(Changing.options(Request.create(Resources.SERVICES, call.namespace(), service), flags, dryRun))
                .object();
    }

    private Obj service(Obj object) {
        Map<String, String> selector =
                flags.text("selector").isEmpty() ? selector(object) : LabelSpec.parse(flags.text("selector"));
        List<Obj> ports = ports(object);
        Map<String, String> labels =
                flags.text("labels").isEmpty() ? object.labels() : LabelSpec.parse(flags.text("labels"));
        String name = flags.text("name").isEmpty()
                ? object.name()
                        .substring(0, Math.min(LONGEST_NAME, object.name().length()))
                : flags.text("name");
        Obj service =
                Obj.create().set("kind", "Service").set("apiVersion", "v1").set("metadata.name", name);
        if (!labels.isEmpty()) {
            service.set("metadata.labels", new TreeMap<>(labels));
        }
        Obj spec = service.child("spec");
        if (!ports.isEmpty()) {
            spec.set("ports", ports);
        }
        spec.set("selector", selector);
        options(spec);
        return service.set("status.loadBalancer", Obj.create());
    }

    private void options(Obj spec) {
        if (!flags.text("external-ip").isEmpty()) {
            spec.setTexts("externalIPs", List.of(flags.text("external-ip")));
        }
        String type = flags.text("type");
        if (!type.isEmpty()) {
            spec.set("type", type);
        }
        if (type.equals("LoadBalancer") && !flags.text("load-balancer-ip").isEmpty()) {
            spec.set("loadBalancerIP", flags.text("load-balancer-ip"));
        }
        String affinity = flags.text("session-affinity");
        if (!affinity.isEmpty()) {
            if (!affinity.equals("None") && !affinity.equals("ClientIP")) {
                throw new CliError("unknown session affinity: " + affinity);
            }
            spec.set("sessionAffinity", affinity);
        }
        if (!flags.text("cluster-ip").isEmpty()) {
            spec.set("clusterIP", flags.text("cluster-ip"));
        }
    }

    private static Map<String, String> selector(Obj object) {
        String head = "couldn't retrieve selectors via --selector flag or introspection: ";
        switch (object.kind()) {
            case "Pod":
                if (object.labels().isEmpty()) {
                    throw new CliError(head + "the pod has no labels and cannot be exposed");
                }
                return new TreeMap<>(object.labels());
            case "Service":
                if (object.map("spec.selector").isEmpty()) {
                    throw new CliError(head + "the service has no pod selector set");
                }
                return new TreeMap<>(object.map("spec.selector"));
            case "ReplicationController":
                return new TreeMap<>(object.map("spec.selector"));
            default:
                if (!object.list("spec.selector.matchExpressions").isEmpty()) {
                    throw new CliError(head + "couldn't convert expressions - \""
                            + object.at("spec.selector.matchExpressions") + "\" to map-based selector format");
                }
                return new TreeMap<>(object.map("spec.selector.matchLabels"));
        }
    }

    /** The ports that an object's pods or the service listen on, with their protocols, in order. */
    private static Map<String, List<String>> exposed(Obj object) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        if (object.kind().equals("Service")) {
            object.list("spec.ports").forEach(port -> add(found, port.text("port"), port.text("protocol", "TCP")));
            return found;
        }
        for (Obj container : object.obj(PodTemplates.podSpec(object)).list("containers")) {
            container
                    .list("ports")
                    .forEach(port -> add(found, port.text("containerPort"), port.text("protocol", "TCP")));
        }
        return found;
    }

    private static void add(Map<String, List<String>> found, String port, String protocol) {
        List<String> protocols = found.computeIfAbsent(port, key -> new ArrayList<>());
        if (!protocols.contains(protocol)) {
            protocols.add(protocol);
        }
    }

    private List<Obj> ports(Obj object) {
        Map<String, List<String>> known = exposed(object);
        List<String> wanted = flags.text("port").isEmpty()
                ? List.copyOf(known.keySet())
                : List.of(flags.text("port").split(",", -1));
        if (wanted.isEmpty() && !flags.text("cluster-ip").equals("None")) {
            throw new CliError("couldn't find port via --port flag or introspection");
        }
        List<Obj> ports = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            int number = Go.atoi(wanted.get(i));
            String name = wanted.size() > 1 ? "port-" + (i + 1) : "";
            List<String> protocols = protocols(known, wanted.get(i));
            for (String protocol : protocols) {
                String own = protocols.size() > 1 ? "port-" + (i + 1) + "-" + protocol.toLowerCase(Locale.ROOT) : name;
                ports.add(port(own, protocol, number));
            }
        }
        return ports;
    }

    private List<String> protocols(Map<String, List<String>> known, String port) {
        if (!flags.text("protocol").isEmpty()) {
            return List.of(flags.text("protocol"));
        }
        return known.getOrDefault(port, List.of("TCP"));
    }

    private Obj port(String name, String protocol, int number) {
        Obj port = Obj.create();
        if (!name.isEmpty()) {
            port.set("name", name);
        }
        port.set("protocol", protocol).set("port", number);
        String target = flags.text("target-port");
        if (target.isEmpty()) {
            return port.set("targetPort", number);
        }
        return target.matches("-?[0-9]{1,9}")
                ? port.set("targetPort", Integer.parseInt(target))
                : port.set("targetPort", Json.NODES.textNode(target));
    }
}
