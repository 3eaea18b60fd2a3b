package dev.kubejar.cli;

import java.util.ArrayList;
import java.util.List;

/** Several failures of one command, reported together in order: what apimachinery calls an aggregate. */
public final class Failures extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<RuntimeException> all;

    private Failures(List<RuntimeException> all) {
        super(null, null, false, false);
        this.all = all;
    }

    public List<RuntimeException> all() {
        return all;
    }

    @Override
    public String getMessage() {
        if (all.size() == 1) {
            return all.get(0).getMessage();
        }
        StringBuilder text = new StringBuilder("[");
        for (RuntimeException each : all) {
            text.append(text.length() == 1 ? "" : ", ").append(each.getMessage());
        }
        return text.append(']').toString();
    }

    /** Throws nothing for none, the one alone, or all together; equal messages are said once. */
    public static void throwAll(List<? extends RuntimeException> failures) {
        RuntimeException thrown = of(failures);
        if (thrown != null) {
            throw thrown;
        }
    }

    /** The one exception that stands for all of them; null for none. */
    public static RuntimeException of(List<? extends RuntimeException> failures) {
        List<RuntimeException> flat = new ArrayList<>();
        for (RuntimeException each : failures) {
            if (each instanceof Failures many) {
                flat.addAll(many.all);
            } else {
                flat.add(each);
            }
        }
        if (flat.isEmpty()) {
            return null;
        }
        return flat.size() == 1 ? flat.get(0) : new Failures(flat);
    }
}
