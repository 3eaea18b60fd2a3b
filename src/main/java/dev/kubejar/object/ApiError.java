package dev.kubejar.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A refusal in the API's own terms: what metav1.Status says, with its HTTP code, reason, message and causes. Everything
 * below the command line fails by throwing one.
 */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** One field's fault: {@code FieldValueInvalid}, the message and the path. */
    public record Cause(String reason, String message, String field) {}

    private final int code;
    private final String reason;
    private final transient Details details;
    private final transient List<Cause> causes;
    private transient List<String> warnings = List.of();
    private String continueToken = "";

    /** What the refused request was about; any part may be empty. */
    public record Details(String group, String kind, String name, String uid, int retryAfterSeconds) {
        public static final Details NONE = new Details("", "", "", "", 0);

        public static Details of(String group, String kind, String name) {
            return new Details(group, kind, name, "", 0);
        }
    }

    public ApiError(int code, String reason, String message, Details details, List<Cause> causes) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
        this.causes = List.copyOf(causes);
    }

    public ApiError(int code, String reason, String message) {
        this(code, reason, message, Details.NONE, List.of());
    }

    public int code() {
        return code;
    }

    /** {@code NotFound}, {@code Invalid}, {@code Conflict} …; empty where the server gives none. */
    public String reason() {
        return reason;
    }

    public Details details() {
        return details;
    }

    public List<Cause> causes() {
        return causes;
    }

    /** What the server warned of before it refused. */
    public List<String> warnings() {
        return warnings;
    }

    /** The same refusal, with the warnings that were gathered on the way to it. */
    public ApiError warned(List<String> gathered) {
        warnings = List.copyOf(gathered);
        return this;
    }

    /** Where a list that is refused may be gone on with all the same; empty: nowhere. */
    public String continueToken() {
        return continueToken;
    }

    /** The same refusal, with a token to go on with. */
    public ApiError continued(String token) {
        continueToken = token;
        return this;
    }

    public boolean is(String wanted) {
        return reason.equals(wanted);
    }

    public static ApiError notFound(GroupVersionResource resource, String name) {
        return new ApiError(
                404,
                "NotFound",
                resource.groupResource() + " \"" + name + "\" not found",
                Details.of(resource.group(), resource.resource(), name),
                List.of());
    }

    public static ApiError alreadyExists(GroupVersionResource resource, String name) {
        return new ApiError(
                409,
                "AlreadyExists",
                resource.groupResource() + " \"" + name + "\" already exists",
                Details.of(resource.group(), resource.resource(), name),
                List.of());
    }

    public static ApiError conflict(GroupVersionResource resource, String name, String why) {
        return new ApiError(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + resource.groupResource() + " \"" + name + "\": " + why,
                Details.of(resource.group(), resource.resource(), name),
                List.of());
    }

    /** The conflict of a write over an older version. */
    public static ApiError modified(GroupVersionResource resource, String name) {
        return conflict(
                resource,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ApiError forbidden(GroupVersionResource resource, String name, String why) {
        String what = resource.groupResource() + (name.isEmpty() ? "" : " \"" + name + "\"");
        return new ApiError(
                403,
                "Forbidden",
                what + " is forbidden: " + why,
                Details.of(resource.group(), resource.resource(), name),
                List.of());
    }

    public static ApiError badRequest(String message) {
        return new ApiError(400, "BadRequest", message);
    }

    /** 422: the object's fields are at fault; the message lists each distinct cause once, as apimachinery's aggregate does. */
    public static ApiError invalid(String group, String kind, String name, List<Cause> causes) {
        StringBuilder text = new StringBuilder(kind);
        if (!group.isEmpty()) {
            text.append('.').append(group);
        }
        text.append(" \"").append(name).append("\" is invalid");
        Set<String> lines = new LinkedHashSet<>();
        causes.forEach(cause -> lines.add(line(cause)));
        if (lines.size() == 1) {
            text.append(": ").append(lines.iterator().next());
        } else if (!lines.isEmpty()) {
            text.append(": [").append(String.join(", ", lines)).append(']');
        }
        return new ApiError(422, "Invalid", text.toString(), Details.of(group, kind, name), causes);
    }

    private static String line(Cause cause) {
        return cause.field().isEmpty() ? cause.message() : cause.field() + ": " + cause.message();
    }

    public static ApiError internal(String why) {
        return new ApiError(500, "InternalError", "Internal error occurred: " + why);
    }

    public static ApiError methodNotAllowed(String message) {
        return new ApiError(405, "MethodNotAllowed", message);
    }

    /** The metav1.Status a server would answer with. */
    public Obj status() {
        Obj status = Obj.create("v1", "Status")
                .set("metadata", Json.object())
                .set("status", "Failure")
                .set("message", getMessage());
        put(status, "metadata.continue", continueToken);
        put(status, "reason", reason);
        if (!details.equals(Details.NONE) || !causes.isEmpty()) {
            Obj about = status.child("details");
            put(about, "name", details.name());
            put(about, "group", details.group());
            put(about, "kind", details.kind());
            put(about, "uid", details.uid());
            if (!causes.isEmpty()) {
                ArrayNode list = Json.array();
                causes.forEach(cause -> list.add(Obj.create()
                        .set("reason", cause.reason())
                        .set("message", cause.message())
                        .set("field", cause.field())
                        .node()));
                about.set("causes", list);
            }
            if (details.retryAfterSeconds() > 0) {
                about.set("retryAfterSeconds", details.retryAfterSeconds());
            }
        }
        return status.set("code", code);
    }

    private static void put(Obj object, String field, String value) {
        if (!value.isEmpty()) {
            object.set(field, value);
        }
    }
}
