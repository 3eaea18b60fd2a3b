package dev.kubejar.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Brings a store to what is on disk: the manifest's tiers with the journal laid over them. */
final class View {
    private static final int TRIES = 100;

    private View() {}

    /** Reads what is new; whether there was anything. */
    static boolean refresh(Store store) {
        for (int i = 0; ; i++) {
            try {
                Manifest now = Manifest.read(store.folder, store.manifest);
                if (now == store.manifest) {
                    return readOn(store);
                }
                show(store, now);
                return true;
            } catch (NoSuchFileException e) {
                gone(store, e, i);
            } catch (IOException e) {
                throw new StoreException("cannot read " + store.folder + ": " + e.getMessage(), e);
            }
        }
    }

    /** A journal may have gone with a manifest that was replaced after we had read it; then the next one tells. */
    private static void gone(Store store, NoSuchFileException e, int tries) {
        if (!Store.exists(store.folder)) {
            throw new StoreAbsent(store.folder);
        }
        if (tries >= TRIES) {
            throw new StoreCorrupt(store.folder.resolve(e.getFile()), "it is missing");
        }
    }

    private static void show(Store store, Manifest manifest) throws IOException {
        Journal journal = new Journal(store.folder, manifest.journal);
        readJournal(journal);
        install(store, manifest, journal);
        store.revision = manifest.revision;
        store.due = manifest.due;
        apply(store, 0);
        store.recent.reset(store.revision);
    }

    /** Replaces what the store stands on; the journal's records are not applied. */
    static void install(Store store, Manifest manifest, Journal journal) {
        store.manifest = manifest;
        store.journal = journal;
        store.overlay.clear();
        store.tiers.use(manifest);
    }

    private static boolean readOn(Store store) throws IOException {
        int first = readJournal(store.journal);
        if (first == store.journal.records.size()) {
            return false;
        }
        apply(store, first);
        store.recent.reset(store.revision);
        return true;
    }

    /** A record that another process is appending this instant may be seen half; so damage is believed when it stays. */
    private static int readJournal(Journal journal) throws IOException {
        int first = journal.records.size();
        for (int i = 0; ; i++) {
            try {
                journal.readOn();
                return first;
            } catch (StoreCorrupt e) {
                if (i == 3) {
                    throw e;
                }
            }
        }
    }

    private static void apply(Store store, int first) {
        List<JournalRecord> records = store.journal.records;
        for (int i = first; i < records.size(); i++) {
            JournalRecord record = records.get(i);
            record.apply(store.overlay);
            store.revision = record.revision;
            store.due = record.due;
        }
    }

    static String hash(List<Item> items) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Item item : items) {
                byte[] key = item.key().getBytes(StandardCharsets.UTF_8);
                boolean memory = item.slot().kind() == Slot.MEMORY;
                byte[] value = memory
                        ? item.slot().memory()
                        : item.slot().entry(item.key()).value();
                byte[] lengths = new byte[8];
                ByteSink.putInt(lengths, 0, key.length);
                ByteSink.putInt(lengths, 4, value.length);
                digest.update(lengths);
                digest.update(key);
                digest.update(value);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static Status status(Store store) {
        long tierBytes = 0;
        int files = 0;
        for (TierRef tier : store.manifest.tiers) {
            tierBytes += tier.bytes();
            files += tier.segments().size();
        }
        long historyBytes = 0;
        for (ClosedJournal closed : store.manifest.history) {
            historyBytes += closed.length();
        }
        return new Status(
                store.revision,
                store.manifest.floor(store.journal.start) + 1,
                store.manifest.tiers.size(),
                files,
                tierBytes,
                store.journal.length,
                historyBytes,
                !store.manifest.merges.isEmpty());
    }
}
