package dev.kubejar.api;

import dev.kubejar.client.Request;
import dev.kubejar.object.ApiError;
import java.util.ArrayList;
import java.util.List;

/** Which options of a list or a watch go together, and what a revision in them may be. */
final class ListRules {
    private static final String MATCH = "resourceVersionMatch";
    private static final String NOT_OLDER_THAN = "NotOlderThan";

    private ListRules() {}

    /** 422 where a list's options contradict each other. */
    static void list(Request request) {
        List<ApiError.Cause> causes = new ArrayList<>();
        String match = request.resourceVersionMatch;
        if (!match.isEmpty()) {
            if (request.resourceVersion.isEmpty()) {
                causes.add(forbidden(MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided"));
            }
            notWithContinue(request, causes);
            if (!match.equals("Exact") && !match.equals(NOT_OLDER_THAN)) {
                causes.add(unsupported(match, "\"Exact\", \"NotOlderThan\", \"\""));
            }
            if (match.equals("Exact") && request.resourceVersion.equals("0")) {
                causes.add(forbidden(MATCH, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
            }
        }
        if (request.sendInitialEvents != null) {
            causes.add(forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
        }
        refuse(causes);
    }

    /** 422 where a watch's options contradict each other. */
    static void watch(Request request) {
        List<ApiError.Cause> causes = new ArrayList<>();
        String match = request.resourceVersionMatch;
        if (request.sendInitialEvents != null && !match.equals(NOT_OLDER_THAN)) {
            causes.add(forbidden(MATCH, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
        if (!match.isEmpty()) {
            if (request.sendInitialEvents == null) {
                causes.add(forbidden(
                        MATCH, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
            }
            if (!match.equals(NOT_OLDER_THAN)) {
                causes.add(unsupported(match, "\"NotOlderThan\""));
            }
            notWithContinue(request, causes);
        }
        refuse(causes);
    }

    private static void notWithContinue(Request request, List<ApiError.Cause> causes) {
        if (!request.continueToken.isEmpty()) {
            causes.add(forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided"));
        }
    }

    private static ApiError.Cause forbidden(String field, String why) {
        return new ApiError.Cause("FieldValueForbidden", "Forbidden: " + why, field);
    }

    private static ApiError.Cause unsupported(String value, String known) {
        return new ApiError.Cause(
                "FieldValueNotSupported", "Unsupported value: \"" + value + "\": supported values: " + known, MATCH);
    }

    private static void refuse(List<ApiError.Cause> causes) {
        if (!causes.isEmpty()) {
            throw ApiError.invalid("meta.k8s.io", "ListOptions", "", causes);
        }
    }

    /** Whether a revision may be any: none is given, or 0. */
    static boolean any(String version) {
        return version.isEmpty() || version.equals("0");
    }

    /** A revision as a list takes it; BadRequest where it is no number. */
    static long listed(String version) {
        try {
            return revision(version);
        } catch (ApiError e) {
            throw ApiError.badRequest("invalid resource version: " + e.getMessage());
        }
    }

    /** A revision, 0 for any; where it is no number, the error has no reason, as that of a real server. */
    static long revision(String version) {
        if (any(version)) {
            return 0;
        }
        boolean digits = version.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            if (digits) {
                return Long.parseUnsignedLong(version) < 0 ? Long.MAX_VALUE : Long.parseLong(version);
            }
        } catch (NumberFormatException e) {
            // more than 64 bits
        }
        throw new ApiError(
                500,
                "",
                "resourceVersion: Invalid value: \"" + version + "\": strconv.ParseUint: parsing \"" + version + "\": "
                        + (digits ? "value out of range" : "invalid syntax"));
    }

    /** 504 where a revision lies in the future. */
    static void reached(long asked, long now, int retrySeconds) {
        if (asked > now) {
            throw new ApiError(
                    504,
                    "Timeout",
                    "Timeout: Too large resource version: " + asked + ", current: " + now,
                    new ApiError.Details("", "", "", "", retrySeconds),
                    List.of(new ApiError.Cause("ResourceVersionTooLarge", "Too large resource version", "")));
        }
    }
}
