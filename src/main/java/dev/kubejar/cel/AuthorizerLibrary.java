package dev.kubejar.cel;

import java.util.Map;

/** Questions to the cluster's authorizer. */
final class AuthorizerLibrary {
    private record Asking(Access access, Access.Question question, Type type) implements Typed {
        Asking with(Access.Question next, Type as) {
            return new Asking(access, next, as);
        }
    }

    private record Answer(Access.Decision decision) implements Typed {
        @Override
        public Type type() {
            return Type.DECISION;
        }
    }

    private AuthorizerLibrary() {}

    /** The authorizer as an expression's variable. */
    static Object of(Access access) {
        return new Asking(access, Access.Question.NONE, Type.AUTHORIZER);
    }

    /** A question that is asked already but for its verb. */
    static Object of(Access access, Access.Question question) {
        return new Asking(access, question, Type.RESOURCE_CHECK);
    }

    static void add(Map<String, Library.Function> to) {
        to.put("path", args -> {
            if (Texts.text(args, 1).isEmpty()) {
                throw new CelError("path must not be empty");
            }
            return ask(args, q -> q.path(Texts.text(args, 1)), Type.PATH_CHECK);
        });
        to.put("group", args -> ask(args, q -> q.group(Texts.text(args, 1)), Type.GROUP_CHECK));
        to.put(
                "serviceAccount",
                args -> ask(
                        args,
                        q -> q.user("system:serviceaccount:" + Texts.text(args, 1) + ":" + Texts.text(args, 2)),
                        Type.AUTHORIZER));
        to.put("resource", args -> {
            if (Texts.text(args, 1).isEmpty()) {
                throw new CelError("resource must not be empty");
            }
            return ask(args, q -> q.resource(Texts.text(args, 1)), Type.RESOURCE_CHECK);
        });
        to.put("subresource", args -> ask(args, q -> q.subresource(Texts.text(args, 1)), Type.RESOURCE_CHECK));
        to.put("namespace", args -> ask(args, q -> q.namespace(Texts.text(args, 1)), Type.RESOURCE_CHECK));
        to.put("name", args -> ask(args, q -> q.name(Texts.text(args, 1)), Type.RESOURCE_CHECK));
        to.put("fieldSelector", args -> ask(args, q -> q, Type.RESOURCE_CHECK));
        to.put("labelSelector", args -> ask(args, q -> q, Type.RESOURCE_CHECK));
        to.put(
                "check",
                args -> args[0] instanceof Asking asking
                        ? new Answer(asking.access.ask(asking.question, Texts.text(args, 1)))
                        : null);
        to.put("allowed", args -> args[0] instanceof Answer answer ? answer.decision.allowed() : null);
        to.put("reason", args -> args[0] instanceof Answer answer ? answer.decision.reason() : null);
        to.put("errored", args -> args[0] instanceof Answer ? Boolean.FALSE : null);
        to.put("error", args -> args[0] instanceof Answer ? "" : null);
    }

    private static Object ask(Object[] args, java.util.function.UnaryOperator<Access.Question> more, Type type) {
        return args[0] instanceof Asking asking ? asking.with(more.apply(asking.question), type) : null;
    }
}
