package dev.kubejar.api;

import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Issues service accounts' tokens: JSON Web Tokens with the claims of a real one, signed by nobody but this cluster. */
final class Tokens {
    private static final long DEFAULT_SECONDS = 3600;
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private final Parts parts;

    Tokens(Parts parts) {
        this.parts = parts;
    }

    /** Answers a TokenRequest for the service account that the request names. */
    Obj create(Call call) {
        Obj request = parts.decoding().plain(call.request.body, "TokenRequest");
        Obj account = parts.registry().get(call.stored, call.namespace(), call.request.name);
        long seconds = request.number("spec.expirationSeconds", DEFAULT_SECONDS);
        check(seconds);
        bound(account, request.obj("spec.boundObjectRef"));
        Instant now = parts.clock().now();
        Obj answer = Obj.create("authentication.k8s.io/v1", "TokenRequest")
                .set("metadata.name", account.name())
                .set("metadata.namespace", account.namespace())
                .set("metadata.creationTimestamp", now);
        List<String> audiences = request.texts("spec.audiences");
        audiences = audiences.isEmpty() ? List.of(ISSUER) : audiences;
        answer.setTexts("spec.audiences", audiences).set("spec.expirationSeconds", seconds);
        answer.set(
                "spec.boundObjectRef",
                request.has("spec.boundObjectRef") ? request.at("spec.boundObjectRef") : Json.NODES.nullNode());
        answer.set("status.expirationTimestamp", now.plusSeconds(seconds));
        return answer.set("status.token", token(account, audiences, now, seconds));
    }

    private static void check(long seconds) {
        String fault = seconds < 600
                ? "may not specify a duration less than 10 minutes"
                : seconds > 1L << 32 ? "may not specify a duration larger than 2^32 seconds" : null;
        if (fault != null) {
            throw ApiError.invalid(
                    "authentication.k8s.io",
                    "TokenRequest",
                    "",
                    List.of(new ApiError.Cause(
                            "FieldValueInvalid",
                            "Invalid value: " + seconds + ": " + fault,
                            "spec.expirationSeconds")));
        }
    }

    /** Refuses what a token cannot be bound to: a missing object, another one of the same name, another account's pod. */
    private void bound(Obj account, Obj ref) {
        if (ref.node().isEmpty()) {
            return;
        }
        String kind = ref.text("kind");
        GroupVersionResource resource =
                switch (ref.text("apiVersion") + " " + kind) {
                    case "v1 Pod", " Pod" -> Resources.PODS;
                    case "v1 Node", " Node" -> Resources.NODES;
                    case "v1 Secret", " Secret" -> Resources.SECRETS;
                    default ->
                        throw ApiError.badRequest("cannot bind token to object of type "
                                + (ref.text("apiVersion").contains("/") ? "" : "/") + ref.text("apiVersion") + ", Kind="
                                + kind);
                };
        Obj object = parts.registry()
                .get(parts.kinds().byResource(resource).orElseThrow(), account.namespace(), ref.text("name"));
        if (kind.equals("Pod") && !object.text("spec.serviceAccountName").equals(account.name())) {
            throw ApiError.badRequest("cannot bind token for serviceaccount \"" + account.name()
                    + "\" to pod running with different serviceaccount name.");
        }
        if (ref.has("uid") && !ref.text("uid").equals(object.uid())) {
            throw ApiError.conflict(
                    new GroupVersionResource("", "v1", kind),
                    ref.text("name"),
                    "the UID in the bound object reference (" + ref.text("uid")
                            + ") does not match the UID in record. The object might have been deleted and then"
                            + " recreated");
        }
    }

    private String token(Obj account, List<String> audiences, Instant now, long seconds) {
        Obj claims = Obj.create().setTexts("aud", audiences);
        claims.set("exp", now.getEpochSecond() + seconds).set("iat", now.getEpochSecond());
        claims.set("iss", ISSUER).set("jti", parts.randoms().uid());
        Obj kubernetes = Obj.create().set("namespace", account.namespace());
        kubernetes.set("serviceaccount.name", account.name()).set("serviceaccount.uid", account.uid());
        claims.node().set("kubernetes.io", kubernetes.node());
        claims.set("nbf", now.getEpochSecond());
        claims.set("sub", "system:serviceaccount:" + account.namespace() + ":" + account.name());
        String text = part("{\"alg\":\"RS256\",\"kid\":\"kubejar\"}") + "." + part(claims.toString());
        StringBuilder signature = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            signature.append(Long.toUnsignedString(parts.randoms().next("token"), 36));
        }
        return text + "." + part(signature.toString());
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
