package dev.kubejar.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.StreamAccess;
import dev.kubejar.cli.Versions;
import dev.kubejar.client.ApiResource;
import dev.kubejar.client.NodeStreams.LogOptions;
import dev.kubejar.client.Request;
import dev.kubejar.client.Request.PatchType;
import dev.kubejar.client.Resources;
import dev.kubejar.client.Verb;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Yaml;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The REST API of the cluster that a command speaks to: paths, methods and parameters become calls of its client. */
public final class RestApi {
    private static final String METRICS =
            "# HELP apiserver_storage_objects [STABLE] Number of stored objects at the time"
                    + " of last check split by kind.\n# TYPE apiserver_storage_objects gauge\n"
                    + "# HELP kubernetes_build_info [ALPHA] A metric with a constant '1' value labeled by major, minor, git"
                    + " version.\n# TYPE kubernetes_build_info gauge\n"
                    + "kubernetes_build_info{git_version=\"v1.36.2\",major=\"1\",minor=\"36\",platform=\"linux/amd64\"} 1\n";
    private static final int CREATED = 201;
    private static final int OK = 200;

    private final Invocation call;

    public RestApi(Invocation call) {
        this.call = call;
    }

    /** Answers a request; refusals come as a Status. */
    public RestAnswer answer(RestCall request) {
        try {
            return answered(request);
        } catch (ApiError e) {
            return RestAnswer.of(request, e);
        }
    }

    /** The answer to a GET, as {@code --raw} takes it; a refusal is thrown. */
    public RestAnswer get(String target) {
        return send(RestCall.get(target));
    }

    /** The answer to a request; a refusal is thrown. */
    public RestAnswer send(RestCall request) {
        RestAnswer answer = answered(request);
        if (answer.code() == 404) {
            throw unknown();
        }
        return answer;
    }

    private static ApiError unknown() {
        return new ApiError(404, "NotFound", "the server could not find the requested resource");
    }

    private RestAnswer answered(RestCall request) {
        List<String> words = request.words();
        RestTarget target = RestTarget.of(call.mapper().all(), words);
        if (target == null) {
            call.client().checkPath(request.method().toLowerCase(Locale.ROOT), request.path());
            return document(request, words);
        }
        if (target.subresource().equals("proxy")) {
            return new RestProxy(call).answer(request, target);
        }
        if (target.id().equals(Resources.PODS) && target.subresource().equals("log")) {
            return log(request, target);
        }
        return object(request, target);
    }

    /** What lies under a path that names no resource. */
    private RestAnswer document(RestCall request, List<String> words) {
        RestAnswer health = RestHealth.at(request);
        if (health != null) {
            return health;
        }
        if (request.path().equals("/version")) {
            return RestAnswer.of(request, OK, Versions.server());
        }
        if (request.path().equals("/metrics")) {
            return RestAnswer.text(OK, METRICS);
        }
        Obj document = request.path().startsWith("/openapi/v3")
                ? new RestOpenApi(call.mapper().all(), this::schema).at(request.path())
                : new RestDiscovery(call.mapper().all()).at(words);
        if (document != null) {
            return RestAnswer.of(request, OK, document);
        }
        boolean known = !words.isEmpty() && words.get(0).startsWith("api");
        if (!known) {
            return RestAnswer.text(404, "404 page not found\n");
        }
        throw unknown();
    }

    /** The schema that a definition gives a custom resource; a missing node where it gives none. */
    private JsonNode schema(ApiResource resource) {
        String name = resource.resource().groupResource();
        Obj definition = call.client()
                .find(Resources.CUSTOMRESOURCEDEFINITIONS, "", name)
                .orElse(Obj.create());
        for (Obj version : definition.list("spec.versions")) {
            if (version.text("name").equals(resource.resource().version())) {
                return version.at("schema.openAPIV3Schema");
            }
        }
        return Json.object().path("openAPIV3Schema");
    }

    private RestAnswer object(RestCall request, RestTarget target) {
        Request made = made(request, target)
                .dryRun(request.parameter("dryRun").equals("All") || dryDeletion(request))
                .fieldManager(request.parameter("fieldManager"));
        if (!request.parameter("fieldValidation").isEmpty()) {
            made.fieldValidation(request.parameter("fieldValidation"));
        }
        made.subresource(target.subresource())
                .table(request.accept().contains("as=Table"))
                .includeObject(request.parameter("includeObject"))
                .partial(!made.table && request.accept().contains("as=PartialObjectMetadata"));
        Obj answer = call.call(made).object();
        if (made.verb == Verb.LIST && !made.table && !made.partial) {
            answer = bare(answer, target.id().group());
        }
        return RestAnswer.of(request, request.method().equals("POST") ? CREATED : OK, answer);
    }

