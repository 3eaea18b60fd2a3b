package dev.kubejar.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The right to write to a state folder: first within this process, then between processes by a lock that the kernel frees when its
 * holder dies. The lock file names its holder. It must not be opened by a thread that does not have the first lock: closing it again
 * would free the second (POSIX).
 */
final class WriterLock implements AutoCloseable {
    static final String NAME = "lock";
    private static final long NOTICE_AFTER = TimeUnit.MILLISECONDS.toNanos(400);
    private static final String SAME_PROCESS = "another session of this process";
    private static final Map<Path, Semaphore> WITHIN = new HashMap<>();

    private final Semaphore within;
    private final RandomAccessFile file;

    private WriterLock(Semaphore within, RandomAccessFile file) {
        this.within = within;
        this.file = file;
    }

    /**
     * Waits for the lock.
     *
     * @param nanos how long at most; 0 only tries
     * @param waiting told once, after 400 ms, whom we wait for; may be null
     * @return the lock, or null when it was only tried and somebody has it
     * @throws StoreLocked when the time is over
     */
    static WriterLock acquire(Path folder, long nanos, Consumer<String> waiting, Disk disk) throws IOException {
        Semaphore within = within(folder);
        long start = System.nanoTime();
        if (!acquireWithin(within, nanos, waiting)) {
            return giveUp(folder, nanos, SAME_PROCESS);
        }
        try {
            return acquireFile(folder, within, start, nanos, waiting, disk);
        } catch (IOException | RuntimeException e) {
            within.release();
            throw e;
        }
    }

    private static Semaphore within(Path folder) throws IOException {
        Path real = folder.toRealPath();
        synchronized (WITHIN) {
            Semaphore semaphore = WITHIN.get(real);
            if (semaphore == null) {
                semaphore = new Semaphore(1, true);
                WITHIN.put(real, semaphore);
            }
            return semaphore;
        }
    }

    private static WriterLock giveUp(Path folder, long nanos, String holder) {
        if (nanos == 0) {
            return null;
        }
        throw new StoreLocked("timed out waiting for " + holder + ", which is writing to " + folder);
    }

    private static boolean acquireWithin(Semaphore within, long nanos, Consumer<String> waiting) {
        try {
            if (within.tryAcquire()) {
                return true;
            }
            long first = Math.min(nanos, NOTICE_AFTER);
            if (within.tryAcquire(first, TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (nanos <= first) {
                return false;
            }
            if (waiting != null) {
                waiting.accept(SAME_PROCESS);
            }
            return within.tryAcquire(nanos - first, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static WriterLock acquireFile(
            Path folder, Semaphore within, long start, long nanos, Consumer<String> waiting, Disk disk)
            throws IOException {
        RandomAccessFile file = disk.openToWrite(folder.resolve(NAME));
        boolean told = waiting == null;
        try {
            for (long pause = 1; ; pause = Math.min(20, pause * 2)) {
                FileLock lock = file.getChannel().tryLock();
                if (lock != null) {
                    sign(file, disk);
                    return new WriterLock(within, file);
                }
                long waited = System.nanoTime() - start;
                if (waited >= nanos) {
                    WriterLock none = giveUp(folder, nanos, holder(file));
                    file.close();
                    within.release();
                    return none;
                }
                if (!told && waited >= NOTICE_AFTER) {
                    told = true;
                    waiting.accept(holder(file));
                }
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            file.close();
            throw new StoreLocked("interrupted while waiting for the lock of " + folder);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Writes who we are, if that is not what stands there. A full disk must not keep us from, say, deleting something. */
    private static void sign(RandomAccessFile file, Disk disk) {
        byte[] name = self();
        try {
            disk.write(file, 0, name, name.length);
            if (file.length() > name.length) {
                file.setLength(name.length);
            }
        } catch (IOException e) {
            // The lock is held all the same; waiting processes will not learn by whom.
        }
    }

    private static byte[] self() {
        String command = System.getProperty("sun.java.command", "java");
        StringBuilder text =
                new StringBuilder("process ").append(ProcessHandle.current().pid());
        text.append(" (").append(command, 0, Math.min(200, command.length())).append(")\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String holder(RandomAccessFile file) {
        try {
            String text = new String(Disk.read(file, 0, file.length()), StandardCharsets.UTF_8);
            int end = text.indexOf('\n');
            return end <= 0 ? "another process" : text.substring(0, end);
        } catch (IOException e) {
            return "another process";
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // The kernel has freed the lock or frees it when the process ends.
        } finally {
            within.release();
        }
    }
}
