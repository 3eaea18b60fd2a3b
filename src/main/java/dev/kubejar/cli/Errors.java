package dev.kubejar.cli;

import dev.kubejar.object.ApiError;
import dev.kubejar.object.ParseError;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** The one place where a failure becomes words on standard error and an exit code. */
public final class Errors {
    private Errors() {}

    /** Tells the user and gives the exit code. */
    static int report(Session session, RuntimeException failure) {
        String text = text(session, failure);
        if (!text.isEmpty()) {
            session.err().print(text.endsWith("\n") ? text : text + "\n");
        }
        return failure instanceof CliError own ? own.code() : 1;
    }

    /** Tells a failure now, and gives the silent end with a code of its own. */
    public static CliError said(Session session, RuntimeException failure, int code) {
        report(session, failure);
        return CliError.exit(code);
    }

    /** Whether a request or a command was refused; after any other failure the cluster's open batch is thrown away. */
    static boolean known(RuntimeException failure) {
        return failure instanceof ApiError
                || failure instanceof CliError
                || failure instanceof ParseError
                || failure instanceof Failures;
    }

    private static String text(Session session, RuntimeException failure) {
        if (failure instanceof Failures many) {
            StringBuilder out = new StringBuilder();
            many.all().forEach(each -> out.append(message(each)).append('\n'));
            return out.toString();
        }
        if (failure instanceof ApiError api) {
            return api.is("Invalid") ? invalid(api) : message(api);
        }
        if (failure instanceof CliError own) {
            return own.isPlain() ? own.getMessage() : prefixed(own.getMessage());
        }
        if (failure instanceof ParseError || failure instanceof UncheckedIOException) {
            return prefixed(failure.getMessage());
        }
        if (!session.environment("KUBEJAR_DEBUG").isEmpty()) {
            java.io.StringWriter trace = new java.io.StringWriter();
            failure.printStackTrace(new java.io.PrintWriter(trace));
            return trace.toString();
        }
        return prefixed("internal error: " + failure + " (set KUBEJAR_DEBUG=1 to see where)");
    }

    private static String prefixed(String message) {
        return message.startsWith("error: ") ? message : "error: " + message;
    }

    /** A failure in one line, as one of several: the server's behind its prefix, the client's bare. */
    public static String message(RuntimeException failure) {
        if (failure instanceof ApiError api) {
            if (api.is("Unauthorized")) {
                return "error: You must be logged in to the server (" + api.getMessage() + ")";
            }
            return api.reason().isEmpty()
                    ? "Error from server: " + api.getMessage()
                    : "Error from server (" + api.reason() + "): " + api.getMessage();
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** {@code The Pod "x" is invalid: …}: one cause behind it, several as a list below. */
    private static String invalid(ApiError api) {
        ApiError.Details about = api.details();
        String head;
        if (!about.kind().isEmpty() || !about.name().isEmpty()) {
            head = "The " + about.kind() + " \"" + about.name() + "\" is invalid";
        } else {
            head = "The request is invalid" + (api.causes().isEmpty() ? ": " + api.getMessage() : "");
        }
        Set<String> causes = new LinkedHashSet<>();
        for (ApiError.Cause cause : api.causes()) {
            causes.add(cause.field() + ": " + cause.message());
        }
        if (causes.isEmpty()) {
            return head;
        }
        if (causes.size() == 1) {
            return head + ": " + causes.iterator().next();
        }
        StringBuilder text = new StringBuilder(head).append(": \n");
        causes.forEach(cause -> text.append("* ").append(cause).append('\n'));
        return text.toString();
    }

    /** The failure with what was being done to which source before its message; unchanged for no source. */
    public static RuntimeException during(String doing, String source, RuntimeException failure) {
        if (source.isEmpty()) {
            return failure;
        }
        return withMessage(failure, "error when " + doing + " " + Go.quote(source) + ": " + failure.getMessage());
    }

    /** The same failure with another message. */
    public static RuntimeException withMessage(RuntimeException failure, String message) {
        return failure instanceof ApiError api
                ? new ApiError(api.code(), api.reason(), message, api.details(), api.causes())
                : new CliError(message);
    }
}
