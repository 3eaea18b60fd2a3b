package dev.kubejar.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random traffic with reopening, merging and compaction, compared with a TreeMap after every step. */
class StoreModelTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path temp;

    private Random random;
    private Options options;
    private Store store;
    private Store reader;
    private Model model;
    private int mostTiers;
    private boolean merged;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesLikeATreeMap(long seed) {
        try {
            run(seed);
        } catch (AssertionError | RuntimeException | IOException e) {
            throw new AssertionError("failed with seed " + seed, e);
        }
    }

    private void run(long seed) throws IOException {
        random = new Random(seed);
        options = Options.standard()
                .sized(2000 + random.nextInt(6000), 60, 1500 + random.nextInt(3000), 20_000)
                .warning(text -> {
                    throw new AssertionError(text);
                });
        Path folder = temp.resolve("cluster");
        model = new Model();
        store = Store.create(folder, null, options);
        reader = Store.open(folder, options);
        for (int i = 0; i < 250; i++) {
            step(folder);
            compare(store);
            mostTiers = Math.max(mostTiers, store.status().tiers());
            merged |= store.status().merging();
        }
        assertTrue(mostTiers > 2 && mostTiers <= 8, "tiers: " + mostTiers);
        assertTrue(merged, "no merge took more than a step");
        store.compactAll();
        assertEquals(1, store.status().tiers());
        compare(store);
        genesis();
        store.close();
        reader.close();
    }

    private void genesis() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.exportGenesis(out);
        Store child = Store.create(temp.resolve("child"), new ByteArrayInputStream(out.toByteArray()), options);
        Store mine = store;
        store = child;
        compareContents(child);
        assertEquals(mine.stateHash(), child.stateHash());
        batch();
        compareContents(child);
        child.compactAll();
        compareContents(child);
        store = mine;
        child.close();
    }

    private void step(Path folder) {
        switch (random.nextInt(12)) {
            case 0 -> {
                store.close();
                store = Store.open(folder, options);
            }
            case 1 -> {
                reader.refresh();
                compare(reader);
            }
            case 2 -> {
                Store other = Store.open(folder, options);
                Store mine = store;
                store = other;
                batch();
                store = mine;
                other.close();
                assertFalse(reader.revision() > model.revision);
                store.refresh();
            }
            case 3 -> {
                if (random.nextInt(12) == 0) {
                    store.compactAll();
                } else if (random.nextInt(4) == 0) {
                    store.compact(model.revision - random.nextInt(10));
                }
            }
            default -> batch();
        }
    }

    private void batch() {
        try (Batch b = store.begin(SOON, null)) {
            Model before = model.copy();
            for (int n = random.nextInt(6); n >= 0; n--) {
                write(b);
            }
            if (random.nextInt(8) == 0) {
                compareContents(store);
                b.abandon();
                model = before;
            } else {
                b.commit();
            }
        }
    }

    private void write(Batch b) {
        switch (random.nextInt(8)) {
            case 0 -> {
                Model before = model.copy();
                Savepoint savepoint = b.mark();
                writeOne(b);
                write(b);
                compareContents(store);
                if (random.nextBoolean()) {
                    b.rollback(savepoint);
                    model = before;
                } else {
                    b.release(savepoint);
                }
            }
            case 1 -> {
                String key = "/machine/m" + random.nextInt(30);
                if (random.nextInt(3) == 0) {
                    b.forget(key);
                    model.memory.remove(key);
                } else {
                    byte[] value = value();
                    b.remember(key, value);
                    model.memory.put(key, value);
                }
            }
            case 2 -> {
                model.due = random.nextInt(1000);
                b.due(model.due);
            }
            default -> writeOne(b);
        }
    }

    private void writeOne(Batch b) {
        List<Op> ops = new ArrayList<>();
        List<Compare> compares = new ArrayList<>();
        int first = random.nextInt(40);
        for (int n = random.nextInt(3); n >= 0; n--) {
            String key = "/registry/k" + random.nextInt(3) + "/" + (first + n);
            Model.Object now = model.objects.get(key);
            if (ops.stream().anyMatch(op -> op.key().equals(key))) {
                continue;
            }
            compares.add(new Compare(key, now == null ? 0 : now.mod()));
            ops.add(random.nextInt(4) == 0 ? Op.delete(key) : Op.put(key, value(), indexes()));
        }
        if (random.nextInt(10) == 0) {
            Compare wrong = new Compare(ops.get(0).key(), model.revision + 5);
            TxnResult refused = b.txn(List.of(wrong), ops);
            assertFalse(refused.succeeded());
            assertEquals(wrong, refused.failed());
            return;
        }
        TxnResult result = b.txn(compares, ops);
        model.txn(ops);
        assertTrue(result.succeeded());
        assertEquals(model.revision, result.revision());
    }

    private byte[] value() {
        int length = random.nextInt(50) == 0 ? 70_000 + random.nextInt(100_000) : random.nextInt(300);
        byte[] value = new byte[length];
        random.nextBytes(value);
        return value;
    }

    private List<String> indexes() {
        List<String> indexes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            if (random.nextBoolean()) {
                indexes.add("i" + i + "/" + random.nextInt(3));
            }
        }
        return indexes;
    }

    private void compare(Store store) {
        compareContents(store);
        List<Change> expected = model.changes;
        long oldest = store.oldestChange();
        long from = oldest + random.nextInt((int) Math.max(1, model.revision - oldest + 2));
        List<Change> found = store.changes(from, "/registry/k1");
        List<Change> wanted = expected.stream()
                .filter(c -> c.revision() >= from && c.key().startsWith("/registry/k1"))
                .toList();
        assertEquals(
                wanted.stream().map(Model::line).toList(),
                found.stream().map(Model::line).toList());
        for (int i = 0; i < wanted.size(); i++) {
            byte[] previous = found.get(i).previous();
            assertTrue(previous == null || Arrays.equals(wanted.get(i).previous(), previous));
            assertTrue(!found.get(i).isDelete() || previous != null);
        }
    }

    private void compareContents(Store store) {
        assertEquals(model.revision, store.revision());
        assertEquals(model.due, store.due());
        assertEquals(model.range("/", null, 0), Model.lines(store.range("/", null, 0)));
        String prefix = "/registry/k" + random.nextInt(4);
        String after = random.nextBoolean() ? null : "/registry/k" + random.nextInt(3) + "/" + random.nextInt(40);
        int limit = random.nextInt(6);
        assertEquals(model.range(prefix, after, limit), Model.lines(store.range(prefix, after, limit)));
        assertEquals(model.range(prefix, null, 0).size(), store.count(prefix));
        String key = "/registry/k" + random.nextInt(3) + "/" + random.nextInt(42);
        assertEquals(
                model.range(key, null, 0).stream()
                        .filter(l -> l.startsWith(key + " "))
                        .toList(),
                Model.lines(store.get(key).stream().toList()));
        String index = "i" + random.nextInt(5);
        assertEquals(
                model.hits(index),
                store.scanPrefix(index).stream()
                        .map(h -> h.index() + '\0' + h.key())
                        .toList());
        assertEquals(
                model.hits(index + "/1").stream()
                        .map(h -> h.substring(h.indexOf('\0') + 1))
                        .toList(),
                store.scan(index + "/1"));
        List<Cell> cells = store.memoryRange("/machine/", null, 0);
        assertEquals(
                new ArrayList<>(model.memory.keySet()),
                cells.stream().map(Cell::key).toList());
        for (Cell cell : cells) {
            assertArrayEquals(model.memory.get(cell.key()), cell.value());
            assertArrayEquals(cell.value(), store.memory(cell.key()).orElseThrow());
        }
    }
}
