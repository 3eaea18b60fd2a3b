package dev.kubejar.cli.own.check;

import dev.kubejar.object.ApiError;
import java.util.ArrayList;
import java.util.List;

/** Turns the server's refusal of an object into root causes: a cause that follows from another is left out. */
final class Refusals {
    private final Findings findings;
    private final Decoding decoding;

    Refusals(Findings findings, Decoding decoding) {
        this.findings = findings;
        this.decoding = decoding;
    }

    void tell(Manifest manifest, ApiError e) {
        if (e.is("Invalid") && !e.causes().isEmpty()) {
            invalid(manifest, e.causes());
            return;
        }
        String message = e.getMessage();
        String quota = quota(message);
        if (quota != null) {
            findings.shared(
                    "quota " + manifest.namespace + "/" + quota,
                    "quota",
                    manifest,
                    "metadata.name",
                    "refused: " + bare(message));
            return;
        }
        findings.add("refused", manifest, "", "refused: " + bare(message));
    }

    /** The quota that a refusal names, or null. */
    static String quota(String message) {
        for (String head : new String[] {"exceeded quota: ", "failed quota: "}) {
            int at = message.indexOf(head);
            if (at >= 0) {
                String rest = message.substring(at + head.length());
                int end = rest.indexOf(
                        rest.indexOf(',') >= 0 && rest.indexOf(',') < Math.max(0, rest.indexOf(':'))
                                        || rest.indexOf(':') < 0
                                ? ','
                                : ':');
                return end < 0 ? rest : rest.substring(0, end);
            }
        }
        return null;
    }

    /** The message without what was refused before it: the finding names that already. */
    static String bare(String message) {
        int at = message.indexOf(" is forbidden: ");
        return at < 0 ? message : message.substring(at + 15);
    }

    private void invalid(Manifest manifest, List<ApiError.Cause> causes) {
        List<ApiError.Cause> roots = new ArrayList<>();
        for (ApiError.Cause cause : causes) {
            if (!follows(manifest, cause, causes)
                    && roots.stream().noneMatch(root -> root.field().equals(cause.field()))) {
                roots.add(cause);
            }
        }
        for (ApiError.Cause root : roots) {
            String field = root.field();
            String message = (field.isEmpty() ? "" : field + ": ") + root.message();
            if (manifest.kind().equals("Service")
                    && root.reason().equals("FieldValueRequired")
                    && field.endsWith("].name")) {
                // several ports have to be told apart: that is one mistake, wherever names are wanting
                findings.shared("ports of " + manifest.title(), "invalid", manifest, field, message);
            } else {
                findings.add("invalid", manifest, field, message);
            }
        }
    }

    private boolean follows(Manifest manifest, ApiError.Cause cause, List<ApiError.Cause> all) {
        String field = cause.field();
        if (cause.reason().equals("FieldValueRequired")
                && decoding.dropped.contains(Decoding.key(manifest, Fields.parent(field)))) {
            return true;
        }
        boolean unwritten = Fields.at(manifest.sent.node(), field).isMissingNode();
        for (ApiError.Cause other : all) {
            if (other == cause || other.field().equals(field)) {
                continue;
            }
            boolean selector = cause.message().contains("`selector` does not match template `labels`")
                    && other.field().startsWith("spec.selector");
            boolean volume = field.contains(".volumeMounts[")
                    && cause.reason().equals("FieldValueNotFound")
                    && other.field().contains(".volumes[")
                    && !other.field().contains("volumeMounts");
            boolean defaulted = unwritten
                    && !cause.reason().equals("FieldValueRequired")
                    && !Fields.at(manifest.sent.node(), other.field()).isMissingNode()
                    && Fields.parent(other.field()).equals(Fields.parent(field))
                    && value(other).equals(value(cause));
            if (selector || volume || defaulted) {
                return true;
            }
        }
        return false;
    }

    /** What a message says the bad value is. */
    private static String value(ApiError.Cause cause) {
        String[] parts = cause.message().split(": ", 3);
        return parts.length > 1 ? parts[1] : "";
    }
}
