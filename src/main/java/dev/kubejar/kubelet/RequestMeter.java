package dev.kubejar.kubelet;

import dev.kubejar.client.ActorContext;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** Counts the requests that containers answer, by quarters of a minute, where there is somebody to ask for it. */
final class RequestMeter {
    /** {@code /machine/requests/UID/CONTAINER -> quarter, requests in it, requests in the one before}. */
    static final String KEY = "/machine/requests/";

    private static final long QUARTER = Metering.RESOLUTION.getSeconds();
    /** Thousandths of a CPU second that a request takes: of an ordinary server, and of one made to be loaded. */
    private static final long COST = 1;

    private static final long HEAVY_COST = 10;

    private final ActorContext cluster;
    private final BooleanSupplier metered;

    RequestMeter(ActorContext cluster, BooleanSupplier metered) {
        this.cluster = cluster;
        this.metered = metered;
    }

    private long quarter() {
        return cluster.clock().now().getEpochSecond() / QUARTER;
    }

    /** The counts of this quarter and of the last whole one. */
    private long[] counts(String container) {
        byte[] kept = cluster.memory().get(KEY + container);
        if (kept == null) {
            return new long[2];
        }
        ByteBuffer in = ByteBuffer.wrap(kept);
        long behind = quarter() - in.getLong();
        long count = in.getLong();
        return new long[] {behind == 0 ? count : 0, behind == 0 ? in.getLong() : behind == 1 ? count : 0};
    }

    void count(String container) {
        if (!metered.getAsBoolean()) {
            return;
        }
        long[] counts = counts(container);
        ByteBuffer out = ByteBuffer.allocate(24).putLong(quarter());
        cluster.memory()
                .put(
                        KEY + container,
                        out.putLong(counts[0] + 1).putLong(counts[1]).array());
    }

    /** Thousandths of a CPU that the requests of late have taken. */
    long cpu(String container, boolean heavy) {
        long[] counts = counts(container);
        long most = Math.max(counts[0], counts[1]);
        return (most * (heavy ? HEAVY_COST : COST) + QUARTER - 1) / QUARTER;
    }
}
