package dev.kubejar.cli.advanced;

import dev.kubejar.cli.Changing;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Deletion;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Klog;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** {@code apply --prune}: deletes what was applied once and is in the manifests no more. */
final class Pruning {
    private static final List<String> USUAL = List.of(
            "/v1/ConfigMap",
            "/v1/Endpoints",
            "/v1/PersistentVolumeClaim",
            "/v1/Pod",
            "/v1/ReplicationController",
            "/v1/Secret",
            "/v1/Service",
            "batch/v1/Job",
            "batch/v1/CronJob",
            "networking.k8s.io/v1/Ingress",
            "apps/v1/DaemonSet",
            "apps/v1/Deployment",
            "apps/v1/ReplicaSet",
            "apps/v1/StatefulSet",
            "/v1/Namespace",
            "/v1/PersistentVolume");

    private final Invocation call;
    private final DryRun dryRun;
    private final List<ApiResource> resources;
    private final boolean usual;
    private final Set<String> visitedUids = new HashSet<>();
    private final Set<String> visitedNamespaces = new TreeSet<>();

    private Pruning(Invocation call, DryRun dryRun, List<ApiResource> resources, boolean usual) {
        this.call = call;
        this.dryRun = dryRun;
        this.resources = resources;
        this.usual = usual;
    }

    static void declare(Flags flags) {
        flags.bool("all", false).bool("prune", false).array("prune-allowlist");
    }

    static Pruning of(Invocation call, DryRun dryRun) {
        List<String> wanted = call.flags().list("prune-allowlist");
        List<ApiResource> resources = new ArrayList<>();
        for (String each : wanted.isEmpty() ? USUAL : wanted) {
            resources.add(resource(call, each));
        }
        Pruning pruning = new Pruning(call, dryRun, resources, wanted.isEmpty());
        if (call.namespaceGiven()) {
            pruning.visitedNamespaces.add(call.namespace());
        }
        return pruning;
    }

    private static ApiResource resource(Invocation call, String groupVersionKind) {
        String[] parts = groupVersionKind.split("/", -1);
        if (parts.length != 3) {
            throw new CliError(
                    "invalid GroupVersionKind format: " + groupVersionKind + ", please follow <group/version/kind>");
        }
        String group = parts[0].equals("core") ? "" : parts[0];
        String groupVersion = group.isEmpty() ? parts[1] : group + "/" + parts[1];
        ApiResource found = call.mapper().find(groupVersion, parts[2]);
        if (found == null) {
            throw new CliError("no matches for kind " + Go.quote(parts[2]) + " in version " + Go.quote(groupVersion));
        }
        return found;
    }

    void visited(Info info) {
        visitedUids.add(info.object().uid());
        if (info.namespaced()) {
            visitedNamespaces.add(info.namespace());
        }
    }

    void run(BiConsumer<Obj, String> print) {
        each((resource, object) -> {
            if (!dryRun.client()) {
                long grace = call.flags().number("grace-period");
                call.call(Request.delete(resource.resource(), object.namespace(), object.name())
                        .grace(grace < 0 ? null : Long.valueOf(grace))
                        .propagation(Deletion.propagation(call))
                        .dryRun(dryRun.server()));
            }
            print.accept(object, "pruned");
        });
    }

    /** Hands on each object that was applied once and has not been visited. */
    void each(BiConsumer<ApiResource, Obj> use) {
        if (usual) {
            call.err()
                    .println(Klog.warning(
                            call.now(),
                            "prune.go:71",
                            "Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with"
                                    + " the --namespace flag in a future release. To preserve the current behaviour, list the"
                                    + " resources you want to target explicitly in the --prune-allowlist flag."));
        }
        for (String namespace : visitedNamespaces) {
            for (ApiResource resource : resources) {
                if (resource.namespaced()) {
                    each(resource, namespace, use);
                }
            }
        }
        for (ApiResource resource : resources) {
            if (!resource.namespaced()) {
                each(resource, "", use);
            }
        }
    }

    private void each(ApiResource resource, String namespace, BiConsumer<ApiResource, Obj> use) {
        List<Obj> found = call.call(Request.list(resource.resource(), namespace)
                        .labels(call.flags().text("selector")))
                .items();
        for (Obj object : found) {
            if (!object.annotation(Changing.LAST_APPLIED).isEmpty() && !visitedUids.contains(object.uid())) {
                use.accept(resource, object);
            }
        }
    }
}
