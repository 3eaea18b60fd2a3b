package dev.kubejar.cli;

import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;

/** Whether a command's user may join a pod's streams: asked of the API server, which does not see the streams itself. */
public final class StreamAccess {
    private StreamAccess() {}

    /** Refuses as the server would; {@code verb} is get for {@code log}, create for the others. */
    public static void require(Invocation call, Ref pod, String verb, String subresource) {
        if (call.identity().groups().contains("system:masters")) {
            return;
        }
        Obj review = Obj.create("authorization.k8s.io/v1", "SelfSubjectAccessReview");
        Obj attributes = review.child("spec.resourceAttributes");
        attributes
                .set("namespace", pod.namespace())
                .set("verb", verb)
                .set("resource", "pods")
                .set("subresource", subresource)
                .set("name", pod.name());
        GroupVersionResource reviews = GroupVersionResource.of("authorization.k8s.io/v1", "selfsubjectaccessreviews");
        Obj status = call.call(Request.create(reviews, "", review)).object().obj("status");
        if (!status.bool("allowed")) {
            String reason = status.text("reason");
            throw ApiError.forbidden(
                    pod.resource(),
                    pod.name(),
                    "User " + Go.quote(call.identity().user()) + " cannot " + verb + " resource \"pods/" + subresource
                            + "\" in API group \"\" in the namespace " + Go.quote(pod.namespace())
                            + (reason.isEmpty() ? "" : ": " + reason));
        }
    }
}
