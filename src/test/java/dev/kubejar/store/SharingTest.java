package dev.kubejar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes and threads on one state. */
class SharingTest {
    private static final Options SMALL = Options.standard().sized(2000, 30, 1500, 4000);
    private static final String COUNTER = "/registry//configmaps/default/counter";

    @TempDir
    Path temp;

    /** {@code count FOLDER N}: N times reads without the lock, then writes if nobody has written since. Prints the conflicts. */
    public static final class Counter {
        private Counter() {}

        public static void main(String[] args) throws IOException {
            Path folder = Path.of(args[1]);
            if (args[0].equals("hold")) {
                hold(folder);
                return;
            }
            int conflicts = 0;
            try (Store store = Store.open(folder, SMALL)) {
                for (int i = Integer.parseInt(args[2]); i > 0; ) {
                    store.refresh();
                    Entry before = store.get(COUNTER).orElseThrow();
                    int value = Integer.parseInt(new String(before.value()));
                    if (increment(store, before, value + 1)) {
                        i--;
                    } else {
                        conflicts++;
                    }
                }
            }
            System.out.println(conflicts);
        }

        private static void hold(Path folder) throws IOException {
            try (Store store = Store.open(folder, SMALL)) {
                Batch b = store.begin(Duration.ofSeconds(5), null);
                System.out.println("held");
                System.in.read();
                b.abandon();
            }
        }

        private static boolean increment(Store store, Entry before, int value) {
            try (Batch b = store.begin(Duration.ofSeconds(60), null)) {
                TxnResult result = b.txn(
                        List.of(new Compare(COUNTER, before.modRevision())),
                        List.of(Op.put(COUNTER, Integer.toString(value).getBytes(), List.of("ns/default"))));
                b.commit();
                return result.succeeded();
            }
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Counter.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void processesCountWithoutLosingAnIncrement(int processes) throws Exception {
        Path folder = temp.resolve("cluster");
        try (Store store = Store.create(folder, null, SMALL)) {
            try (Batch b = store.begin(Duration.ofSeconds(5), null)) {
                b.txn(List.of(Compare.absent(COUNTER)), List.of(Op.put(COUNTER, "0".getBytes(), List.of())));
                b.commit();
            }
            List<Process> running = new ArrayList<>();
            for (int i = 0; i < processes; i++) {
                running.add(start("count", folder.toString(), "25"));
            }
            int conflicts = 0;
            for (Process process : running) {
                conflicts +=
                        Integer.parseInt(new String(process.getInputStream().readAllBytes()).strip());
                assertEquals(0, process.waitFor());
            }
            store.refresh();
            Entry counter = store.get(COUNTER).orElseThrow();
            assertEquals(25 * processes, Integer.parseInt(new String(counter.value())));
            assertEquals(25L * processes + 1, counter.version());
            assertEquals(List.of(COUNTER), store.scan("ns/default"));
            System.out.println(processes + " processes: " + conflicts + " conflicts");
        }
    }

    @Test
    void aReaderFollowsAWriterThatMerges() throws Exception {
        Path folder = temp.resolve("cluster");
        try (Store writer = Store.create(folder, null, SMALL);
                Store reader = Store.open(folder, SMALL)) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            CountDownLatch done = new CountDownLatch(1);
            Thread reading = new Thread(() -> {
                try {
                    long seen = 0;
                    while (done.getCount() > 0) {
                        reader.refresh();
                        List<Entry> entries = reader.range("/a/", null, 0);
                        for (Entry entry : entries) {
                            assertEquals(entries.get(0).modRevision(), entry.modRevision());
                        }
                        assertTrue(reader.revision() >= seen);
                        seen = reader.revision();
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            reading.start();
            for (int i = 0; i < 300; i++) {
                try (Batch b = writer.begin(Duration.ofSeconds(5), null)) {
                    List<Op> ops = new ArrayList<>();
                    for (int k = 0; k < 12; k++) {
                        ops.add(Op.put("/a/" + k, new byte[100], List.of("all")));
                    }
                    b.txn(List.of(), ops);
                    b.commit();
                }
            }
            done.countDown();
            reading.join();
            if (failure.get() != null) {
                throw new AssertionError(failure.get());
            }
        }
    }

    @Test
    void whoeverWaitsIsToldForWhom() throws Exception {
        Path folder = temp.resolve("cluster");
        try (Store store = Store.create(folder, null, SMALL)) {
            Process holder = start("hold", folder.toString());
            assertEquals('h', holder.getInputStream().read());
            assertTrue(store.tryBegin().isEmpty());
            assertEquals(0, store.range("/", null, 0).size());
            AtomicReference<String> told = new AtomicReference<>();
            StoreLocked locked = assertThrows(StoreLocked.class, () -> store.begin(Duration.ofMillis(600), told::set));
            assertTrue(
                    told.get().startsWith("process " + holder.pid() + " (dev.kubejar.store.SharingTest"), told.get());
            assertTrue(locked.getMessage().contains("process " + holder.pid()), locked.getMessage());
            holder.destroyForcibly();
            holder.waitFor();
            store.begin(Duration.ofSeconds(5), told::set).abandon();
        }
    }

    @Test
    void sessionsOfOneProcessTakeTurns() throws Exception {
        Path folder = temp.resolve("cluster");
        try (Store one = Store.create(folder, null, SMALL);
                Store other = Store.open(folder, SMALL)) {
            Batch b = one.begin(Duration.ofSeconds(1), null);
            assertTrue(other.tryBegin().isEmpty());
            AtomicReference<String> told = new AtomicReference<>();
            assertThrows(StoreLocked.class, () -> other.begin(Duration.ofMillis(500), told::set));
            assertEquals("another session of this process", told.get());
            b.txn(List.of(), List.of(Op.put("/a", new byte[1], List.of())));
            assertFalse(other.refresh());
            b.commit();
            other.begin(Duration.ofSeconds(1), null).abandon();
            assertEquals(1, other.revision());
        }
    }

    @Test
    void nobodyElseMayReadTheFiles() throws Exception {
        Path folder = temp.resolve("deep/cluster");
        try (Store store = Store.create(folder, null, SMALL)) {
            for (int i = 0; i < 40; i++) {
                try (Batch b = store.begin(Duration.ofSeconds(1), null)) {
                    b.txn(List.of(), List.of(Op.put("/a" + i, new byte[200], List.of())));
                    b.commit();
                }
            }
            assertTrue(store.status().tiers() > 0);
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file.toString());
            }
        }
    }
}
