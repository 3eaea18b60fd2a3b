package dev.kubejar.api;

import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The life of a CustomResourceDefinition: its names are accepted unless another of its group has them, then it is
 * established; its objects go before it does.
 */
final class CustomDefinitions implements Strategy {
    private static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

    private final Parts parts;

    CustomDefinitions(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void written(Obj definition) {
        Kind kind =
                parts.kinds().byResource(Resources.CUSTOMRESOURCEDEFINITIONS).orElseThrow();
        Obj next = definition.copy();
        if (definition.deleting()) {
            cleanUp(kind, definition);
            return;
        }
        if (!next.texts("metadata.finalizers").contains(FINALIZER)) {
            next.add("metadata.finalizers", dev.kubejar.object.Json.NODES.textNode(FINALIZER));
        }
        Instant now = parts.clock().now();
        approval(next, now);
        accept(next, others(kind, definition), now);
        if (!Trees.same(next.node(), definition.node())) {
            parts.registry().put(kind, definition, parts.decoding().canonical(kind, next));
            reconsider(kind, definition);
        }
    }

    /** Lets those of the group that lacked a name try again: one may have become free. */
    private void reconsider(Kind kind, Obj changed) {
        for (Obj other : others(kind, changed)) {
            if (!other.deleting()
                    && other.list("status.conditions").stream()
                            .anyMatch(each -> each.text("type").equals("NamesAccepted")
                                    && each.text("status").equals("False"))) {
                written(other);
            }
        }
    }

    private List<Obj> others(Kind kind, Obj definition) {
        List<Obj> others = new ArrayList<>();
        for (Obj other : parts.registry().objects(parts.registry().space().range(Registry.prefix(kind, ""), "", 0))) {
            if (!other.uid().equals(definition.uid())
                    && other.text("spec.group").equals(definition.text("spec.group"))) {
                others.add(other);
            }
        }
        return others;
    }

    /** Takes over each name that nobody else of the group has; the last conflict is the one told of. */
    private static void accept(Obj next, List<Obj> others, Instant now) {
        Set<String> resources = new HashSet<>();
        Set<String> kinds = new HashSet<>();
        for (Obj other : others) {
            Obj names = other.obj("status.acceptedNames");
            resources.add(names.text("plural"));
            resources.add(names.text("singular"));
            resources.addAll(names.texts("shortNames"));
            kinds.add(names.text("kind"));
            kinds.add(names.text("listKind"));
        }
        Obj wanted = next.obj("spec.names");
        Obj accepted = next.child("status").child("acceptedNames");
        String reason = name(wanted, accepted, "plural", resources, "PluralConflict", "");
        reason = name(wanted, accepted, "singular", resources, "SingularConflict", reason);
        reason = shortNames(wanted, accepted, resources, reason);
        reason = name(wanted, accepted, "kind", kinds, "KindConflict", reason);
        reason = name(wanted, accepted, "listKind", kinds, "ListKindConflict", reason);
        if (wanted.texts("categories").isEmpty()) {
            accepted.remove("categories");
        } else {
            accepted.setTexts("categories", wanted.texts("categories"));
        }
        if (reason.isEmpty()) {
            condition(next, "NamesAccepted", "True", "NoConflicts", "no conflicts found", now);
            condition(next, "Established", "True", "InitialNamesAccepted", "the initial names have been accepted", now);
            return;
        }
        int space = reason.indexOf(' ');
        condition(next, "NamesAccepted", "False", reason.substring(0, space), reason.substring(space + 1), now);
        if (!next.list("status.conditions").stream()
                .anyMatch(each -> each.text("type").equals("Established"))) {
            condition(next, "Established", "False", "NotAccepted", "not all names are accepted", now);
        }
    }

    private static String name(
            Obj wanted, Obj accepted, String field, Set<String> taken, String reason, String before) {
        String name = wanted.text(field);
        if (!name.equals(accepted.text(field)) && taken.contains(name)) {
            return reason + " " + inUse(name);
        }
        accepted.set(field, name);
        return before;
    }

    private static String shortNames(Obj wanted, Obj accepted, Set<String> taken, String before) {
        List<String> faults = new ArrayList<>();
        for (String name : wanted.texts("shortNames")) {
            if (!accepted.texts("shortNames").contains(name) && taken.contains(name)) {
                faults.add(inUse(name));
            }
        }
        if (!faults.isEmpty()) {
            String all = String.join(", ", faults);
            return "ShortNamesConflict " + (faults.size() == 1 ? all : "[" + all + "]");
        }
        if (wanted.texts("shortNames").isEmpty()) {
            accepted.remove("shortNames");
        } else {
            accepted.setTexts("shortNames", wanted.texts("shortNames"));
        }
        return before;
    }

    private static String inUse(String name) {
        return "\"" + name + "\" is already in use";
    }

    /** Groups of Kubernetes itself need somebody's approval. */
    private static void approval(Obj next, Instant now) {
        String group = next.text("spec.group");
        if (!group.endsWith(".k8s.io") && !group.endsWith(".kubernetes.io")) {
            return;
        }
        String annotation = "api-approved.kubernetes.io";
        String value = next.annotation(annotation);
        value = value == null ? "" : value;
        String type = "KubernetesAPIApprovalPolicyConformant";
        if (value.isEmpty()) {
            String message = "protected groups must have approval annotation \"" + annotation
                    + "\", see https://github.com/kubernetes/enhancements/pull/1111";
            condition(next, type, "False", "MissingAnnotation", message, now);
        } else if (value.startsWith("unapproved")) {
            condition(next, type, "False", "UnapprovedAnnotation", "not approved: \"" + value + "\"", now);
        } else {
            condition(next, type, "True", "ApprovedAnnotation", "approved in " + value, now);
        }
    }

    private static void condition(Obj object, String type, String status, String reason, String message, Instant now) {
        Obj condition = Obj.create().set("type", type).set("status", status);
        condition.set("lastTransitionTime", now).set("reason", reason).set("message", message);
        for (Obj there : object.list("status.conditions")) {
            if (there.text("type").equals(type)) {
                if (!there.text("status").equals(status)
                        || !there.text("reason").equals(reason)
                        || !there.text("message").equals(message)) {
                    there.node().setAll(condition.node());
                }
                return;
            }
        }
        object.add("status.conditions", condition);
    }

    /** Deletes the definition's objects; takes the finalizer off once none is left. */
    private void cleanUp(Kind kind, Obj definition) {
        if (!definition.texts("metadata.finalizers").contains(FINALIZER)) {
            return;
        }
        String prefix = "/registry/" + definition.text("spec.group") + "/" + definition.text("spec.names.plural") + "/";
        boolean left = false;
        Kind custom = customKind(definition);
        for (Obj object : parts.registry().objects(parts.registry().space().range(prefix, "", 0))) {
            if (object.texts("metadata.finalizers").isEmpty()) {
                parts.registry().remove(custom, object);
            } else {
                left |= !mark(custom, object);
            }
        }
        Obj next = definition.copy();
        if (left) {
            condition(
                    next,
                    "Terminating",
                    "True",
                    "InstanceDeletionInProgress",
                    "CustomResource deletion is in progress",
                    parts.clock().now());
            if (!Trees.same(next.node(), definition.node())) {
                parts.registry().put(kind, definition, next);
            }
            return;
        }
        List<String> finalizers = new ArrayList<>(definition.texts("metadata.finalizers"));
        finalizers.remove(FINALIZER);
        if (finalizers.isEmpty()) {
            parts.registry().remove(kind, definition);
            reconsider(kind, definition);
            return;
        }
        parts.registry().put(kind, definition, next.setTexts("metadata.finalizers", finalizers));
    }

    /** Deletes an object that waits for its finalizers; never gone at once. */
    private boolean mark(Kind custom, Obj object) {
        if (!object.deleting()) {
            Obj marked = object.copy()
                    .set("metadata.deletionTimestamp", parts.clock().now());
            marked.set("metadata.deletionGracePeriodSeconds", 0).set("metadata.generation", object.generation() + 1);
            parts.registry().put(custom, object, marked);
        }
        return false;
    }

    private Kind customKind(Obj definition) {
        for (Obj version : definition.list("spec.versions")) {
            if (version.bool("storage")) {
                GroupVersionResource stored = new GroupVersionResource(
                        definition.text("spec.group"), version.text("name"), definition.text("spec.names.plural"));
                return parts.kinds().stored(stored).orElseThrow();
            }
        }
        throw new IllegalStateException("a definition without a storage version: " + definition.name());
    }
}
