package dev.kubejar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Torn, truncated and altered files: an uncommitted record is dropped, anything else is named and left alone. */
class DamageTest {
    private static final Options OPTIONS = Options.standard();

    @TempDir
    Path temp;

    private Path folder;
    private final List<String> hashes = new ArrayList<>();
    private final List<Long> lengths = new ArrayList<>();

    @BeforeEach
    void threeCommitsOverATier() {
        folder = temp.resolve("cluster");
        try (Store store = Store.create(folder, null, OPTIONS)) {
            commit(store, 0);
            store.compactAll();
            note(store);
            for (int i = 1; i <= 3; i++) {
                commit(store, i);
                note(store);
            }
        }
    }

    private void note(Store store) {
        hashes.add(store.stateHash());
        lengths.add(store.status().journalBytes());
    }

    private static void commit(Store store, int i) {
        try (Batch b = store.begin(Duration.ofSeconds(5), null)) {
            b.txn(List.of(), List.of(Op.put("/registry//pods/a/p" + i, ("value " + i).getBytes(), List.of("ns/a"))));
            b.remember("/machine/m", new byte[] {(byte) i});
            b.commit();
        }
    }

    private Path journal() throws IOException {
        return only("journal-");
    }

    private Path only(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .toList();
            assertEquals(1, found.size());
            return found.get(0);
        }
    }

    @Test
    void aTruncatedJournalShowsTheCommitsThatAreWhole() throws IOException {
        Path journal = journal();
        byte[] whole = Files.readAllBytes(journal);
        for (int length = 20; length < whole.length; length++) {
            Files.write(journal, Arrays.copyOf(whole, length));
            int commits = 0;
            while (lengths.get(commits + 1) <= length) {
                commits++;
            }
            try (Store store = Store.open(folder, OPTIONS)) {
                assertEquals(hashes.get(commits), store.stateHash(), "of " + length + " bytes");
                commit(store, 9);
                String after = store.stateHash();
                try (Store again = Store.open(folder, OPTIONS)) {
                    assertEquals(after, again.stateHash());
                }
            }
        }
        for (int length = 0; length < 20; length++) {
            Files.write(journal, Arrays.copyOf(whole, length));
            assertDamaged(journal);
        }
    }

    @Test
    void aRecordWhosePagesNeverReachedTheDiskIsNotCommitted() throws IOException {
        Path journal = journal();
        byte[] whole = Files.readAllBytes(journal);
        byte[] zeroed = whole.clone();
        Arrays.fill(zeroed, lengths.get(2).intValue(), whole.length, (byte) 0);
        Files.write(journal, zeroed);
        try (Store store = Store.open(folder, OPTIONS)) {
            assertEquals(hashes.get(2), store.stateHash());
        }
    }

    @Test
    void anAlteredBitIsFoundWhereverItIs() throws IOException {
        for (Path file : List.of(journal(), folder.resolve("manifest"), only("tier-"))) {
            byte[] whole = Files.readAllBytes(file);
            int found = 0;
            for (int at = 0; at < whole.length; at += whole.length > 10_000 ? 97 : 1) {
                byte[] altered = whole.clone();
                altered[at] ^= (byte) (1 << at % 8);
                Files.write(file, altered);
                if (isDamaged(file)) {
                    found++;
                    assertTrue(Arrays.equals(altered, Files.readAllBytes(file)), "the file was overwritten");
                }
            }
            assertTrue(found > 0);
            if (!file.getFileName().toString().startsWith("tier-")) {
                assertEquals(whole.length, found, file.toString());
            }
            Files.write(file, whole);
        }
    }

    @Test
    void aTruncatedManifestOrTierIsDamaged() throws IOException {
        for (Path file : List.of(folder.resolve("manifest"), only("tier-"))) {
            byte[] whole = Files.readAllBytes(file);
            for (int length = 0; length < whole.length; length += whole.length > 10_000 ? 501 : 1) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertDamaged(file);
            }
            Files.write(file, whole);
        }
    }

    @Test
    void aMissingFileIsDamageToo() throws IOException {
        for (Path file : List.of(journal(), only("tier-"))) {
            byte[] whole = Files.readAllBytes(file);
            Files.delete(file);
            assertDamaged(file);
            Files.write(file, whole);
        }
        Files.delete(folder.resolve("manifest"));
        assertThrows(StoreAbsent.class, () -> Store.open(folder, OPTIONS));
        StoreCorrupt corrupt = assertThrows(StoreCorrupt.class, () -> Store.create(folder, null, OPTIONS));
        assertEquals(folder.resolve("manifest"), corrupt.file());
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        Path file = folder.resolve("manifest");
        byte[] bytes = Files.readAllBytes(file);
        ByteSink.putInt(bytes, 8, 2);
        ByteSink.putInt(bytes, 16, ByteSource.crc(bytes, 0, 16) ^ ByteSource.crc(bytes, 20, bytes.length - 20));
        Files.write(file, bytes);
        StoreException e = assertThrows(StoreException.class, () -> Store.open(folder, OPTIONS));
        assertTrue(e.getMessage().contains("format 2") && e.getMessage().contains("use a newer one"), e.getMessage());
    }

    @Test
    void aDamagedStateCanBeReplaced() throws IOException {
        Files.write(folder.resolve("manifest"), new byte[3]);
        try (Store store = Store.recreate(folder, null, OPTIONS)) {
            assertEquals(0, store.revision());
            assertEquals(List.of(), store.range("/", null, 0));
        }
    }

    private void assertDamaged(Path file) {
        assertTrue(isDamaged(file), file + " was accepted");
    }

    /** Reads everything; whether the file was found to be damaged. If not, the contents must be right. */
    private boolean isDamaged(Path file) {
        try (Store store = Store.open(folder, OPTIONS)) {
            assertEquals(hashes.get(3), store.stateHash());
            return false;
        } catch (StoreCorrupt e) {
            assertEquals(file, e.file());
            assertTrue(e.getMessage().contains(file.toString()));
            return true;
        }
    }
}
