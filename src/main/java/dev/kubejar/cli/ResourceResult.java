package dev.kubejar.cli;

import dev.kubejar.client.ApiResource;
import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The objects a {@link ResourceBuilder} found, visited one by one; failures wait for the end where they may. */
public final class ResourceResult {
    record Rules(
            String namespace,
            boolean defaultNamespace,
            boolean requireNamespace,
            boolean continueOnError,
            boolean flatten,
            boolean fetch,
            boolean local,
            long chunk) {}

    private final Invocation call;
    private final Rules rules;
    private final boolean singleItemImplied;
    private final boolean targetsSingleItems;
    private boolean ignoreNotFound;
    private List<Info> named = List.of();
    private List<Manifests.Source> sources = List.of();
    private boolean validate;
    private boolean latest;
    private LabelSelector filter;
    private List<ApiResource> selected = List.of();
    private String labels = "";
    private String fields = "";

    ResourceResult(Invocation call, Rules rules, boolean singleItemImplied, boolean targetsSingleItems) {
        this.call = call;
        this.rules = rules;
        this.singleItemImplied = singleItemImplied;
        this.targetsSingleItems = targetsSingleItems;
    }

    ResourceResult named(List<Info> infos) {
        named = infos;
        return this;
    }

    ResourceResult files(List<Manifests.Source> from, boolean checked, boolean fetched, LabelSelector selector) {
        sources = from;
        validate = checked;
        latest = fetched;
        filter = selector;
        return this;
    }

    ResourceResult selectors(List<ApiResource> resources, String labelSelector, String fieldSelector) {
        selected = resources;
        labels = labelSelector;
        fields = fieldSelector;
        return this;
    }

    /** Whether the user asked for exactly one object. */
    public boolean singleItemImplied() {
        return singleItemImplied;
    }

    /** Whether names were given, rather than types and selectors. */
    public boolean targetsSingleItems() {
        return targetsSingleItems;
    }

    /** Objects that are not there are passed over. */
    public ResourceResult ignoreNotFound() {
        ignoreNotFound = true;
        return this;
    }

    /** What a selector is to be applied to; empty for names and files. */
    List<ApiResource> selected() {
        return selected;
    }

    String labels() {
        return labels;
    }

    String fields() {
        return fields;
    }

    String namespace() {
        return rules.namespace;
    }

    List<Info> names() {
        return named;
    }

    /** All objects, or the failures met on the way. */
    public List<Info> infos() {
        List<Info> all = new ArrayList<>();
        visit(all::add);
        return all;
    }

    /** All objects that could be had; what could not goes to {@code failures}. */
    public List<Info> infos(List<RuntimeException> failures) {
        List<Info> all = new ArrayList<>();
        try {
            visit(all::add);
        } catch (ApiError | CliError | Failures e) {
            failures.add(e);
        }
        return all;
    }

    /** The same for commands that gather failures: one from a file's stream is then an aggregate in an aggregate. */
    public List<Info> gathered(List<RuntimeException> failures) {
        List<RuntimeException> met = new ArrayList<>();
        List<Info> all = infos(met);
        met.forEach(each -> failures.add(bare(each)));
        return all;
    }

    /** A failure as such commands tell it: what a file's stream met is told without a prefix. */
    RuntimeException bare(RuntimeException failure) {
        return sources.isEmpty() || !(failure instanceof CliError) ? failure : CliError.plain(failure.getMessage());
    }

    /** Calls the visitor for every object; throws what failed, at once or when all others are through. */
    public void visit(Consumer<Info> visitor) {
        List<RuntimeException> failures = new ArrayList<>();
        Consumer<Runnable> guarded = step -> guard(step, failures);
        for (Info info : named) {
            guarded.accept(() -> offer(info, visitor));
        }
        for (Manifests.Source source : sources) {
            guarded.accept(() -> fromSource(source, visitor, guarded));
        }
        for (ApiResource resource : selected) {
            guarded.accept(() -> fromList(resource, visitor, guarded));
        }
        Failures.throwAll(failures);
    }

    private void guard(Runnable step, List<RuntimeException> failures) {
        try {
            step.run();
        } catch (ApiError | CliError | Failures e) {
            if (ignoreNotFound && e instanceof ApiError api && api.is("NotFound")) {
                return;
            }
            if (!rules.continueOnError) {
                throw e;
            }
            failures.add(e);
        }
    }

