package dev.kubejar.api;

import dev.kubejar.client.Identity;
import dev.kubejar.object.Obj;
import java.util.List;

/** Decides who may do what. */
public interface Authorizer {
    /**
     * What is asked for; {@code path} is set, and all else but the verb empty, for requests without a resource.
     *
     * @param resource plural, or {@code resource/subresource}
     */
    record Question(
            String verb, String group, String version, String resource, String namespace, String name, String path) {}

    /** Empty where it is allowed, else the reason: often an empty one, which reads as a single blank. */
    Decision decide(Identity user, Question question);

    /** Whether it is allowed, and why (not). */
    record Decision(boolean allowed, String reason) {
        public static final Decision NO = new Decision(false, "");

        public static Decision yes(String reason) {
            return new Decision(true, reason);
        }
    }

    /** What a user may do in a namespace, as the status of a SelfSubjectRulesReview. */
    default Obj rules(Identity user, String namespace) {
        Obj all = Obj.create().setTexts("verbs", List.of("*"));
        Obj status = Obj.create().set("incomplete", false);
        Obj resources = all.copy().setTexts("apiGroups", List.of("*")).setTexts("resources", List.of("*"));
        Obj paths = all.copy().setTexts("nonResourceURLs", List.of("*"));
        return status.add("resourceRules", resources).add("nonResourceRules", paths);
    }

    /** Lets everybody do everything. */
    Authorizer OPEN = (user, question) -> Decision.yes("");
}
