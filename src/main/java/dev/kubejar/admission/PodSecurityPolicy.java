package dev.kubejar.admission;

import dev.kubejar.object.ApiError;
import dev.kubejar.object.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a namespace's {@code pod-security.kubernetes.io/} labels ask for in each mode (KEP-2579), and what is wrong with
 * the labels. What cannot be read is restricted where it is enforced, and privileged where it only warns.
 */
record PodSecurityPolicy(Mode enforce, Mode audit, Mode warn, List<ApiError.Cause> faults) {
    private static final String PREFIX = "pod-security.kubernetes.io/";
    private static final List<String> LEVELS = List.of("privileged", "baseline", "restricted");
    private static final String LATEST = "latest";
    private static final Mode OPEN = new Mode("privileged", LATEST);
    private static final PodSecurityPolicy NONE = new PodSecurityPolicy(OPEN, OPEN, OPEN, List.of());

    /** A level at a version: {@code latest} or {@code v1.N}. */
    record Mode(String level, String version) {
        boolean privileged() {
            return level.equals("privileged");
        }

        int rank() {
            return LEVELS.indexOf(level);
        }

        /** The minor version asked for; the latest is the greatest number. */
        int minor() {
            return version.equals(LATEST) ? Integer.MAX_VALUE : Integer.parseInt(version.substring("v1.".length()));
        }

        String text() {
            return level + ":" + version;
        }
    }

    static PodSecurityPolicy of(Map<String, String> labels) {
        if (labels.keySet().stream().noneMatch(key -> key.startsWith(PREFIX))) {
            return NONE;
        }
        List<ApiError.Cause> faults = new ArrayList<>();
        int before = faults.size();
        String enforced = level(labels, "enforce", "restricted", faults);
        boolean readable = faults.size() == before;
        Mode enforce = new Mode(enforced, version(labels, "enforce-version", faults));
        Mode audit = new Mode(level(labels, "audit", "privileged", faults), version(labels, "audit-version", faults));
        Mode warn = new Mode(level(labels, "warn", "privileged", faults), version(labels, "warn-version", faults));
        if (!labels.containsKey(PREFIX + "warn") && readable && enforce.rank() > warn.rank()) {
            boolean versioned = labels.containsKey(PREFIX + "warn-version");
            warn = new Mode(enforce.level(), versioned ? warn.version() : enforce.version());
        }
        return new PodSecurityPolicy(enforce, audit, warn, List.copyOf(faults));
    }

    boolean privileged() {
        return enforce.privileged() && audit.privileged() && warn.privileged();
    }

    private static String level(Map<String, String> labels, String mode, String failed, List<ApiError.Cause> faults) {
        String level = labels.get(PREFIX + mode);
        if (level == null) {
            return "privileged";
        }
        if (LEVELS.contains(level)) {
            return level;
        }
        faults.add(fault(mode, level, "must be one of " + String.join(", ", LEVELS)));
        return failed;
    }

    private static String version(Map<String, String> labels, String mode, List<ApiError.Cause> faults) {
        String version = labels.getOrDefault(PREFIX + mode, LATEST);
        if (version.equals(LATEST) || minor(version)) {
            return version;
        }
        faults.add(fault(mode, version, "must be \"latest\" or \"v1.x\""));
        return LATEST;
    }

    /** Whether it reads {@code v1.N}, N without leading zeros and small enough to be a number. */
    private static boolean minor(String version) {
        String digits = version.startsWith("v1.") ? version.substring("v1.".length()) : "";
        boolean padded = digits.length() > 1 && digits.charAt(0) == '0';
        return !digits.isEmpty()
                && digits.length() < 10
                && !padded
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static ApiError.Cause fault(String mode, String value, String why) {
        return new ApiError.Cause(
                "FieldValueInvalid",
                "Invalid value: " + GoText.quoted(value) + ": " + why,
                "metadata.labels[" + PREFIX + mode + "]");
    }
}
