package dev.kubejar.repl;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Supplier;

/** Lines to come: those that have been typed or pasted together, then whatever the source still gives. */
final class Lines {
    private final Deque<String> ready = new ArrayDeque<>();
    private final Supplier<String> more;

    /** {@code more} gives the next line without its end, null at the end. */
    Lines(String text, Supplier<String> more) {
        this.more = more;
        if (!text.isEmpty()) {
            String[] all = text.split("\n", -1);
            int count = text.endsWith("\n") ? all.length - 1 : all.length;
            ready.addAll(Arrays.asList(all).subList(0, count));
        }
    }

    static Lines of(String text) {
        return new Lines(text, () -> null);
    }

    /** The next line; null at the end. */
    String next() {
        return ready.isEmpty() ? more.get() : ready.poll();
    }

    /** Whether lines are there that need not be waited for. */
    boolean hasReady() {
        return !ready.isEmpty();
    }
}
