package dev.kubejar.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The few file operations that change the state, each durable when it returns. Files are 0600 and folders 0700 from their creation.
 * Tests override {@link #write} to fill the disk.
 */
public class Disk {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<OpenOption> WRITE = Set.of(StandardOpenOption.WRITE);
    private static final Set<OpenOption> REPLACE =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    private static final Set<OpenOption> LOCK =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);

    /** Writes all of the buffer at the position. */
    protected void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Creates the folder and its parents. */
    final void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, mode("rwx------"));
    }

    /** Opens the lock file, creating it when there is none. */
    final FileChannel openLock(Path file) throws IOException {
        return FileChannel.open(file, LOCK, mode("rw-------"));
    }

    /** Makes a file appear whole under its name: written aside, fsynced, renamed. The folder is still to be synced. */
    final void publish(Path file, byte[] bytes, int length) throws IOException {
        Path aside = file.resolveSibling(file.getFileName().toString().concat(".new"));
        try {
            try (FileChannel channel = FileChannel.open(aside, REPLACE, mode("rw-------"))) {
                write(channel, ByteBuffer.wrap(bytes, 0, length), 0);
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteQuietly(aside);
            throw e;
        }
    }

    /** Makes renames and deletions below the folder durable. */
    final void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Appends to a file at a known length; on failure the file has that length again. */
    final void append(Path file, long at, byte[] bytes, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            if (channel.size() > at) {
                channel.truncate(at);
            }
            try {
                write(channel, ByteBuffer.wrap(bytes, 0, length), at);
                channel.force(true);
            } catch (IOException e) {
                channel.truncate(at);
                channel.force(true);
                throw e;
            }
        }
    }

    /** Deletes a file that is no longer needed; if that fails, a later clean-up does it. */
    final void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is not referenced by the manifest; whoever next rewrites the manifest tries again.
        }
    }

    /** The file's bytes, from a position to its present end. */
    static byte[] read(Path file, long from) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel, from, Math.max(0, channel.size() - from));
        }
    }

    /** Up to so many bytes; fewer when the file ends before. */
    static byte[] read(FileChannel channel, long from, long length) throws IOException {
        if (length > Integer.MAX_VALUE - 64) {
            throw new IOException("a file of the state is larger than 2 GiB");
        }
        byte[] bytes = new byte[(int) length];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            int n = channel.read(buffer, from + buffer.position());
            if (n < 0) {
                return java.util.Arrays.copyOf(bytes, buffer.position());
            }
        }
        return bytes;
    }

    /** Whether the file is missing, as opposed to unreadable. */
    static boolean isMissing(IOException e) {
        return e instanceof NoSuchFileException;
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
