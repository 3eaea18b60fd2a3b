package dev.kubejar.api;

import dev.kubejar.client.Resources;
import dev.kubejar.client.Verb;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoText;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.pki.ClusterKeys;
import dev.kubejar.pki.WebTokens;
import dev.kubejar.schema.Kind;
import java.time.Instant;
import java.util.List;

/** Issues service accounts' tokens (KEP-1205): JSON Web Tokens that the cluster signs, bound to an object where asked. */
final class Tokens {
    static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private static final String GROUP = "authentication.k8s.io";
    private static final GroupVersionResource REQUESTS = new GroupVersionResource(GROUP, "v1", "TokenRequest");
    private static final long DEFAULT_SECONDS = 3600;
    /** What pods ask for in general; their tokens last longer, so that those who never renew them go on. */
    private static final long POD_SECONDS = 3607;

    private static final long POD_EXTENDED = 365 * 24 * 3600L;

    private final Parts parts;

    Tokens(Parts parts) {
        this.parts = parts;
    }

    /** Answers a TokenRequest for the service account that the request names. */
    Obj create(Call call) {
        Obj request = parts.decoding().plain(call.request.body, "TokenRequest");
        matches("name", request.name(), call.request.name);
        matches("namespace", request.namespace(), call.namespace());
        Obj account = parts.registry().get(call.stored, call.namespace(), call.request.name);
        if (!request.uid().isEmpty() && !request.uid().equals(account.uid())) {
            throw ApiError.conflict(
                    REQUESTS,
                    account.name(),
                    "the UID in the token request (" + request.uid()
                            + ") does not match the UID of the service account (" + account.uid() + ")");
        }
        long seconds = request.number("spec.expirationSeconds", DEFAULT_SECONDS);
        check(seconds);
        Instant now = parts.clock().now();
        Obj answer = Obj.create(GROUP + "/v1", "TokenRequest")
                .set("metadata.name", account.name())
                .set("metadata.namespace", account.namespace())
                .set("metadata.uid", account.uid())
                .set("metadata.creationTimestamp", now);
        List<String> audiences = request.texts("spec.audiences");
        audiences = audiences.isEmpty() ? List.of(ISSUER) : audiences;
        answer.setTexts("spec.audiences", audiences).set("spec.expirationSeconds", seconds);
        answer.set(
                "spec.boundObjectRef",
                request.has("spec.boundObjectRef") ? request.at("spec.boundObjectRef") : Json.NODES.nullNode());
        parts.admissions().admit(call, Verb.CREATE, answer, null);
        parts.admissions().validate(call, Verb.CREATE, answer.copy(), null);
        Obj claims = claims(account, audiences, now);
        boolean extended = bind(claims, account, request.obj("spec.boundObjectRef"))
                && seconds == POD_SECONDS
                && audiences.equals(List.of(ISSUER));
        claims.set("exp", now.getEpochSecond() + (extended ? POD_EXTENDED : seconds));
        answer.set("status.expirationTimestamp", now.plusSeconds(seconds));
        return answer.set("status.token", sign(claims, now));
    }

    private static void matches(String field, String sent, String asked) {
        if (!sent.isEmpty() && !sent.equals(asked)) {
            throw ApiError.invalid(
                    GROUP,
                    "TokenRequest",
                    sent,
                    List.of(new ApiError.Cause(
                            "FieldValueInvalid",
                            "Invalid value: " + GoText.quoted(sent) + ": must match the service account " + field
                                    + " if specified",
                            "metadata." + field)));
        }
    }

    private static void check(long seconds) {
        String fault = seconds < 600
                ? "may not specify a duration less than 10 minutes"
                : seconds > 1L << 32 ? "may not specify a duration larger than 2^32 seconds" : null;
        if (fault != null) {
            throw ApiError.invalid(
                    GROUP,
                    "TokenRequest",
                    "",
                    List.of(new ApiError.Cause(
                            "FieldValueInvalid",
                            "Invalid value: " + seconds + ": " + fault,
                            "spec.expirationSeconds")));
        }
    }

    private Obj claims(Obj account, List<String> audiences, Instant now) {
        Obj claims = Obj.create().setTexts("aud", audiences);
        claims.set("iat", now.getEpochSecond())
                .set("iss", ISSUER)
                .set("jti", parts.randoms().uid());
        Obj kubernetes = Obj.create().set("namespace", account.namespace());
        kubernetes.set("serviceaccount.name", account.name()).set("serviceaccount.uid", account.uid());
        claims.node().set("kubernetes.io", kubernetes.node());
        claims.set("nbf", now.getEpochSecond());
        return claims.set("sub", "system:serviceaccount:" + account.namespace() + ":" + account.name());
    }

    /** Writes what the token is bound to into its claims; whether that is a pod. */
    private boolean bind(Obj claims, Obj account, Obj reference) {
        if (reference.isEmpty()) {
            return false;
        }
        Obj kubernetes = Obj.of(
                (com.fasterxml.jackson.databind.node.ObjectNode) claims.node().path("kubernetes.io"));
        String kind = reference.text("kind");
        boolean core = reference.text("apiVersion", "v1").equals("v1");
        Obj bound =
                switch (core ? kind : "") {
                    case "Pod" -> find(Resources.PODS, account.namespace(), reference);
                    case "Secret" -> find(Resources.SECRETS, account.namespace(), reference);
                    case "Node" -> find(Resources.NODES, "", reference);
                    default ->
                        throw ApiError.badRequest("cannot bind token to object of type "
                                + reference.text("apiVersion").replaceFirst("^v1$", "/v1") + ", Kind=" + kind);
                };
        if (kind.equals("Pod") && !bound.text("spec.serviceAccountName").equals(account.name())) {
            throw ApiError.badRequest("cannot bind token for serviceaccount " + GoText.quoted(account.name())
                    + " to pod running with different serviceaccount name.");
        }
        String uid = reference.text("uid");
        if (!uid.isEmpty() && !uid.equals(bound.uid())) {
            throw ApiError.conflict(
                    new GroupVersionResource("", "v1", kind),
                    bound.name(),
                    "the UID in the bound object reference (" + uid
                            + ") does not match the UID in record. The object might have been deleted and then recreated");
        }
        String part = kind.toLowerCase(java.util.Locale.ROOT);
        kubernetes.set(part + ".name", bound.name()).set(part + ".uid", bound.uid());
        String node = bound.text("spec.nodeName");
        if (kind.equals("Pod") && !node.isEmpty()) {
            Kind nodes = parts.kinds().byResource(Resources.NODES).orElseThrow();
            Obj found = parts.registry().find(nodes, "", node);
            kubernetes.set("node.name", node);
            if (found != null) {
                kubernetes.set("node.uid", found.uid());
            }
        }
        return kind.equals("Pod");
    }

    private Obj find(GroupVersionResource resource, String namespace, Obj reference) {
        return parts.registry()
                .get(parts.kinds().byResource(resource).orElseThrow(), namespace, reference.text("name"));
    }

    private String sign(Obj claims, Instant now) {
        String json = dev.kubejar.object.GoJson.compact(claims.node());
        return WebTokens.signed(json, ClusterKeys.authority(parts.memory(), parts.randoms(), now), parts.randoms());
    }
}
