package dev.kubejar.cli.advanced;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Deletion;
import dev.kubejar.cli.DryRun;
import dev.kubejar.cli.Errors;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Info;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Klog;
import dev.kubejar.cli.Versions;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * A set of objects that are applied and pruned together; a parent object in the cluster keeps account of their kinds and
 * namespaces (KEP-3659).
 */
final class ApplySet {
    private static final String TOOLING = "applyset.kubernetes.io/tooling";
    private static final String NAMESPACES = "applyset.kubernetes.io/additional-namespaces";
    private static final String OLD_RESOURCES = "applyset.kubernetes.io/contains-group-resources";
    private static final String KINDS = "applyset.kubernetes.io/contains-group-kinds";
    private static final String ID = "applyset.kubernetes.io/id";
    private static final String PART_OF = "applyset.kubernetes.io/part-of";
    private static final String PARENT_TYPE = "applyset.kubernetes.io/is-parent-type";
    private static final String TOOL = "kubectl";

    private final Invocation call;
    private final DryRun dryRun;
    private final ApiResource parent;
    private final String name;
    private final String namespace;
    private final Map<String, ApiResource> kinds = new TreeMap<>();
    private final Set<String> namespaces = new TreeSet<>();
    private final Map<String, ApiResource> nextKinds = new TreeMap<>();
    private final Set<String> nextNamespaces = new TreeSet<>();
    private final Set<String> visited = new HashSet<>();

    private ApplySet(Invocation call, DryRun dryRun, ApiResource parent, String name) {
        this.call = call;
        this.dryRun = dryRun;
        this.parent = parent;
        this.name = name;
        this.namespace = call.namespaceGiven() && parent.namespaced() ? call.namespace() : "";
    }

    /** The set of {@code [RESOURCE][.GROUP]/NAME}; a Secret is the parent where no resource is named. */
    static ApplySet of(Invocation call, DryRun dryRun, String reference) {
        int slash = reference.indexOf('/');
        String type = slash < 0 ? "secrets" : reference.substring(0, slash);
        String name = reference.substring(slash + 1);
        String invalid = "invalid parent reference " + Go.quote(reference) + ": ";
        if (name.isEmpty()) {
            throw new CliError(invalid + "name cannot be blank");
        }
        try {
            return new ApplySet(call, dryRun, call.mapper().resource(type), name);
        } catch (CliError e) {
            throw new CliError(invalid + "no matches for " + type(type));
        }
    }

    private static String type(String type) {
        int dot = type.indexOf('.');
        return dot < 0 ? "/, Resource=" + type : type.substring(dot + 1) + "/, Resource=" + type.substring(0, dot);
    }

    /** Refuses a parent that may not be one. */
    void validate() {
        List<RuntimeException> failures = new ArrayList<>();
        if (parent.namespaced() && namespace.isEmpty()) {
            failures.add(new CliError("namespace is required to use namespace-scoped ApplySet"));
        }
        if (!builtIn() && !declaredParent()) {
            failures.add(new CliError("resource "
                    + Go.quote(
                            parent.groupVersion().contains("/")
                                    ? parent.groupVersion() + ", Resource=" + parent.name()
                                    : "/" + parent.groupVersion() + ", Resource=" + parent.name())
                    + " is not permitted as an ApplySet parent"));
        }
        dev.kubejar.cli.Failures.throwAll(failures);
    }

    private boolean builtIn() {
        return parent.resource().equals(Resources.SECRETS)
                || parent.group().isEmpty() && parent.name().equals("configmaps");
    }

    private boolean declaredParent() {
        String wanted = parent.name() + "." + parent.group();
        return call.call(Request.list(Resources.CUSTOMRESOURCEDEFINITIONS, "").labels(PARENT_TYPE)).items().stream()
                .anyMatch(definition -> definition.name().equals(wanted));
    }

