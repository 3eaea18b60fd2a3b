package dev.kubejar.api;

import dev.kubejar.client.Identity;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.List;

/** Kinds that are answered and never stored: who am I, may I, may somebody, is this token good. */
final class Reviews {
    private final Authorizer authorizer;
    private final Parts parts;

    Reviews(Parts parts, Authorizer authorizer) {
        this.parts = parts;
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
        review.set("status.userInfo.username", user.user());
        if (!user.uid().isEmpty()) {
            review.set("status.userInfo.uid", user.uid());
        }
        List<String> groups = new ArrayList<>(user.groups());
        if (!groups.contains("system:authenticated") && !user.user().equals("system:anonymous")) {
            groups.add("system:authenticated");
        }
        review.child("status.userInfo").setTexts("groups", groups);
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
        review.set("status", authorizer.rules(user, review.text("spec.namespace")));
        return review;
    }

    private static Obj token(Obj review) {
        if (review.text("spec.token").isEmpty()) {
            throw ApiError.badRequest("token is required for TokenReview in authentication");
        }
        review.child("status.user");
        return review.set("status.error", "invalid bearer token");
    }
}
