package dev.kubejar.cel;

/** Answers whether a user may do something; what expressions call {@code authorizer}. */
@FunctionalInterface
public interface Access {
    /** The answer to a question. */
    record Decision(boolean allowed, String reason) {}

    /** What is asked about; {@code user} is empty for the one who asks. */
    record Question(
            String user,
            String path,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name) {
        static final Question NONE = new Question("", "", "", "", "", "", "");

        Question user(String value) {
            return new Question(value, path, group, resource, subresource, namespace, name);
        }

        Question path(String value) {
            return new Question(user, value, group, resource, subresource, namespace, name);
        }

        Question group(String value) {
            return new Question(user, path, value, resource, subresource, namespace, name);
        }

        Question resource(String value) {
            return new Question(user, path, group, value, subresource, namespace, name);
        }

        Question subresource(String value) {
            return new Question(user, path, group, resource, value, namespace, name);
        }

        Question namespace(String value) {
            return new Question(user, path, group, resource, subresource, value, name);
        }

        Question name(String value) {
            return new Question(user, path, group, resource, subresource, namespace, value);
        }
    }

    /** Whether the verb is allowed. */
    Decision ask(Question question, String verb);
}
