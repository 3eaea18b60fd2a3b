package dev.kubejar.scheduler;

import java.util.List;

/** What a plugin says of a pod, or of a pod on a node: it fits, or why not, and whether evicting pods could change that. */
public record Verdict(Code code, String plugin, List<String> reasons) {
    /** The kinds of answer. */
    public enum Code {
        SUCCESS,
        /** No, but it could become yes if other pods went. */
        UNSCHEDULABLE,
        /** No, and evicting pods would not help. */
        UNRESOLVABLE,
        /** The pod waits for something that is already on its way. */
        WAIT
    }

    public static final Verdict SUCCESS = new Verdict(Code.SUCCESS, "", List.of());

    public static Verdict unschedulable(String plugin, String... reasons) {
        return new Verdict(Code.UNSCHEDULABLE, plugin, List.of(reasons));
    }

    public static Verdict unresolvable(String plugin, String... reasons) {
        return new Verdict(Code.UNRESOLVABLE, plugin, List.of(reasons));
    }

    public boolean success() {
        return code == Code.SUCCESS;
    }
}
