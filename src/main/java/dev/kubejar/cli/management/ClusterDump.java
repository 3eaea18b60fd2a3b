package dev.kubejar.cli.management;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Disk;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Pods;
import dev.kubejar.cli.PrintFlags;
import dev.kubejar.client.NodeStreams.LogOptions;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Response;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl cluster-info dump}: what helps to find a cluster's faults, to standard output or into a folder. */
public final class ClusterDump implements Command {
    private Invocation call;
    private String folder;

    @Override
    public void flags(Flags flags) {
        PrintFlags.declare(flags, "json");
        flags.bool("all-namespaces", 'A', false)
                .slice("namespaces")
                .string("output-directory", "")
                .duration("pod-running-timeout", "20s");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        String wanted = call.flags().text("output-directory");
        folder = wanted.equals("-") ? "" : wanted;
        Pods.runningTimeout(call.flags());
        PrintFlags.ordered(call);
        list("nodes", Resources.NODES, "NodeList", "");
        for (String namespace : namespaces()) {
            kinds().forEach((file, kind) -> list(namespace + "/" + file, kind, listKind(kind), namespace));
            for (Obj pod : call.call(Request.list(Resources.PODS, namespace)).items()) {
                write(namespace + "/" + pod.name() + "/logs.txt", logs(pod));
            }
        }
        if (!folder.isEmpty()) {
            call.out().println("Cluster info dumped to " + folder);
        }
        return 0;
    }

    /** The resources of a namespace by the files that they go to, in the order of the dump. */
    private static Map<String, GroupVersionResource> kinds() {
        Map<String, GroupVersionResource> kinds = new LinkedHashMap<>();
        kinds.put("events", new GroupVersionResource("", "v1", "events"));
        kinds.put("replication-controllers", new GroupVersionResource("", "v1", "replicationcontrollers"));
        kinds.put("services", Resources.SERVICES);
        kinds.put("daemonsets", new GroupVersionResource("apps", "v1", "daemonsets"));
        kinds.put("deployments", new GroupVersionResource("apps", "v1", "deployments"));
        kinds.put("replicasets", new GroupVersionResource("apps", "v1", "replicasets"));
        kinds.put("pods", Resources.PODS);
        return kinds;
    }

    private static String listKind(GroupVersionResource resource) {
        return switch (resource.resource()) {
            case "events" -> "EventList";
            case "replicationcontrollers" -> "ReplicationControllerList";
            case "services" -> "ServiceList";
            case "daemonsets" -> "DaemonSetList";
            case "deployments" -> "DeploymentList";
            case "replicasets" -> "ReplicaSetList";
            default -> "PodList";
        };
    }

    private List<String> namespaces() {
        if (call.flags().on("all-namespaces")) {
            return call.call(Request.list(Resources.NAMESPACES, "")).items().stream()
                    .map(Obj::name)
                    .toList();
        }
        List<String> given = call.flags().list("namespaces");
        return given.isEmpty() ? List.of("kube-system", call.namespace()) : given;
    }

    private void list(String file, GroupVersionResource resource, String kind, String namespace) {
        Response answer = call.call(Request.list(resource, namespace));
        List<Obj> items = new ArrayList<>();
        for (Obj item : answer.items()) {
            ObjectNode ordered = PrintFlags.structured(item).node();
            ordered.remove("kind");
            ordered.remove("apiVersion");
            items.add(Obj.of(ordered));
        }
        Obj list = Obj.create().set("kind", kind).set("apiVersion", resource.groupVersion());
        list.set("metadata.resourceVersion", answer.resourceVersion()).set("items", items);
        StringBuilder text = new StringBuilder();
        PrintFlags.ordered(call).print(list, text);
        String format = call.flags().text("output");
        write(file + (format.equals("json") || format.equals("yaml") ? "." + format : ".txt"), text.toString());
    }

    private String logs(Obj pod) {
        StringBuilder text = new StringBuilder();
        for (String kind : List.of("spec.initContainers", "spec.containers")) {
            for (Obj container : pod.list(kind)) {
                String about = " logs for container " + container.text("name") + " of pod " + pod.namespace() + "/"
                        + pod.name() + " ====\n";
                text.append("==== START").append(about);
                LogOptions options = new LogOptions(container.text("name"), false, false, 0, false, 0, null);
                try {
                    byte[] bytes = call.cluster()
                            .streams()
                            .logs(Ref.of(Resources.PODS, pod), options)
                            .bytes();
                    text.append(new String(bytes, StandardCharsets.UTF_8));
                } catch (ApiError e) {
                    text.append("Request log error: ").append(e.getMessage()).append('\n');
                }
                text.append("==== END").append(about);
            }
        }
        return text.toString();
    }

    private void write(String file, String text) {
        if (folder.isEmpty()) {
            call.out().print(text);
            return;
        }
        Path path = call.session().path(folder).resolve(file);
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new CliError("open " + folder + "/" + file + ": " + Disk.reason(e));
        }
    }
}
