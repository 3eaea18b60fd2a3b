package dev.kubejar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full after any number of bytes: a commit fails whole or succeeds whole, and later ones work again. */
class FullDiskTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path temp;

    /** Has room for so many bytes, then writes what fits and fails. */
    private static final class SmallDisk extends Disk {
        private long room = Long.MAX_VALUE;

        @Override
        protected int room(int bytes) {
            int fits = (int) Math.min(bytes, room);
            room -= fits;
            return fits;
        }
    }

    @Test
    void aCommitThatDoesNotFitLeavesNothing() {
        SmallDisk disk = new SmallDisk();
        List<String> warnings = new ArrayList<>();
        Options options =
                Options.standard().sized(1500, 1000, 1000, 3000).on(disk).warning(warnings::add);
        Path folder = temp.resolve("cluster");
        int failed = 0;
        try (Store store = Store.create(folder, null, options)) {
            for (int i = 0; i < 400; i++) {
                disk.room = i % 2 == 0 ? Long.MAX_VALUE : i * 41 % 2500;
                String before = store.stateHash();
                long revision = store.revision();
                Batch b = store.begin(SOON, null);
                b.txn(List.of(), List.of(Op.put("/k" + i % 30, new byte[150 + i % 50], List.of("i" + i % 3))));
                String after = store.stateHash();
                try {
                    b.commit();
                    assertEquals(after, store.stateHash());
                } catch (StoreFull e) {
                    assertTrue(e.getMessage().contains("No space left on device; nothing was changed"), e.getMessage());
                    assertEquals(before, store.stateHash());
                    assertEquals(revision, store.revision());
                    failed++;
                }
                try (Store fresh = Store.open(folder, options)) {
                    assertEquals(store.stateHash(), fresh.stateHash());
                    assertEquals(store.revision(), fresh.revision());
                }
            }
            disk.room = Long.MAX_VALUE;
            store.compactAll();
            assertEquals(1, store.status().tiers());
        }
        assertTrue(failed > 10, "failed: " + failed);
        assertTrue(warnings.size() > 10, "warnings: " + warnings.size());
        assertTrue(warnings.get(0).startsWith("the change is saved, but"), warnings.get(0));
    }

    @Test
    void aClusterThatCannotBeMadeIsNotThere() {
        SmallDisk disk = new SmallDisk();
        Path folder = temp.resolve("cluster");
        Options options = Options.standard().on(disk);
        for (int room = 0; room < 600; room += 7) {
            disk.room = room;
            try (Store store = Store.create(folder, null, options)) {
                assertEquals(0, store.revision());
                return;
            } catch (StoreFull e) {
                assertThrows(StoreAbsent.class, () -> Store.open(folder, options));
            }
        }
        throw new AssertionError("600 bytes are enough for an empty cluster");
    }
}
