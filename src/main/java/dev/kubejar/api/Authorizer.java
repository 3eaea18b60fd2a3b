package dev.kubejar.api;

import dev.kubejar.client.Identity;

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

    /** Lets everybody do everything. */
    Authorizer OPEN = (user, question) -> Decision.yes("");
}
