package dev.kubejar.cli.own.check;

import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
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
                    key(manifest, quota, message), "quota", manifest, "metadata.name", "refused: " + bare(message));
            return;
        }
        findings.add("refused", manifest, field(manifest, message), "refused: " + bare(message));
    }

    /** What admission refuses, where it is written. */
    private static String field(Manifest manifest, String message) {
        boolean resources = message.contains(" usage per ") || message.contains("limit to request ratio");
        if (manifest.template() == null) {
            return resources ? "spec.resources" : "";
        }
        return resources || message.contains("violates PodSecurity") ? blamed(manifest, message) : "";
    }

    /** The container that a refusal names, or that asks for what it refuses. */
    static String blamed(Manifest manifest, String message) {
        List<Obj> containers = manifest.pod().list("spec.containers");
        for (int i = 0; i < containers.size(); i++) {
            if (message.contains("\"" + containers.get(i).text("name") + "\"")) {
                boolean has = containers.get(i).has("securityContext");
                return manifest.podField("spec.containers[" + i + "]" + (has ? ".securityContext" : ""));
            }
        }
        boolean usage = message.contains(" usage per ") || message.contains("limit to request ratio");
        return usage ? resources(manifest) : manifest.podField("spec");
    }

    /** The resources of the container that asks for most of its kind: a LimitRange names the amount, but no container. */
    private static String resources(Manifest manifest) {
        List<Obj> containers = manifest.pod().list("spec.containers");
        for (int i = 0; i < containers.size(); i++) {
            if (containers.get(i).has("resources")) {
                return manifest.podField("spec.containers[" + i + "].resources");
            }
        }
        return manifest.podField("spec.containers[0]");
    }

    /** A quota with the kinds of things that it has too few of: each of them is a cause. */
    static String key(Manifest manifest, String quota, String message) {
        StringBuilder key = new StringBuilder("quota " + manifest.namespace + "/" + quota);
        int at = message.indexOf("requested: ");
        int end = at < 0 ? -1 : message.indexOf(", used: ", at);
        if (end > 0) {
            for (String each : message.substring(at + 11, end).split(",")) {
                key.append(' ').append(each, 0, Math.max(0, each.indexOf('=')));
            }
        }
        return key.toString();
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
        if (cause.message().contains("is required") && decoding.dropped.contains(Decoding.key(manifest, field))) {
            return true;
        }
        if (field.equals("<nil>") && all.size() > 1) {
            return true; // rules that were not looked at, because of the others
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
