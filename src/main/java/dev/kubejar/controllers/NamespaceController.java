package dev.kubejar.controllers;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Empties a namespace that is being deleted, pods first, and lets it go when nothing is left (KEP-5080 order). */
final class NamespaceController extends Controller {
    private static final String FINALIZER = "kubernetes";

    NamespaceController(ActorContext context) {
        super(context, "namespace-controller");
    }

    @Override
    void watch(Change change, Consumer<Ref> wake) {
        if (change.of(Resources.NAMESPACES)) {
            if (change.after() != null && change.after().deleting()) {
                wake.accept(change.ref());
            }
        } else if (!change.ref().namespace().isEmpty()
                && (change.deleted() || change.after().deleting())
                && !change.of(Resources.EVENTS)) {
            wake.accept(new Ref(Resources.NAMESPACES, "", change.ref().namespace()));
        }
    }

    @Override
    Outcome reconcile(Ref ref) {
        Obj namespace = client.find(ref).orElse(null);
        if (namespace == null
                || !namespace.deleting()
                || !namespace.texts("spec.finalizers").contains(FINALIZER)) {
            return Outcome.done();
        }
        List<String> failures = empty(ref.name());
        List<Ref> left = remaining(ref.name());
        Obj status = namespace.copy().set("status.phase", "Terminating");
        conditions(status, left, failures);
        namespace = writeStatus(Resources.NAMESPACES, namespace, status);
        if (left.isEmpty()) {
            finish(namespace);
        }
        return failures.isEmpty() ? Outcome.done() : Outcome.failed(failures.get(0));
    }

    /** Deletes what may go now: pods, and once they are gone the rest. */
    private List<String> empty(String name) {
        List<String> failures = new ArrayList<>();
        List<Ref> all = remaining(name);
        boolean pods = all.stream().anyMatch(ref -> ref.resource().equals(Resources.PODS));
        for (Ref ref : all) {
            if (!pods || ref.resource().equals(Resources.PODS)) {
                delete(ref, failures);
            }
        }
        if (pods && remaining(name).stream().noneMatch(ref -> ref.resource().equals(Resources.PODS))) {
            failures.addAll(empty(name));
        }
        return failures;
    }

    private void delete(Ref ref, List<String> failures) {
        try {
            Obj object = client.find(ref).orElse(null);
            if (object != null && !object.deleting()) {
                client.delete(ref);
            }
        } catch (ApiError e) {
            failures.add(e.getMessage());
        }
    }

    private List<Ref> remaining(String name) {
        return context.census().inNamespace(name);
    }

    private void conditions(Obj status, List<Ref> left, List<String> failures) {
        put(
                status,
                "NamespaceDeletionDiscoveryFailure",
                "",
                "ResourcesDiscovered",
                "All resources successfully discovered");
        put(
                status,
                "NamespaceDeletionGroupVersionParsingFailure",
                "",
                "ParsedGroupVersions",
                "All legacy kube types successfully parsed");
        put(
                status,
                "NamespaceDeletionContentFailure",
                failures.isEmpty()
                        ? ""
                        : "Failed to delete all resource types, " + failures.size() + " remaining: "
                                + String.join(", ", failures.stream().sorted().toList()),
                failures.isEmpty() ? "ContentDeleted" : "ContentDeletionFailed",
                "All content successfully deleted, may be waiting on finalization");
        Map<String, Integer> resources = new TreeMap<>();
        Map<String, Integer> finalizers = new TreeMap<>();
        count(left, resources, finalizers);
        put(
                status,
                "NamespaceContentRemaining",
                listed("Some resources are remaining: ", resources, " has "),
                resources.isEmpty() ? "ContentRemoved" : "SomeResourcesRemain",
                "All content successfully removed");
        put(
                status,
                "NamespaceFinalizersRemaining",
                listed("Some content in the namespace has finalizers remaining: ", finalizers, " in "),
                finalizers.isEmpty() ? "ContentHasNoFinalizers" : "SomeFinalizersRemain",
                "All content-preserving finalizers finished");
    }

    private void count(List<Ref> left, Map<String, Integer> resources, Map<String, Integer> finalizers) {
        for (Ref ref : left) {
            GroupVersionResource resource = ref.resource();
            resources.merge(resource.resource() + "." + resource.group(), 1, Integer::sum);
            client.find(ref).ifPresent(object -> object.texts("metadata.finalizers")
                    .forEach(finalizer -> finalizers.merge(finalizer, 1, Integer::sum)));
        }
    }

    private static String listed(String head, Map<String, Integer> counts, String verb) {
        if (counts.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((name, count) -> parts.add(name + verb + count + " resource instances"));
        return head + String.join(", ", parts);
    }

    private void put(Obj status, String type, String problem, String reason, String fine) {
        boolean bad = !problem.isEmpty();
        Conditions.put(status, Conditions.make(type, bad ? "True" : "False", reason, bad ? problem : fine, now()));
    }

    private void finish(Obj namespace) {
        Obj last = namespace.copy();
        List<String> finalizers = new ArrayList<>(last.texts("spec.finalizers"));
        finalizers.remove(FINALIZER);
        if (finalizers.isEmpty()) {
            last.remove("spec.finalizers");
        } else {
            last.setTexts("spec.finalizers", finalizers);
        }
        client.call(Request.update(Resources.NAMESPACES, "", last.name(), last).subresource("finalize"));
    }
}