    /** Lists of built-in kinds do not repeat the kind with each item; those of custom ones do. */
    private static Obj bare(Obj list, String group) {
        if (group.contains(".") && !group.endsWith(".k8s.io")) {
            return list;
        }
        Obj copy = list.copy();
        copy.list("items").forEach(item -> item.remove("kind"));
        copy.list("items").forEach(item -> item.remove("apiVersion"));
        return copy;
    }

    private Request made(RestCall request, RestTarget target) {
        String name = target.name();
        switch (request.method()) {
            case "GET", "HEAD":
                return name.isEmpty()
                        ? list(request, target)
                        : Request.get(target.id(), target.namespace(), name)
                                .resourceVersion(request.parameter("resourceVersion"));
            case "POST":
                return name.isEmpty()
                        ? Request.create(target.id(), target.namespace(), body(request))
                        : Request.create(
                                new Ref(target.id(), target.namespace(), name), target.subresource(), body(request));
            case "PUT":
                return Request.update(target.id(), target.namespace(), name, body(request));
            case "PATCH":
                return Request.patch(target.id(), target.namespace(), name, patchType(request), node(request))
                        .force(request.parameter("force").equals("true"));
            case "DELETE":
                return name.isEmpty()
                        ? selected(request, Request.deleteCollection(target.id(), target.namespace()))
                        : delete(request, Request.delete(target.id(), target.namespace(), name));
            default:
                throw new ApiError(
                        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        }
    }

    private static Request list(RestCall request, RestTarget target) {
        Request list = selected(request, Request.list(target.id(), target.namespace()));
        String limit = request.parameter("limit");
        if (limit.matches("\\d{1,9}")) {
            list.limit(Integer.parseInt(limit));
        }
        return list.continueFrom(request.parameter("continue"))
                .resourceVersion(request.parameter("resourceVersion"))
                .resourceVersionMatch(request.parameter("resourceVersionMatch"));
    }

    private static Request selected(RestCall request, Request made) {
        return made.labels(request.parameter("labelSelector")).fields(request.parameter("fieldSelector"));
    }

    /** A deletion may say in its options that it is to be tried only. */
    private static boolean dryDeletion(RestCall request) {
        return request.method().equals("DELETE")
                && request.body().length > 0
                && body(request).texts("dryRun").contains("All");
    }

    private static Request delete(RestCall request, Request made) {
        Obj options = request.body().length == 0 ? Obj.create() : body(request);
        String grace = options.text("gracePeriodSeconds", request.parameter("gracePeriodSeconds"));
        String policy = options.text("propagationPolicy", request.parameter("propagationPolicy"));
        if (options.has("gracePeriodSeconds")) {
            made.grace(options.number("gracePeriodSeconds"));
        } else if (grace.matches("\\d{1,9}")) {
            made.grace(Long.valueOf(grace));
        }
        return policy.isEmpty() ? made : made.propagation(policy);
    }

    private static PatchType patchType(RestCall request) {
        for (PatchType type : PatchType.values()) {
            if (request.contentType().startsWith(type.contentType)) {
                return type;
            }
        }
        throw new ApiError(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json,"
                        + " application/apply-patch+yaml");
    }

    private static JsonNode node(RestCall request) {
        try {
            return Yaml.readEither(new String(request.body(), StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw ApiError.badRequest(
                    "the object provided is unrecognized (must be of type Status): " + e.getMessage());
        }
    }

    private static Obj body(RestCall request) {
        JsonNode node = node(request);
        if (node == null || !node.isObject()) {
            throw ApiError.badRequest("the request body must be an object");
        }
        return Obj.of((com.fasterxml.jackson.databind.node.ObjectNode) node);
    }

    private RestAnswer log(RestCall request, RestTarget target) {
        String tail = request.parameter("tailLines");
        String seconds = request.parameter("sinceSeconds");
        String limit = request.parameter("limitBytes");
        Instant since = seconds.matches("\\d{1,9}") ? call.now().minusSeconds(Long.parseLong(seconds)) : null;
        LogOptions options = new LogOptions(
                request.parameter("container"),
                request.parameter("previous").equals("true"),
                request.parameter("timestamps").equals("true"),
                tail.matches("\\d{1,9}") ? Long.parseLong(tail) : 0,
                !tail.isEmpty(),
                limit.matches("\\d{1,9}") ? Long.parseLong(limit) : 0,
                since);
        Ref pod = new Ref(Resources.PODS, target.namespace(), target.name());
        StreamAccess.require(call, pod, "get", "log");
        byte[] bytes = call.cluster().streams().logs(pod, options).bytes();
        return new RestAnswer(OK, "text/plain", bytes);
    }
}
