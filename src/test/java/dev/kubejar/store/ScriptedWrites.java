package dev.kubejar.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The small program that the kill harness kills: {@code FOLDER STEP} makes one step of a fixed script on the store. Its sizes are so
 * small that the script passes through several journals, merges in several steps and a compaction.
 */
public final class ScriptedWrites {
    static final int STEPS = 20;
    private static final int COMPACTING = 13;
    private static final int RENEWING = 15;

    private ScriptedWrites() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int step = Integer.parseInt(args[1]);
        try (Store store = step == 0 ? Store.create(folder, null, options()) : Store.open(folder, options())) {
            if (step == COMPACTING) {
                store.compactAll();
                return;
            }
            if (step == RENEWING) {
                renew(folder, store);
                return;
            }
            batch(store, step, 0);
            if (step % 3 == 2) {
                batch(store, step, 1);
            }
        }
    }

    private static void renew(Path folder, Store store) throws IOException {
        ByteArrayOutputStream genesis = new ByteArrayOutputStream();
        store.exportGenesis(genesis);
        Store.recreate(folder, new ByteArrayInputStream(genesis.toByteArray()), options())
                .close();
    }

    static Options options() {
        return Options.standard().sized(4000, 1000, 2000, 30_000);
    }

    private static void batch(Store store, int step, int part) {
        try (Batch b = store.begin(Duration.ofSeconds(10), null)) {
            for (int i = 0; i < (step == 0 ? 1 : 3); i++) {
                int n = (step * 7 + part * 3 + i * 5) % 17;
                List<Op> ops = new ArrayList<>();
                ops.add(put("/registry//pods/default/p" + n, step, part));
                ops.add(
                        (step + i) % 4 == 3
                                ? Op.delete("/registry//pods/default/p" + (n + 1))
                                : put("/registry//services/default/s" + n, step, part));
                b.txn(List.of(), ops);
            }
            b.remember("/machine/clock", ("step " + step + "/" + part).getBytes());
            b.due(1000 + step);
            b.commit();
        }
    }

    private static Op put(String key, int step, int part) {
        byte[] value = new byte[300 + 17 * step];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) (key.hashCode() * 31 + step * 7 + part * 3 + i * i);
        }
        return Op.put(key, value, List.of("ns/default", "node/worker-" + (step + key.length()) % 3));
    }
}
