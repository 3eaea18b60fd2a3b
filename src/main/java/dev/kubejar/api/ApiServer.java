package dev.kubejar.api;

import dev.kubejar.client.Census;
import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.Identity;
import dev.kubejar.client.Request;
import dev.kubejar.client.Response;
import dev.kubejar.client.Verb;
import dev.kubejar.client.Watch;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.KindCatalog;
import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Randoms;
import dev.kubejar.store.Batch;
import dev.kubejar.store.Store;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The Kubernetes API without its transport. A request passes through authorization, decoding, defaulting, admission,
 * validation and a compare-and-set write; whatever it writes stays or goes as one.
 */
public final class ApiServer {
    private final Parts parts;
    private final CustomKinds customKinds;
    private final Authorization authorization;
    private final TokenUsers tokenUsers;
    private final Create create;
    private final Update update;
    private final Delete delete;
    private final Read read;
    private final Patch patch;
    private final Subresources subresources;
    private final Bindings bindings;
    private final Reviews reviews;
    private Aggregated aggregated = request -> java.util.Optional.empty();

    /** What an API server is made of; where {@code authorizer} is null, the stored roles decide. */
    public record Setup(
            Store store,
            Supplier<Batch> batch,
            Memory memory,
            Clock clock,
            KindCatalog kinds,
            Authorizer authorizer,
            List<Admission> plugins,
            Consumer<Change> listener) {}

    public ApiServer(Setup setup) {
        Registry registry = new Registry(new Space(setup.store(), setup.batch()), setup.listener());
        Randoms randoms = new Randoms(setup.memory());
        Strategies strategies = new Strategies();
        CustomKinds kinds = new CustomKinds(setup.kinds(), registry);
        customKinds = kinds;
        Reader reader = new StoredReader(kinds, registry, setup.clock(), randoms);
        Authorizer authorizer = setup.authorizer() == null ? new Rbac(reader) : setup.authorizer();
        parts = new Parts(
                kinds,
                registry,
                new Decoding(kinds),
                new FieldManagement(kinds, setup.clock()),
                new Admissions(setup.plugins(), reader, authorizer),
                strategies,
                setup.clock(),
                randoms,
                setup.memory());
        authorization = new Authorization(authorizer);
        tokenUsers = new TokenUsers(reader, setup.memory(), setup.clock());
        create = new Create(parts);
        CustomDefinitions definitions = new CustomDefinitions(parts);
        strategies
                .with("pods", new Pods())
                .with("namespaces", new Namespaces())
                .with("nodes", new Nodes())
                .with("persistentvolumes", new PersistentVolumes())
                .with("events", new NeverCollected())
                .with("customresourcedefinitions.apiextensions.k8s.io", definitions)
                .custom(new CustomObjects(parts, definitions))
                .with("validatingadmissionpolicies.admissionregistration.k8s.io", new PolicyStatus(parts))
                .with("jobs.batch", new Orphaning())
                .with("replicationcontrollers", new Orphaning())
                .with("certificatesigningrequests.certificates.k8s.io", new SigningRequests())
                .with("resourceclaims.resource.k8s.io", new DeviceClaims(parts))
                .with("resourceclaimtemplates.resource.k8s.io", new DeviceClaims(parts))
                .with("resourceslices.resource.k8s.io", new ResourceSlices())
                .with(
                        "services",
                        new Services(
                                parts, new ServiceAddresses(parts, create), new NodePorts(setup.memory(), randoms)));
        RoleRights rights = new RoleRights(new Rbac(reader), authorizer, reader);
        for (String each : List.of("roles", "clusterroles", "rolebindings", "clusterrolebindings")) {
            strategies.with(each + ".rbac.authorization.k8s.io", rights);
        }
        update = new Update(parts, create);
        delete = new Delete(parts);
        read = new Read(parts);
        patch = new Patch(parts);
        bindings = new Bindings(parts);
        reviews = new Reviews(parts, authorizer, tokenUsers);
        subresources = new Subresources(parts, update, patch, delete);
    }

    /** A client that speaks as this user. */
    public Client client(Identity user) {
        return new LocalClient(this, user);
    }

    /** The service account that a bearer token stands for; 401 where it stands for none. */
    public Identity authenticate(String token) {
        return tokenUsers.authenticate(token);
    }

    void checkPath(Identity user, String verb, String path) {
        authorization.path(user, verb, path);
    }

    /** 403 unless a user may act as another: as the user, and as each of the groups that are asked for. */
    public void checkImpersonation(Identity user, Identity other, List<String> groups) {
        authorization.impersonation(user, other, groups);
    }

    /** What the server serves at this moment: the built-in kinds and those of the stored definitions. */
    public KindCatalog kinds() {
        return parts.kinds();
    }

    /** Of these, those of the stored definitions. */
    public List<Kind> customKinds() {
        return customKinds.custom();
    }

