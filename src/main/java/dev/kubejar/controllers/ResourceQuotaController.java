package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Pods;
import dev.kubejar.client.QuotaUsage;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Counts what a namespace uses of its quotas: anew for a new quota, and when something has gone. */
final class ResourceQuotaController extends Controller {
    private static final List<GroupVersionResource> KNOWN = List.of(
            Resources.PODS,
            Resources.SERVICES,
            Resources.PERSISTENTVOLUMECLAIMS,
            Resources.CONFIGMAPS,
            Resources.SECRETS,
            Resources.RESOURCEQUOTAS,
            Resources.REPLICATIONCONTROLLERS,
            Resources.SERVICEACCOUNTS,
            Resources.ENDPOINTS,
            Resources.LIMITRANGES,
            Resources.DEPLOYMENTS,
            Resources.REPLICASETS,
            Resources.STATEFULSETS,
            Resources.DAEMONSETS,
            Resources.JOBS,
            Resources.CRONJOBS,
            Resources.INGRESSES,
            Resources.NETWORKPOLICIES,
            Resources.PODDISRUPTIONBUDGETS,
            Resources.HORIZONTALPODAUTOSCALERS,
            Resources.ROLES,
            Resources.ROLEBINDINGS,
            Resources.LEASES);

    ResourceQuotaController(ActorContext context) {
        super(context, "resourcequota-controller", "resourcequota-controller", "resourcequota-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.RESOURCEQUOTAS)) {
            wake.accept(new Ref(Resources.RESOURCEQUOTAS, change.ref().namespace(), ""));
        } else if (!change.ref().namespace().isEmpty() && frees(change)) {
            wake.accept(new Ref(Resources.RESOURCEQUOTAS, change.ref().namespace(), ""));
        }
    }

    private static boolean frees(Change change) {
        if (change.deleted()) {
            return !change.of(Resources.EVENTS) && !change.of(Resources.LEASES);
        }
        if (change.created()) {
            return false;
        }
        return change.of(Resources.PODS)
                        && (Pods.terminal(change.after()) != Pods.terminal(change.before())
                                || !change.before()
                                        .at("spec.containers")
                                        .equals(change.after().at("spec.containers")))
                || (change.of(Resources.SERVICES) || change.of(Resources.PERSISTENTVOLUMECLAIMS))
                        && !change.before().at("spec").equals(change.after().at("spec"));
    }

    /** The reference has no name: it means all quotas of the namespace. */
    @Override
    Outcome reconcile(Ref ref) {
        for (Obj quota : client.list(Resources.RESOURCEQUOTAS, ref.namespace())) {
            if (!quota.deleting()) {
                sync(quota);
            }
        }
        return Outcome.done();
    }

    private void sync(Obj quota) {
        Map<String, String> hard = quota.map("spec.hard");
        Map<String, Quantity> used = new TreeMap<>();
        hard.keySet().forEach(name -> used.put(name, Quantity.ZERO));
        for (GroupVersionResource resource : counted(hard)) {
            for (Obj object : client.list(resource, quota.namespace())) {
                if (!QuotaUsage.covers(quota, resource, object)) {
                    continue;
                }
                QuotaUsage.of(resource, object, now()).forEach((name, amount) -> {
                    if (used.containsKey(name)) {
                        used.merge(name, amount, Quantity::add);
                    }
                });
            }
        }
        Map<String, String> shown = new TreeMap<>();
        used.forEach((name, amount) -> shown.put(name, amount.toString()));
        Obj changed = quota.copy().set("status.hard", new TreeMap<>(hard)).set("status.used", shown);
        writeStatus(Resources.RESOURCEQUOTAS, quota, changed);
    }

    /** The resources whose objects bear on these names. */
    private static List<GroupVersionResource> counted(Map<String, String> hard) {
        TreeSet<String> names = new TreeSet<>();
        for (String name : hard.keySet()) {
            if (name.startsWith("count/")) {
                names.add(name.substring("count/".length()));
            } else if (name.startsWith("services")) {
                names.add("services");
            } else if (name.contains("storageclass.storage.k8s.io/")
                    || name.equals("requests.storage")
                    || name.equals("persistentvolumeclaims")) {
                names.add("persistentvolumeclaims");
            } else if (KNOWN.stream().anyMatch(known -> known.groupResource().equals(name))) {
                names.add(name);
            } else {
                names.add("pods");
            }
        }
        return KNOWN.stream()
                .filter(known -> names.contains(known.groupResource()))
                .toList();
    }
}
