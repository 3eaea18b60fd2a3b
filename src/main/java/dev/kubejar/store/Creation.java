package dev.kubejar.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Makes and deletes states. The manifest is the last file of a new state and the first to go. */
final class Creation {
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);
    private static final int EMPTY_JOURNAL = 20;
    private static final String DELETED = "deleted";

    private Creation() {}

    @SuppressWarnings("try")
    static void create(Path folder, InputStream genesis, Options options, boolean replace) {
        try {
            boolean isNew = !Files.exists(folder);
            options.disk().createFolder(folder);
            if (isNew && folder.toAbsolutePath().getParent() != null) {
                options.disk().syncFolder(folder.toAbsolutePath().getParent());
            }
            try (WriterLock lock = WriterLock.acquire(folder, PATIENCE, null, options.disk())) {
                if (replace || !Store.exists(folder)) {
                    write(folder, genesis, options.disk(), replace);
                }
            }
        } catch (IOException e) {
            throw new StoreFull("cannot make a cluster in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path folder, InputStream genesis, Disk disk, boolean replace) throws IOException {
        if (!replace) {
            refuseRemains(folder);
        }
        Manifest manifest = first(folder);
        if (genesis != null) {
            addGenesis(folder, genesis.readAllBytes(), manifest, disk);
        }
        Journal journal = Journal.create(folder, manifest.takeId(), manifest.revision, disk);
        manifest.journal = journal.id;
        manifest.creditAt = journal.length;
        disk.syncFolder(folder);
        manifest.publish(folder, disk);
        Upkeep.removeStrays(folder, manifest.files(), disk);
        disk.deleteQuietly(folder.resolve(DELETED));
    }

    private static void addGenesis(Path folder, byte[] bytes, Manifest manifest, Disk disk) throws IOException {
        long id = manifest.takeId();
        Path file = folder.resolve(Manifest.tierName(id));
        FlatSegment flat = new FlatSegment(bytes, file);
        manifest.revision = flat.revision();
        manifest.due = flat.due();
        if (flat.count() > 0) {
            disk.publish(file, bytes, bytes.length);
            SegmentRef segment = new SegmentRef(id, true, bytes.length, flat.key(0), flat.key(flat.count() - 1));
            manifest.tiers.add(new TierRef(manifest.takeId(), List.of(segment)));
        }
    }

    /** An empty manifest whose generation and numbers of files are behind those of the state that it replaces. */
    private static Manifest first(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.generation = 1;
        if (Store.exists(folder)) {
            try {
                manifest.generation = Manifest.read(folder, null).generation + 1;
            } catch (StoreException e) {
                // A damaged state can be replaced too; file numbers tell how far it had come.
                manifest.generation = 1L << 32;
            }
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{tier,journal}-*")) {
            for (Path file : files) {
                manifest.nextId = Math.max(manifest.nextId, number(file) + 1);
            }
        }
        return manifest;
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        int end = name.endsWith(".new") ? name.length() - 4 : name.length();
        try {
            return Long.parseLong(name, name.indexOf('-') + 1, end, 10);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Files beside a missing manifest are a killed creation's or deletion's; otherwise they must not hold commits. */
    private static void refuseRemains(Path folder) throws IOException {
        if (Files.exists(folder.resolve(DELETED))) {
            return;
        }
        try (DirectoryStream<Path> journals = Files.newDirectoryStream(folder, "journal-*")) {
            for (Path journal : journals) {
                if (Files.size(journal) > EMPTY_JOURNAL) {
                    throw new StoreCorrupt(
                            folder.resolve(Manifest.NAME), "it is missing, and " + journal + " has commits");
                }
            }
        }
    }

    @SuppressWarnings("try")
    static void destroy(Path folder, Options options) {
        if (!Files.exists(folder)) {
            return;
        }
        try (WriterLock lock = WriterLock.acquire(folder, PATIENCE, null, options.disk())) {
            if (Store.exists(folder)) {
                Files.move(folder.resolve(Manifest.NAME), folder.resolve(DELETED), StandardCopyOption.ATOMIC_MOVE);
                options.disk().syncFolder(folder);
            }
            if (Files.exists(folder.resolve(DELETED))) {
                Upkeep.removeStrays(folder, Set.of(), options.disk());
                options.disk().deleteQuietly(folder.resolve(DELETED));
            }
        } catch (IOException e) {
            throw new StoreException("cannot delete the cluster in " + folder + ": " + e.getMessage(), e);
        }
    }
}
