package dev.kubejar.kubelet.fs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Files that Kubernetes puts into a volume, as its atomic writer lays them out: the content in a directory named by the
 * time, {@code ..data} leading to it, and a link for each name in front.
 */
public final class Projection {
    private static final String DATA = "..data";
    private static final long SECOND = 1_000_000_000L;

    private Projection() {}

    /** A file below the volume's top: its path, what it holds, its permission bits. */
    public record Entry(String path, byte[] content, int mode) {}

    /**
     * Makes a volume hold exactly these files; where it does already, nothing changes.
     *
     * @param gid the group that everything belongs to (the pod's fsGroup), 0 without one
     * @param now nanoseconds since the epoch
     * @return whether anything changed
     */
    public static boolean write(Volume volume, List<Entry> entries, int gid, long now) {
        FileOps files =
                new FileOps(new FileSystem(volume, false, () -> now), new Credentials(0, gid, List.of()), "/", 0);
        try {
            if (same(files, entries)) {
                return false;
            }
            String before =
                    files.exists("/" + DATA) ? files.link("/" + DATA).node().target() : null;
            String directory = name(now, before);
            files.mkdir("/" + directory, gid == 0 ? 0755 : 02755);
            for (Entry entry : entries) {
                String path = "/" + directory + "/" + entry.path();
                parents(files, path);
                files.write(path, entry.content(), false);
                files.chmod(files.at(path), entry.mode() | (gid == 0 ? 0 : 0440));
            }
            if (before != null) {
                files.unlink("/" + DATA);
            }
            files.symlink(directory, "/" + DATA);
            link(files, entries);
            if (before != null) {
                remove(files, "/" + before);
            }
            return true;
        } catch (FsError e) {
            throw new IllegalStateException("volume " + volume.name() + ": " + e.getMessage(), e);
        }
    }

    private static boolean same(FileOps files, List<Entry> entries) throws FsError {
        TreeSet<String> wanted = new TreeSet<>();
        for (Entry entry : entries) {
            wanted.add(front(entry));
            String path = "/" + entry.path();
            if (!files.exists(path) || !Arrays.equals(files.read(path), entry.content())) {
                return false;
            }
        }
        TreeSet<String> there = new TreeSet<>(names(files, "/"));
        return there.remove(DATA) && there.removeIf(name -> name.startsWith("..")) && there.equals(wanted);
    }

    private static String front(Entry entry) {
        int slash = entry.path().indexOf('/');
        return slash < 0 ? entry.path() : entry.path().substring(0, slash);
    }

    private static List<String> names(FileOps files, String path) throws FsError {
        return files.files().list(files.at(path), files.who());
    }

    /** {@code ..2026_01_01_00_00_00.123456789}, another one than before. */
    private static String name(long now, String before) {
        ZonedDateTime time = Instant.ofEpochSecond(now / SECOND).atZone(ZoneOffset.UTC);
        long fraction = now % SECOND;
        while (true) {
            String name =
                    ".." + time.getYear() + "_" + two(time.getMonthValue()) + "_" + two(time.getDayOfMonth()) + "_"
                            + two(time.getHour()) + "_" + two(time.getMinute()) + "_" + two(time.getSecond()) + "."
                            + String.valueOf(SECOND + fraction).substring(1);
            if (!name.equals(before)) {
                return name;
            }
            fraction++;
        }
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    private static void parents(FileOps files, String path) throws FsError {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (!files.exists(path.substring(0, slash))) {
                files.mkdir(path.substring(0, slash), 0755);
            }
        }
    }

    private static void link(FileOps files, List<Entry> entries) throws FsError {
        TreeSet<String> wanted = new TreeSet<>();
        entries.forEach(entry -> wanted.add(front(entry)));
        for (String name : new ArrayList<>(names(files, "/"))) {
            if (!name.startsWith("..") && !wanted.remove(name)) {
                files.unlink("/" + name);
            }
        }
        for (String name : wanted) {
            files.symlink(DATA + "/" + name, "/" + name);
        }
    }

    private static void remove(FileOps files, String path) throws FsError {
        if (!files.link(path).node().isDirectory()) {
            files.unlink(path);
            return;
        }
        for (String name : names(files, path)) {
            remove(files, path + "/" + name);
        }
        files.rmdir(path);
    }
}