    private void fromSource(Manifests.Source source, Consumer<Info> visitor, Consumer<Runnable> guarded) {
        ResourceMapper mapper = rules.local ? null : call.mapper();
        source.read(
                call.session(),
                validate,
                object -> guarded.accept(() -> {
                    Info info = Manifests.info(mapper, object, source.name());
                    if (info.object().kind().endsWith("List")
                            && info.object().at("items").isArray()
                            && rules.flatten) {
                        for (Obj item : Manifests.items(info.object())) {
                            guarded.accept(() -> single(Manifests.info(mapper, item, source.name()), visitor));
                        }
                    } else {
                        single(info, visitor);
                    }
                }));
    }

    private void single(Info info, Consumer<Info> visitor) {
        if (latest) {
            if (rules.defaultNamespace && info.namespaced() && info.namespace().isEmpty()) {
                info.namespace(rules.namespace);
            }
            if (!info.name().isEmpty()) {
                info.get(call);
            }
        }
        if (filter != null && !filter.matches(info.object())) {
            return;
        }
        offer(info, visitor);
    }

    private void offer(Info info, Consumer<Info> visitor) {
        if (info.namespaced() && info.namespace().isEmpty() && rules.defaultNamespace) {
            info.namespace(rules.namespace);
        }
        if (rules.requireNamespace && info.namespaced() && !info.namespace().equals(rules.namespace)) {
            throw new CliError("the namespace from the provided object " + Go.quote(info.namespace())
                    + " does not match the namespace " + Go.quote(rules.namespace) + ". You must pass '--namespace="
                    + info.namespace() + "' to perform this operation.");
        }
        if (!info.namespaced() && !info.namespace().isEmpty()) {
            info.namespace("");
        }
        if (rules.fetch && info.object() == null) {
            info.get(call);
        }
        visitor.accept(info);
    }

    private void fromList(ApiResource resource, Consumer<Info> visitor, Consumer<Runnable> guarded) {
        String scope = resource.namespaced() ? rules.namespace : "";
        for (Obj item : list(resource, scope)) {
            guarded.accept(() -> visitor.accept(new Info(resource, item.namespace(), item.name(), "", "", item)));
        }
    }

    private List<Obj> list(ApiResource resource, String scope) {
        List<Obj> all = new ArrayList<>();
        pages(resource, scope, false, page -> all.addAll(page.items()));
        return all;
    }

    private void pages(ApiResource resource, String scope, boolean table, Consumer<Response> each) {
        PathSegment.check("namespace", scope);
        String next = "";
        do {
            Response page = page(Request.list(resource.resource(), scope)
                    .labels(labels)
                    .fields(fields)
                    .limit((int) rules.chunk)
                    .continueFrom(next)
                    .table(table));
            each.accept(page);
            next = page.continueToken();
        } while (!next.isEmpty());
    }

    /** Visits what a selector finds page by page, as the server answers: lists, or tables. */
    void visitPages(boolean table, BiConsumer<ApiResource, Obj> visitor) {
        List<RuntimeException> failures = new ArrayList<>();
        for (ApiResource resource : selected) {
            String scope = resource.namespaced() ? rules.namespace : "";
            guard(() -> pages(resource, scope, table, page -> visitor.accept(resource, page.object())), failures);
        }
        Failures.throwAll(failures);
    }

    /** The request that lists and watches what was asked for: a selection, or one object by its name. */
    public Request watchRequest(ApiResource resource) {
        if (!selected.isEmpty()) {
            return Request.list(resource.resource(), resource.namespaced() ? rules.namespace : "")
                    .labels(labels)
                    .fields(fields);
        }
        Info one = named.isEmpty() ? infos().get(0) : named.get(0);
        return Request.list(resource.resource(), one.namespace()).fields("metadata.name=" + one.name());
    }

    /** One page of a list, the refusal worded as kubectl does. */
    Response page(Request request) {
        try {
            return call.call(request);
        } catch (ApiError e) {
            throw enhanced(e, request);
        }
    }

    static ApiError enhanced(ApiError e, Request request) {
        if (!e.is("BadRequest") && !e.is("NotFound")) {
            return e;
        }
        String subject = Go.quote(request.resource.group() + "/" + request.resource.version() + ", Resource="
                + request.resource.resource());
        String head = request.labelSelector.isEmpty() && request.fieldSelector.isEmpty()
                ? "Unable to list " + subject
                : "Unable to find " + subject + " that match label selector " + Go.quote(request.labelSelector)
                        + ", field selector " + Go.quote(request.fieldSelector);
        return new ApiError(e.code(), e.reason(), head + ": " + e.getMessage(), e.details(), e.causes());
    }
}
