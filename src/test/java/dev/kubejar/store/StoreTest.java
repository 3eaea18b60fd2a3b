package dev.kubejar.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API layer relies on, case by case. */
class StoreTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void folder() {
        folder = temp.resolve("cluster");
    }

    private static Op put(String key, String value, String... indexes) {
        return Op.put(key, value.getBytes(), List.of(indexes));
    }

    private static void commit(Store store, Op... ops) {
        try (Batch b = store.begin(SOON, null)) {
            b.txn(List.of(), List.of(ops));
            b.commit();
        }
    }

    @Test
    void aTransactionIsMadeWholeOrNotAtAll() {
        try (Store store = Store.create(folder, null, Options.standard());
                Batch b = store.begin(SOON, null)) {
            assertEquals(
                    1,
                    b.txn(List.of(Compare.absent("/a")), List.of(put("/a", "1"), put("/b", "1")))
                            .revision());
            TxnResult refused = b.txn(List.of(Compare.absent("/a")), List.of(put("/a", "2"), Op.delete("/b")));
            assertFalse(refused.succeeded());
            assertEquals(1, refused.current().modRevision());
            assertTrue(store.get("/b").isPresent());
            assertEquals(
                    2,
                    b.txn(List.of(new Compare("/a", 1)), List.of(put("/a", "2"), Op.delete("/b")))
                            .revision());
            assertTrue(store.get("/b").isEmpty());
            Entry a = store.get("/a").orElseThrow();
            assertEquals("/a 1 2 2", a.key() + " " + a.createRevision() + " " + a.modRevision() + " " + a.version());
            assertEquals(2, b.txn(List.of(), List.of(Op.delete("/none"))).revision());
            assertThrows(
                    IllegalArgumentException.class, () -> b.txn(List.of(), List.of(put("/c", "1"), put("/c", "2"))));
            assertThrows(IllegalArgumentException.class, () -> b.txn(List.of(), List.of(put("c", "1"))));
            assertEquals(2, b.commit());
        }
    }

    @Test
    void aBatchThatIsNotCommittedNeverWas() {
        try (Store store = Store.create(folder, null, Options.standard())) {
            commit(store, put("/a", "1", "i/1"));
            String before = store.stateHash();
            try (Batch b = store.begin(SOON, null)) {
                b.txn(List.of(), List.of(put("/a", "2", "i/2"), put("/b", "2")));
                b.remember("/machine/x", new byte[1]);
                b.due(5);
                assertEquals(List.of("/a"), store.scan("i/2"));
                assertThrows(IllegalStateException.class, () -> store.begin(SOON, null));
            }
            assertEquals(before, store.stateHash());
            assertEquals(1, store.revision());
            assertEquals(Store.NOTHING_DUE, store.due());
            assertEquals(List.of("/a"), store.scan("i/1"));
            assertEquals(List.of(), store.scan("i/2"));
        }
    }

    @Test
    void listenersHearWhatStays() {
        try (Store store = Store.create(folder, null, Options.standard());
                Batch b = store.begin(SOON, null)) {
            List<String> heard = new ArrayList<>();
            store.listen((revision, changes) -> changes.forEach(c -> heard.add(revision + c.key())));
            b.txn(List.of(), List.of(put("/a", "1")));
            Savepoint outer = b.mark();
            b.txn(List.of(), List.of(put("/b", "1")));
            Savepoint inner = b.mark();
            b.txn(List.of(), List.of(put("/c", "1")));
            b.rollback(inner);
            assertEquals(List.of("1/a"), heard);
            b.txn(List.of(), List.of(put("/d", "1")));
            b.release(outer);
            assertEquals(List.of("1/a", "2/b", "3/d"), heard);
            assertThrows(IllegalStateException.class, () -> b.rollback(outer));
            assertEquals(
                    List.of("/b", "/d"),
                    store.changes(2, "/").stream().map(Change::key).toList());
        }
    }

    @Test
    void aWatcherInAnotherSessionSeesEveryChangeAndTheValueBefore() {
        try (Store store = Store.create(folder, null, Options.standard());
                Store watcher = Store.open(folder, Options.standard())) {
            commit(store, put("/a", "1"), put("/b", "1"));
            store.compactAll();
            commit(store, put("/a", "2"));
            commit(store, Op.delete("/a"), put("/other", "1"));
            assertTrue(watcher.refresh());
            assertFalse(watcher.refresh());
            List<Change> changes = watcher.changes(2, "/a");
            assertEquals(2, changes.size());
            assertArrayEquals("1".getBytes(), changes.get(0).previous());
            assertArrayEquals("2".getBytes(), changes.get(0).value());
            assertTrue(changes.get(1).isDelete());
            assertArrayEquals("2".getBytes(), changes.get(1).previous());
            assertNull(watcher.changes(3, "/other").get(0).previous());
            assertEquals(List.of(), watcher.changes(4, "/"));
            Compacted compacted = assertThrows(Compacted.class, () -> watcher.changes(1, "/"));
            assertEquals(2, compacted.oldest());
            store.compact(2);
            watcher.refresh();
            assertThrows(Compacted.class, () -> watcher.changes(2, "/"));
            assertEquals(2, watcher.changes(3, "/").size());
        }
    }

    @Test
    void aGenesisStartsNewClusters() throws IOException {
        ByteArrayOutputStream genesis = new ByteArrayOutputStream();
        String hash;
        try (Store store = Store.create(folder, null, Options.standard())) {
            commit(store, put("/a", "1", "ns/a"), put("/b", "1"));
            commit(store, Op.delete("/b"));
            store.exportGenesis(genesis);
            hash = store.stateHash();
        }
        Path other = temp.resolve("other");
        try (Store store = Store.create(other, new ByteArrayInputStream(genesis.toByteArray()), Options.standard())) {
            assertTrue(store.isUntouched());
            assertEquals(hash, store.stateHash());
            assertEquals(2, store.revision());
            assertEquals(List.of("/a"), store.scan("ns/a"));
            commit(store, Op.delete("/a"));
            assertFalse(store.isUntouched());
            assertEquals(List.of(), store.scan("ns/a"));
            store.compactAll();
            assertFalse(store.isUntouched());
        }
        byte[] altered = genesis.toByteArray();
        altered[40] ^= 1;
        assertThrows(
                StoreCorrupt.class,
                () -> Store.create(temp.resolve("third"), new ByteArrayInputStream(altered), Options.standard()));
        Store.destroy(other, Options.standard());
        assertThrows(StoreAbsent.class, () -> Store.open(other, Options.standard()));
    }

    @Test
    void aGenesisCanBeGivenOtherIdentities() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Store store = Store.create(folder, null, Options.standard())) {
            for (int i = 1; i < 9; i++) {
                commit(store, put("/a" + i, "uid" + i, "owner/uid" + i, "ns/a"));
            }
            store.exportGenesis(out);
        }
        byte[] genesis = out.toByteArray();
        for (int i = 0; i + 4 < genesis.length; i++) {
            if (genesis[i] == 'u' && genesis[i + 1] == 'i' && genesis[i + 2] == 'd') {
                genesis[i + 3] = (byte) ('z' - (genesis[i + 3] - '1') * 7 % 9);
            }
        }
        Store.sealGenesis(genesis);
        InputOf in = new InputOf(genesis);
        try (Store store = Store.create(temp.resolve("other"), in, Options.standard())) {
            commit(store, put("/b", "b", "owner/uids"));
            for (int round = 0; round < 2; round++) {
                for (int i = 1; i < 9; i++) {
                    String uid = new String(store.get("/a" + i).orElseThrow().value());
                    assertEquals("/a" + i, store.scan("owner/" + uid, "/a").get(0));
                }
                assertEquals(8, store.scan("ns/a").size());
                assertEquals(9, store.scanPrefix("owner/uid").size());
                store.compactAll();
            }
        }
    }

    @Test
    void anInterruptedThreadReadsAndCommits() {
        try (Store store = Store.create(folder, null, Options.standard().sized(500, 100, 500, 500))) {
            for (int i = 0; i < 30; i++) {
                Thread.currentThread().interrupt();
                commit(store, put("/a" + i % 9, "some text " + i));
                assertTrue(store.get("/a" + i % 7).isPresent() || i < 7);
                assertTrue(Thread.interrupted());
            }
            assertTrue(store.status().tiers() > 1);
            assertEquals(9, store.count("/"));
        }
    }

    @Test
    void mapDbIsNotLoadedBeforeTheFirstCheckpoint() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-verbose:class",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Fresh.class.getName(),
                        folder.toString())
                .start();
        String classes = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor());
        assertTrue(classes.contains("dev.kubejar.store.FlatSegment"));
        assertFalse(classes.contains("org.mapdb"));
    }

    /** Uses a fresh cluster that has a genesis and a journal. */
    public static final class Fresh {
        private Fresh() {}

        public static void main(String[] args) throws IOException {
            Path folder = Path.of(args[0]);
            ByteArrayOutputStream genesis = new ByteArrayOutputStream();
            try (Store store = Store.create(folder.resolve("one"), null, Options.standard())) {
                commit(store, put("/a", "1", "ns/a"));
                store.exportGenesis(genesis);
            }
            InputOf in = new InputOf(genesis.toByteArray());
            try (Store store = Store.create(folder.resolve("two"), in, Options.standard())) {
                commit(store, put("/b", "1", "ns/a"));
                if (store.scan("ns/a").size() != 2 || store.range("/", null, 0).size() != 2) {
                    throw new AssertionError(store.stateHash());
                }
            }
        }
    }

    private static final class InputOf extends ByteArrayInputStream {
        InputOf(byte[] bytes) {
            super(bytes);
        }
    }

    /** Counts what is written to tiers, that is everything but the journal. */
    private static final class CountingDisk extends Disk {
        private long written;

        @Override
        protected int room(int bytes) {
            written += bytes;
            return bytes;
        }
    }

    @Test
    void whatACommitCostsDoesNotGrowWithTheCluster() {
        CountingDisk disk = new CountingDisk();
        Options options =
                Options.standard().sized(100_000, 4000, 200_000, 400_000).on(disk);
        try (Store store = Store.create(folder, null, options)) {
            byte[] value = new byte[5000];
            long most = 0;
            long backlog = 0;
            long start = disk.written;
            int commits = 2000;
            for (int i = 0; i < commits; i++) {
                long before = disk.written;
                commit(store, Op.put("/registry//pods/ns-" + i % 7 + "/p" + i, value, List.of("ns/" + i % 7)));
                most = Math.max(most, disk.written - before);
                backlog = Math.max(backlog, store.status().journalBytes());
                assertTrue(store.status().tiers() <= 8);
            }
            // A checkpoint of one journal and merges' steps of one file each, with MapDB's headers and a journal's
            // worth of credit.
            assertTrue(most < 1_500_000, "one commit wrote " + most);
            assertTrue(backlog < 500_000, "the journal grew to " + backlog);
            long appended = commits * 5060L;
            assertTrue(disk.written - start < appended * 7, "wrote " + (disk.written - start) + " for " + appended);
        }
    }
}
