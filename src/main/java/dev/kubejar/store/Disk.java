package dev.kubejar.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/**
 * The few file operations that change the state, each durable when it returns. Files are 0600 and folders 0700 from their creation.
 * Tests override {@link #room} to fill the disk.
 */
public class Disk {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    /** How many of so many bytes the disk takes; fewer mean that it is full. */
    protected int room(int bytes) {
        return bytes;
    }

    final void write(RandomAccessFile file, long at, byte[] bytes, int length) throws IOException {
        int fits = room(length);
        file.seek(at);
        file.write(bytes, 0, fits);
        if (fits < length) {
            throw new IOException("No space left on device");
        }
    }

    /** Creates the folder and its parents. */
    final void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, mode("rwx------"));
    }

    /** Opens a file to write to it, creating it when there is none. It is no channel because an interrupt would close that. */
    final RandomAccessFile openToWrite(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(file, mode("rw-------"));
            } catch (FileAlreadyExistsException e) {
                // Somebody else was faster.
            }
        }
        return new RandomAccessFile(file.toFile(), "rw");
    }

    /** Makes a file appear whole under its name: written aside, fsynced, renamed. The folder is still to be synced. */
    final void publish(Path file, byte[] bytes, int length) throws IOException {
        Path aside = file.resolveSibling(file.getFileName().toString().concat(".new"));
        try {
            try (RandomAccessFile out = openToWrite(aside)) {
                if (out.length() > 0) {
                    out.setLength(0);
                }
                write(out, 0, bytes, length);
                out.getFD().sync();
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteQuietly(aside);
            throw e;
        }
    }

    /** Makes renames and deletions below the folder durable. */
    final void syncFolder(Path folder) throws IOException {
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Appends to a file at a known length; on failure the file has that length again. */
    final void append(Path path, long at, byte[] bytes, int length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            if (file.length() > at) {
                file.setLength(at);
            }
            try {
                write(file, at, bytes, length);
                file.getFD().sync();
            } catch (IOException e) {
                file.setLength(at);
                file.getFD().sync();
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
    static byte[] read(Path path, long from) throws IOException {
        try (RandomAccessFile file = open(path)) {
            return read(file, from, Math.max(0, file.length() - from));
        }
    }

    /** Opens a file to read it. */
    static RandomAccessFile open(Path path) throws IOException {
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) {
            if (Files.notExists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            throw e;
        }
    }

    /** Up to so many bytes; fewer when the file ends before. */
    static byte[] read(RandomAccessFile file, long from, long length) throws IOException {
        if (length > Integer.MAX_VALUE - 64) {
            throw new IOException("a file of the state is larger than 2 GiB");
        }
        byte[] bytes = new byte[(int) length];
        file.seek(from);
        for (int at = 0; at < bytes.length; ) {
            int n = file.read(bytes, at, bytes.length - at);
            if (n < 0) {
                return Arrays.copyOf(bytes, at);
            }
            at += n;
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
