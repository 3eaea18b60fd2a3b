package dev.kubejar.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.util.List;

/**
 * One call to the API server, free of any transport: verb, resource, name, body and the query's options. Made by the
 * verbs' factories and refined by the fluent setters; each setter returns this.
 */
public final class Request {
    /** How a patch's body is to be read. */
    public enum PatchType {
        JSON("application/json-patch+json"),
        MERGE("application/merge-patch+json"),
        STRATEGIC("application/strategic-merge-patch+json"),
        APPLY("application/apply-patch+yaml");

        public final String contentType;

        PatchType(String contentType) {
            this.contentType = contentType;
        }
    }

    public final Verb verb;
    public final GroupVersionResource resource;
    public final String namespace;
    /** Empty for list, create and deletecollection. */
    public final String name;

    /** {@code status}, {@code scale}, {@code binding}, {@code eviction} …; empty for the object itself. */
    public String subresource = "";
    /** The object of a create or update, the patch of a patch. */
    public JsonNode body;
    /** Fields that stood twice in the text the body was read from, as paths: for strict decoding. */
    public List<String> duplicates = List.of();

    public PatchType patchType;
    public boolean dryRun;
    public String fieldManager = "";
    /** {@code Strict}, {@code Warn} or {@code Ignore}. */
    public String fieldValidation = "Warn";
    /** Server-side apply takes over what others own. */
    public boolean force;

    public String labelSelector = "";
    public String fieldSelector = "";
    /** Most items of one page; 0: all. */
    public int limit;

    public String continueToken = "";
    /** The revision a list or watch refers to; empty: the latest. */
    public String resourceVersion = "";
    /** How a list takes that revision: {@code Exact}, {@code NotOlderThan}; empty: as it suits. */
    public String resourceVersionMatch = "";
    /** Whether a watch tells now and then how far it has come. */
    public boolean allowBookmarks;
    /** Whether a watch begins with what is there; null: where no revision is given. */
    public Boolean sendInitialEvents;
    /** Ask for a meta.k8s.io/v1 Table in place of objects. */
    public boolean table;
    /** What a table's rows hold of their objects: {@code Object}, {@code Metadata} or {@code None}; empty: metadata. */
    public String includeObject = "";
    /** Ask for the metadata of the objects alone. */
    public boolean partial;

    /** {@code Background}, {@code Foreground}, {@code Orphan}; empty: the resource's default. */
    public String propagationPolicy = "";
    /** Seconds of grace a delete gives; null: the object's own. */
    public Long gracePeriodSeconds;
    /** What must hold of the object to be deleted; empty: anything. */
    public String uidPrecondition = "";

    public String resourceVersionPrecondition = "";
    /** For reads inside the cluster: only what this UID owns; empty: everything. Uses the store's owner index. */
    public String ownerUid = "";

    private Request(Verb verb, GroupVersionResource resource, String namespace, String name) {
        this.verb = verb;
        this.resource = resource;
        this.namespace = namespace;
        this.name = name;
    }

    public static Request get(GroupVersionResource resource, String namespace, String name) {
        return new Request(Verb.GET, resource, namespace, name);
    }

    /** {@code namespace} empty: all namespaces, or a cluster-scoped resource. */
    public static Request list(GroupVersionResource resource, String namespace) {
        return new Request(Verb.LIST, resource, namespace, "");
    }

    public static Request create(GroupVersionResource resource, String namespace, Obj body) {
        return new Request(Verb.CREATE, resource, namespace, "").body(body.node());
    }

    /** Creates through a subresource of a named object: a binding, an eviction, a token. */
    public static Request create(Ref ref, String subresource, Obj body) {
        return new Request(Verb.CREATE, ref.resource(), ref.namespace(), ref.name())
                .subresource(subresource)
                .body(body.node());
    }

    public static Request update(GroupVersionResource resource, String namespace, String name, Obj body) {
        return new Request(Verb.UPDATE, resource, namespace, name).body(body.node());
    }

    public static Request patch(
            GroupVersionResource resource, String namespace, String name, PatchType type, JsonNode body) {
        Request request = new Request(Verb.PATCH, resource, namespace, name).body(body);
        request.patchType = type;
        return request;
    }

    public static Request delete(GroupVersionResource resource, String namespace, String name) {
        return new Request(Verb.DELETE, resource, namespace, name);
    }

    public static Request deleteCollection(GroupVersionResource resource, String namespace) {
        return new Request(Verb.DELETECOLLECTION, resource, namespace, "");
    }

    public Ref ref() {
        return new Ref(resource, namespace, name);
    }

    public Request subresource(String value) {
        subresource = value;
        return this;
    }

    public Request body(JsonNode value) {
        body = value;
        return this;
    }

    public Request duplicates(List<String> value) {
        duplicates = value;
        return this;
    }

    public Request dryRun(boolean value) {
        dryRun = value;
        return this;
    }

    public Request fieldManager(String value) {
        fieldManager = value;
        return this;
    }

    public Request fieldValidation(String value) {
        fieldValidation = value;
        return this;
    }

    public Request force(boolean value) {
        force = value;
        return this;
    }

    public Request labels(String selector) {
        labelSelector = selector;
        return this;
    }

    public Request fields(String selector) {
        fieldSelector = selector;
        return this;
    }

    public Request limit(int value) {
        limit = value;
        return this;
    }

    public Request continueFrom(String token) {
        continueToken = token;
        return this;
    }

    public Request resourceVersion(String value) {
        resourceVersion = value;
        return this;
    }

    public Request resourceVersionMatch(String value) {
        resourceVersionMatch = value;
        return this;
    }

    public Request bookmarks(boolean value) {
        allowBookmarks = value;
        return this;
    }

    public Request initialEvents(Boolean value) {
        sendInitialEvents = value;
        return this;
    }

    public Request table(boolean value) {
        table = value;
        return this;
    }

    public Request includeObject(String value) {
        includeObject = value;
        return this;
    }

    public Request partial(boolean value) {
        partial = value;
        return this;
    }

    public Request propagation(String policy) {
        propagationPolicy = policy;
        return this;
    }

    public Request grace(Long seconds) {
        gracePeriodSeconds = seconds;
        return this;
    }

    public Request uid(String value) {
        uidPrecondition = value;
        return this;
    }

    public Request ifVersion(String value) {
        resourceVersionPrecondition = value;
        return this;
    }

    public Request ownedBy(String uid) {
        ownerUid = uid;
        return this;
    }
}
