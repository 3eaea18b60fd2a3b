package dev.kubejar.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kubejar.client.Identity;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Kinds that are answered and never stored: who am I, may I, may somebody, is this token good. */
final class Reviews {
    private final Authorizer authorizer;
    private final Parts parts;
    private final TokenUsers tokens;

    Reviews(Parts parts, Authorizer authorizer, TokenUsers tokens) {
        this.parts = parts;
        this.tokens = tokens;
        this.authorizer = authorizer;
    }

    /** The answer to a review, or null where the kind is none. */
    Obj answer(Call call, Obj review) {
        String resource = call.resource().groupResource();
        if (resource.endsWith("accessreviews.authorization.k8s.io")) {
            judge(call, review);
        }
        return switch (resource) {
            case "selfsubjectreviews.authentication.k8s.io" -> self(call.user, review);
            case "selfsubjectaccessreviews.authorization.k8s.io" -> access(call.user, review);
            case "subjectaccessreviews.authorization.k8s.io", "localsubjectaccessreviews.authorization.k8s.io" ->
                access(subject(review), review);
            case "selfsubjectrulesreviews.authorization.k8s.io" -> rules(call.user, review);
            case "tokenreviews.authentication.k8s.io" -> token(review);
            default -> null;
        };
    }

    /** The refusal names no kind, as the server's does not. */
    private void judge(Call call, Obj review) {
        Create.inNamespace(call, review);
        parts.fields().track(call, null, review);
        review.set("metadata", parts.decoding().canonical(call.kind, review).at("metadata"));
        Problems problems = new Problems();
        call.kind.rules().forEach(rule -> rule.check(review, null, problems));
        problems.orThrow(call.kind.group(), "", "");
    }

    private Obj self(Identity user, Obj review) {
        review.set("metadata.creationTimestamp", parts.clock().now());
        List<String> groups = new ArrayList<>(user.groups());
        if (!groups.contains("system:authenticated") && !user.user().equals("system:anonymous")) {
            groups.add("system:authenticated");
        }
        info(review.child("status.userInfo"), new Identity(user.user(), user.uid(), groups, user.extra()));
        return review;
    }

    private static Identity subject(Obj review) {
        return new Identity(review.text("spec.user"), review.text("spec.uid"), review.texts("spec.groups"));
    }

    private Obj access(Identity user, Obj review) {
        Obj asked = review.obj("spec.resourceAttributes");
        Authorizer.Question question;
        if (review.has("spec.resourceAttributes")) {
            String resource = asked.text("resource");
            String part = asked.text("subresource");
            question = new Authorizer.Question(
                    asked.text("verb"),
                    asked.text("group"),
                    asked.text("version"),
                    part.isEmpty() ? resource : resource + "/" + part,
                    asked.text("namespace"),
                    asked.text("name"),
                    "");
        } else {
            Obj path = review.obj("spec.nonResourceAttributes");
            question = new Authorizer.Question(path.text("verb"), "", "", "", "", "", path.text("path"));
        }
        Authorizer.Decision decision = user.master() ? Authorizer.Decision.yes("") : authorizer.decide(user, question);
        review.child("status").set("allowed", decision.allowed());
        return decision.reason().isEmpty() ? review : review.set("status.reason", decision.reason());
    }

    private Obj rules(Identity user, Obj review) {
        if (review.text("spec.namespace").isEmpty()) {
            throw ApiError.badRequest("no namespace on request");
        }
        review.set("status", authorizer.rules(user, review.text("spec.namespace")));
        return review;
    }

    private Obj token(Obj review) {
        if (review.text("spec.token").isEmpty()) {
            throw ApiError.badRequest("token is required for TokenReview in authentication");
        }
        List<String> audiences = review.texts("spec.audiences");
        review.remove("status");
        try {
            TokenUsers.Bearer bearer =
                    tokens.bearer(review.text("spec.token"), audiences.isEmpty() ? List.of(Tokens.ISSUER) : audiences);
            review.set("status.authenticated", true);
            info(review.child("status.user"), bearer.user());
            review.child("status").setTexts("audiences", bearer.audiences());
        } catch (TokenUsers.Rejected e) {
            review.child("status.user");
            boolean foreign = e.getMessage().equals("unknown");
            String why = "invalid bearer token";
            review.set("status.error", foreign ? why : "[" + why + ", " + e.getMessage() + "]");
        }
        return review;
    }

    private static void info(Obj info, Identity user) {
        info.set("username", user.user());
        if (!user.uid().isEmpty()) {
            info.set("uid", user.uid());
        }
        if (!user.groups().isEmpty()) {
            info.setTexts("groups", user.groups());
        }
        if (!user.extra().isEmpty()) {
            Obj extra = Obj.create();
            new TreeMap<>(user.extra()).forEach((key, values) -> {
                ArrayNode list = extra.node().putArray(key);
                values.forEach(list::add);
            });
            info.set("extra", extra);
        }
    }
}