    private String id() {
        String text = String.join(".", name, namespace, parent.kind(), parent.group());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "applyset-" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + "-v1";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Marks the manifests as members, reads the parent, and has it name the new kinds before anything is applied. */
    void begin(List<Info> infos) {
        for (Info info : infos) {
            if (info.object().labels().containsKey(PART_OF)) {
                throw new CliError("ApplySet label " + Go.quote(PART_OF) + " already set in input data");
            }
            info.object().child("metadata").child("labels").node().put(PART_OF, id());
        }
        readParent();
        for (Info info : infos) {
            ApiResource resource = info.resource();
            nextKinds.put(groupKind(resource), resource);
            if (resource.namespaced() && !info.namespace().isEmpty()) {
                nextNamespaces.add(info.namespace());
            }
        }
        Map<String, ApiResource> allKinds = new TreeMap<>(kinds);
        allKinds.putAll(nextKinds);
        Set<String> allNamespaces = new TreeSet<>(namespaces);
        allNamespaces.addAll(nextNamespaces);
        writeParent(allKinds, allNamespaces);
    }

    private static String groupKind(ApiResource resource) {
        return resource.group().isEmpty() ? resource.kind() : resource.kind() + "." + resource.group();
    }

    private String parentText() {
        return parent.name() + "." + parent.group() + "/" + name;
    }

    private void readParent() {
        Obj object;
        try {
            object = call.call(Request.get(parent.resource(), namespace, name)).object();
        } catch (ApiError e) {
            if (!e.is("NotFound")) {
                throw Errors.withMessage(
                        e, "failed to fetch ApplySet parent object " + Go.quote(parentText()) + ": " + e.getMessage());
            }
            if (!builtIn()) {
                throw new CliError("custom resource ApplySet parents cannot be created automatically");
            }
            return;
        }
        checkParent(object);
        readKinds(object);
        String more = object.annotation(NAMESPACES);
        if (!more.isEmpty()) {
            namespaces.addAll(List.of(more.split(",")));
        }
        if (parent.namespaced()) {
            namespaces.add(namespace);
        }
    }

    private void checkParent(Obj object) {
        String subject = "ApplySet parent object " + Go.quote(parentText());
        if (!object.map("metadata.annotations").containsKey(TOOLING)) {
            throw new CliError(subject + " already exists and is missing required annotation " + Go.quote(TOOLING));
        }
        String tooling = object.annotation(TOOLING);
        int slash = tooling.lastIndexOf('/');
        String tool = slash < 0 ? tooling : tooling.substring(0, slash);
        if (!tool.equals(TOOL)) {
            throw new CliError(subject + " already exists and is managed by tooling " + Go.quote(tool) + " instead of "
                    + Go.quote(TOOL));
        }
        if (!object.labels().containsKey(ID)) {
            throw new CliError(subject + " exists and does not have required label " + ID);
        }
        if (!object.label(ID).equals(id())) {
            throw new CliError(subject + " exists and has incorrect value for label " + Go.quote(ID) + " (got: "
                    + object.label(ID) + ", want: " + id() + ")");
        }
    }

    private void readKinds(Obj object) {
        Map<String, String> annotations = object.map("metadata.annotations");
        String failed = "parsing ApplySet annotation on " + Go.quote(parentText()) + ": ";
        if (!annotations.containsKey(KINDS)) {
            readResources(object.annotation(OLD_RESOURCES), failed);
            return;
        }
        for (String each : parts(object.annotation(KINDS))) {
            int dot = each.indexOf('.');
            String kind = dot < 0 ? each : each.substring(0, dot);
            ApiResource found = call.mapper().findKind(dot < 0 ? "" : each.substring(dot + 1), kind);
            if (found == null) {
                throw new CliError(failed + "could not find mapping for kind in " + Go.quote(KINDS)
                        + " annotation: no matches for kind " + Go.quote(kind) + " in group "
                        + Go.quote(dot < 0 ? "" : each.substring(dot + 1)));
            }
            kinds.put(each, found);
        }
    }

    private void readResources(String old, String failed) {
        if (old.isEmpty()) {
            throw new CliError(failed + "kubectl requires the " + Go.quote(KINDS)
                    + " annotation to be set on all ApplySet parent objects");
        }
        for (String each : parts(old)) {
            try {
                ApiResource found = call.mapper().resource(each);
                kinds.put(groupKind(found), found);
            } catch (CliError e) {
                throw new CliError(failed + "invalid group resource in " + Go.quote(OLD_RESOURCES)
                        + " annotation: no matches for " + type(each));
            }
        }
    }

    private static List<String> parts(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    private void writeParent(Map<String, ApiResource> ofKinds, Set<String> inNamespaces) {
        if (dryRun.client()) {
            return;
        }
        Set<String> others = new TreeSet<>(inNamespaces);
        others.remove(namespace);
        Obj patch = Obj.create(parent.groupVersion(), parent.kind()).set("metadata.name", name);
        if (!namespace.isEmpty()) {
            patch.set("metadata.namespace", namespace);
        }
        ObjectNode annotations = patch.child("metadata").child("annotations").node();
        annotations.put(TOOLING, TOOL + "/" + Versions.CLIENT);
        annotations.put(KINDS, String.join(",", ofKinds.keySet()));
        annotations.put(NAMESPACES, String.join(",", others));
        patch.child("metadata").child("labels").node().put(ID, id());
        try {
            send(patch, false);
        } catch (ApiError e) {
            if (!e.is("Conflict")) {
                throw Errors.withMessage(e, "failed to update ApplySet: " + e.getMessage());
            }
            call.err()
                    .println(Klog.warning(
                            call.now(),
                            "applyset.go:446",
                            "WARNING: failed to update ApplySet: " + e.getMessage() + "\nApplySet field manager " + TOOL
                                    + "-applyset should own these fields. Retrying with conflicts forced."));
            send(patch, true);
        }
    }

    private void send(Obj patch, boolean force) {
        call.call(Request.patch(parent.resource(), namespace, name, Request.PatchType.APPLY, patch.node())
                .fieldManager(TOOL + "-applyset")
                .force(force)
                .dryRun(dryRun.server()));
    }

    void visited(Info info) {
        visited.add(info.object().uid());
    }

    /** Deletes the members that were not applied now, and has the parent name what is left. */
    void prune(BiConsumer<Obj, String> print) {
        List<Runnable> deletions = new ArrayList<>();
        for (ApiResource resource : kinds.values()) {
            for (String each : resource.namespaced() ? namespaces : Set.of("")) {
                for (Obj object : members(resource, each)) {
                    deletions.add(() -> delete(resource, object, print));
                }
            }
        }
        deletions.forEach(Runnable::run);
        try {
            writeParent(nextKinds, nextNamespaces);
        } catch (ApiError e) {
            throw Errors.withMessage(e, "apply and prune succeeded, but ApplySet update failed: " + e.getMessage());
        }
    }

    private List<Obj> members(ApiResource resource, String where) {
        List<Obj> found = new ArrayList<>();
        for (Obj object : call.call(Request.list(resource.resource(), where).labels(PART_OF + "=" + id()))
                .items()) {
            if (!visited.contains(object.uid())) {
                found.add(object);
            }
        }
        return found;
    }

    private void delete(ApiResource resource, Obj object, BiConsumer<Obj, String> print) {
        if (!dryRun.client()) {
            long grace = call.flags().number("grace-period");
            try {
                call.call(Request.delete(resource.resource(), object.namespace(), object.name())
                        .grace(grace < 0 ? null : Long.valueOf(grace))
                        .propagation(Deletion.propagation(call))
                        .dryRun(dryRun.server()));
            } catch (ApiError e) {
                String where = object.namespace().isEmpty() ? "" : object.namespace() + "/";
                throw Errors.withMessage(
                        e, "pruning " + groupKind(resource) + " " + where + object.name() + ": " + e.getMessage());
            }
        }
        print.accept(object, "pruned");
    }
}