    /** What there is, whatever its resource. */
    public Census census() {
        return new StoredCensus(parts.kinds(), parts.registry());
    }

    /** An API that another server answers; empty where it is not registered. */
    public interface Aggregated {
        java.util.Optional<Response> answer(Request request);
    }

    /** Hands requests for resources that are not served here to another server. */
    public void aggregate(Aggregated other) {
        aggregated = other;
    }

    /** Does what is asked, or throws {@link ApiError} and leaves everything as it was. */
    public Response handle(Identity user, Request request) {
        authorization.check(user, request);
        if (parts.kinds().byResource(request.resource).isEmpty()) {
            return aggregated.answer(request).orElseThrow(ApiServer::unknownResource);
        }
        Call call = call(user, request);
        try {
            return answer(call);
        } catch (ApiError e) {
            throw e.warned(call.warnings());
        }
    }

    private Response answer(Call call) {
        Request request = call.request;
        if (!request.verb.writes()) {
            return formed(call, request.subresource.isEmpty() ? reading(call) : subresources.handle(call));
        }
        try {
            RequestOptions.check(request);
            return formed(call, parts.registry().atomically(!request.dryRun, () -> writing(call)));
        } catch (ApiError e) {
            spendName(request);
            throw e;
        }
    }

    /** A name that was made up for a refused object is not made up again: the next attempt has another. */
    private void spendName(Request request) {
        String prefix = request.body == null
                ? ""
                : request.body.path("metadata").path("generateName").asText("");
        if (request.verb == Verb.CREATE && !request.dryRun && !prefix.isEmpty()) {
            parts.randoms().next("name/" + prefix);
        }
    }

    /** Follows what a list selects; refused like any other request. */
    Watch watch(Identity user, Request request) {
        authorization.check(user, request, "watch");
        Call call = call(user, request);
        if (!call.kind.verbs().contains("watch")) {
            throw notAllowed();
        }
        return new StoredWatch(parts.registry(), read, call, parts.clock());
    }

    /** Forgets what it has decoded: the batch it came from was abandoned. */
    public void forget() {
        parts.registry().forget();
    }

    private Call call(Identity user, Request request) {
        Kind kind = parts.kinds().byResource(request.resource).orElseThrow(ApiServer::unknownResource);
        Kind stored = kind.storage().equals(kind.resource())
                ? kind
                : parts.kinds().stored(kind.storage()).orElseThrow();
        Call call = new Call(user, request, kind, stored);
        if (request.subresource.isEmpty() && !kind.verbs().contains(request.verb.rbac())) {
            throw notAllowed();
        }
        call.warn(kind.deprecation());
        return call;
    }

    static ApiError unknownResource() {
        return new ApiError(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiError notAllowed() {
        return ApiError.methodNotAllowed("the server does not allow this method on the requested resource");
    }

    private Response reading(Call call) {
        if (call.resource().groupResource().equals("componentstatuses")) {
            java.util.Optional<Response> known = aggregated.answer(call.request);
            if (known.isPresent()) {
                known.get().warnings().forEach(call::warn);
                return known.get();
            }
        }
        return call.request.verb == Verb.GET ? one(call, read.get(call)) : read.list(call);
    }

    private Response formed(Call call, Response response) {
        return call.request.table || call.request.partial
                ? Forms.of(call, response, parts.clock().now())
                : response;
    }

    private Response writing(Call call) {
        if (!call.request.subresource.isEmpty()) {
            return subresources.handle(call);
        }
        return switch (call.request.verb) {
            case CREATE -> created(call);
            case UPDATE -> one(call, call.fromStorage(replace(call)));
            case PATCH -> one(call, call.fromStorage(patched(call)));
            case DELETE -> delete.delete(call);
            case DELETECOLLECTION -> delete.deleteAll(call, read.stored(call));
            default -> throw notAllowed();
        };
    }

    private Response created(Call call) {
        if (call.resource().groupResource().equals("bindings")) {
            return bindings.bind(
                    call,
                    Obj.orMissing(call.request.body)
                            .path("metadata")
                            .path("name")
                            .asText());
        }
        Obj sent = decoded(call);
        Obj answer = reviews.answer(call, sent);
        return one(call, answer != null ? answer : call.fromStorage(create.create(call, sent)));
    }

    private Obj decoded(Call call) {
        return parts.decoding().object(call, call.request.body);
    }

    private Obj replace(Call call) {
        Obj sent = decoded(call);
        return update.update(call, present -> Replacing.checked(call, sent, present), call.stored.createOnUpdate())
                .stored();
    }

    private Obj patched(Call call) {
        boolean apply = call.request.patchType == Request.PatchType.APPLY;
        return update.update(call, present -> patch.patched(call, call.kind, present), apply)
                .stored();
    }

    private static Response one(Call call, Obj object) {
        return Response.of(object, call.warnings());
    }
}
