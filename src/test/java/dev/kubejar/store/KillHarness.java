package dev.kubejar.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Kills a script of commands at every system call by which it changes the state folder, and looks at what is left.
 *
 * <p>Each command of the script is run once under strace to see its calls (opening for writing, write, fsync, rename, unlink, truncate
 * on files of the state). Then, for every single one of them, the state is put back to what it was before the command, the command runs
 * again and is killed by SIGKILL as it enters that call. What it leaves must be readable and must be the state before the command or
 * the state after one of its commits, whole, and it must be possible to write and compact it. Finally the command runs undisturbed and
 * the next one follows.
 *
 * <pre>
 * src/test/harness/kill.sh                                   the store's own script (some minutes)
 * src/test/harness/kill.sh --state DIR --script FILE         shell commands of FILE, one a line, that keep their state in DIR
 *                          [--sample N]                      about N kills, spread over the script
 * </pre>
 *
 * A command that makes several commits must not be the first, nor one that compacts.
 * The commands must do the same each time: with the launcher set KUBEJAR_SEED and a frozen clock. DIR is deleted first.
 */
public final class KillHarness {
    private static final String CALLS = "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,"
            + "rename,renameat,renameat2,unlink,unlinkat,truncate,ftruncate,fallocate";
    private static final Pattern CALL = Pattern.compile("^(\\d+) +([a-z0-9]+)\\((.*)$");
    private static final Pattern CREATED = Pattern.compile("[a-z.]+/(\\S+) created");
    private static final Pattern PATH = Pattern.compile("[<\"]((?:/[^<>\"]*))[>\"]");

    /** What the harness has found. */
    public static final class Result {
        public int kills;
        public int calls;
        public int acknowledged;
        public int unfired;
        public int rolls;
        public int merges;
        public final Map<String, Integer> byCall = new TreeMap<>();
        public final List<String> failures = new ArrayList<>();

        @Override
        public String toString() {
            return kills + " kills of " + calls + " calls " + byCall + ", " + acknowledged
                    + " after an acknowledgement, " + unfired + " did not fire, " + rolls + " checkpoints, " + merges
                    + " merges, " + failures.size() + " failures " + failures;
        }
    }

    /** A call to kill at: the n-th of its name. */
    private record Target(String call, int n) {}

    /** The contents of a state, and the commits that a run has appended to it. */
    private record Picture(long revision, long due, Map<String, String> slots) {}

    private final Path state;
    private final Path saved;
    private final List<String> script;
    private final Path log;
    private final Path printed;
    private boolean progress;
    private final Result result = new Result();

    private KillHarness(Path state, List<String> script, Path scratch) {
        this.state = state;
        this.script = script;
        this.saved = scratch.resolve("saved");
        this.log = scratch.resolve("strace.log");
        this.printed = scratch.resolve("printed");
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        Path scratch = Files.createTempDirectory("kubejar-kill");
        Path state =
                Path.of(options.getOrDefault("--state", scratch.resolve("state").toString()));
        List<String> script = options.containsKey("--script")
                ? Files.readAllLines(Path.of(options.get("--script"))).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList()
                : ownScript(state);
        int sample = Integer.parseInt(options.getOrDefault("--sample", "0"));
        KillHarness harness = new KillHarness(state, script, scratch);
        harness.progress = true;
        Result result = harness.run(sample);
        System.out.println(result);
        delete(scratch);
        if (!result.failures.isEmpty() || result.unfired > 0) {
            System.exit(1);
        }
    }

    /** Why the harness cannot run here, or null. */
    public static String missing() throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true").start();
            return process.waitFor() == 0 ? null : "strace may not trace processes here";
        } catch (IOException e) {
            return "strace is not installed";
        }
    }

    static List<String> ownScript(Path state) {
        List<String> script = new ArrayList<>();
        for (int i = 0; i < ScriptedWrites.STEPS; i++) {
            script.add("exec '" + ProcessHandle.current().info().command().orElse("java")
                    + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp '"
                    + System.getProperty("java.class.path") + "' dev.kubejar.store.ScriptedWrites '" + state + "' "
                    + i);
        }
        return script;
    }

    /**
     * Runs the script.
     *
     * @param sample about how many kills, or 0 for all
     */
    static Result run(Path state, List<String> script, Path scratch, int sample)
            throws IOException, InterruptedException {
        return new KillHarness(state, script, scratch).run(sample);
    }

    private Result run(int sample) throws IOException, InterruptedException {
        delete(state);
        for (int i = 0; i < script.size(); i++) {
            command(i, sample);
        }
        return result;
    }

    private void command(int number, int sample) throws IOException, InterruptedException {
        delete(saved);
        copy(state, saved);
        String line = script.get(number);
        Map<String, TreeSet<String>> paths = new HashMap<>();
        trace(line, List.of(), paths);
        TreeSet<String> all = paths.getOrDefault("all", new TreeSet<>());
        List<Picture> allowed = allowed();
        reset();
        List<Target> targets = trace(line, List.copyOf(all), paths);
        List<Target> chosen = choose(targets, number, sample);
        for (Target target : chosen) {
            reset();
            kill(line, List.copyOf(all), target, number);
            check(allowed, number + ": " + target);
        }
        result.calls += targets.size();
        if (progress) {
            System.err.println(number + 1 + "/" + script.size() + ": " + chosen.size() + " of " + targets.size()
                    + " calls, " + (allowed.size() - 1) + " commits, " + result.failures.size() + " failures: " + line);
        }
        reset();
        int exit = run(List.of("bash", "-c", line));
        if (exit != 0) {
            result.failures.add("command " + number + " failed with " + exit + ": " + line);
        }
        countShapes();
    }

    private List<Target> choose(List<Target> targets, int number, int sample) {
        if (sample == 0) {
            return targets;
        }
        int each = Math.max(1, sample / script.size() + (number % 2 == 0 ? 1 : 0));
        List<Target> chosen = new ArrayList<>();
        for (int i = 0; i < Math.min(each, targets.size()); i++) {
            chosen.add(targets.get((number * 5 + i * targets.size() / each) % targets.size()));
        }
        return chosen;
    }

    private void countShapes() throws IOException {
        if (Files.exists(saved.resolve(Manifest.NAME)) && Files.exists(state.resolve(Manifest.NAME))) {
            Manifest before = Manifest.read(saved, null);
            Manifest now = Manifest.read(state, null);
            result.rolls += before.journal != now.journal ? 1 : 0;
            result.merges += now.generation - before.generation > (before.journal != now.journal ? 1 : 0) ? 1 : 0;
        }
    }

    /** Runs the command under strace; collects the paths below the state and the calls to kill at. */
    private List<Target> trace(String line, List<String> filter, Map<String, TreeSet<String>> paths)
            throws IOException, InterruptedException {
        // --seccomp-bpf is quick; it cannot be used for the kills, where strace 6.1 then lets the call through
        List<String> command =
                new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf", "-qq", "-y", "-o", log.toString()));
        command.addAll(List.of("-e", "trace=" + CALLS, "-e", "signal=none"));
        addPaths(command, filter);
        command.addAll(List.of("bash", "-c", line));
        int exit = run(command);
        if (exit != 0) {
            result.failures.add("failed with " + exit + " under strace: " + line);
        }
        List<Target> targets = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String entry : Files.readAllLines(log)) {
            Matcher call = CALL.matcher(entry);
            if (!call.find() || !touchesState(entry, paths)) {
                continue;
            }
            String name = call.group(2);
            int n = counts.merge(name, 1, Integer::sum);
            boolean reading = name.startsWith("open") && !entry.matches(".*O_(WRONLY|RDWR|CREAT).*");
            if (!reading) {
                targets.add(new Target(name, n));
            }
        }
        return targets;
    }

    private boolean touchesState(String entry, Map<String, TreeSet<String>> paths) {
        boolean touches = false;
        Matcher path = PATH.matcher(entry);
        while (path.find()) {
            String found = path.group(1).replace(" (deleted)", "");
            if (found.equals(state.toString()) || found.startsWith(state + "/")) {
                paths.computeIfAbsent("all", k -> new TreeSet<>()).add(found);
                touches = true;
            }
        }
        return touches;
    }

    private void kill(String line, List<String> paths, Target target, int number)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "-o", log.toString()));
        command.addAll(List.of("-e", "trace=" + target.call(), "-e", "signal=none"));
        command.addAll(List.of("-e", "inject=" + target.call() + ":signal=KILL:when=" + target.n()));
        addPaths(command, paths);
        command.addAll(List.of("bash", "-c", line));
        int exit = run(command);
        if (exit == 137) {
            result.kills++;
            result.byCall.merge(target.call(), 1, Integer::sum);
        } else {
            result.unfired++;
            result.failures.add("command " + number + " was not killed at " + target + " but ended with " + exit);
        }
    }

    private static void addPaths(List<String> command, List<String> paths) {
        for (String path : paths) {
            command.add("-P");
            command.add(path);
        }
    }

    /** The states that a kill may leave, read from what the undisturbed command has left: before it, and after each commit. */
    private List<Picture> allowed() throws IOException {
        List<Picture> allowed = new ArrayList<>();
        if (!Files.exists(state.resolve(Manifest.NAME))) {
            allowed.add(null);
            return allowed;
        }
        Manifest now = Manifest.read(state, null);
        TreeMap<String, Slot> slots = new TreeMap<>();
        long revision;
        long due;
        long journal;
        long length;
        if (Files.exists(saved.resolve(Manifest.NAME))) {
            try (Store before = Store.open(saved, Options.standard())) {
                slots.putAll(slots(before));
                revision = before.revision;
                due = before.due;
                journal = before.journal.id;
                length = before.journal.length;
            }
        } else {
            allowed.add(null);
            genesis(now, slots);
            revision = now.history.isEmpty() ? now.revision : now.history.get(0).start();
            due = now.history.isEmpty() ? now.due : Store.NOTHING_DUE;
            journal = now.history.isEmpty() ? now.journal : now.history.get(0).id();
            length = 0;
        }
        allowed.add(picture(revision, due, slots));
        List<Long> journals = new ArrayList<>();
        now.history.forEach(closed -> journals.add(closed.id()));
        journals.add(now.journal);
        for (long id : journals) {
            if (id < journal) {
                continue;
            }
            Journal file = new Journal(state, id);
            file.readOn();
            Journal known = new Journal(saved, id);
            int first = 0;
            if (id == journal && length > 0) {
                known.readOn();
                first = known.records.size();
            }
            for (JournalRecord record : file.records.subList(first, file.records.size())) {
                Overlay overlay = new Overlay();
                record.apply(overlay);
                overlay.from("", true).forEachRemaining(item -> put(slots, item));
                allowed.add(picture(record.revision, record.due, slots));
            }
        }
        try (Store after = Store.open(state, Options.standard())) {
            allowed.add(picture(after));
        }
        return allowed;
    }

    /** What the first command's new state began with: nothing, or the genesis, if that has not been merged. */
    private void genesis(Manifest now, TreeMap<String, Slot> slots) throws IOException {
        if (now.tiers.isEmpty()) {
            return;
        }
        TierRef oldest = now.tiers.get(now.tiers.size() - 1);
        if (oldest.segments().get(0).flat()) {
            SegmentRef file = oldest.segments().get(0);
            FlatSegment.open(state.resolve(Manifest.tierName(file.id())), file.bytes())
                    .from("", true)
                    .forEachRemaining(item -> put(slots, item));
        }
    }

    private static void put(Map<String, Slot> slots, Item item) {
        if (item.slot().isLive()) {
            slots.put(item.key(), item.slot());
        } else {
            slots.remove(item.key());
        }
    }

    private static Map<String, Slot> slots(Store store) {
        Map<String, Slot> slots = new TreeMap<>();
        List<java.util.Iterator<Item>> sources = store.tiers.from("", "", true);
        sources.add(0, store.overlay.from("", true));
        Merged merged = new Merged(sources);
        while (merged.hasNext()) {
            put(slots, merged.next());
        }
        return slots;
    }

    private static Picture picture(long revision, long due, Map<String, Slot> slots) {
        Map<String, String> texts = new TreeMap<>();
        slots.forEach((key, slot) -> texts.put(
                key, slot.length + ":" + Integer.toHexString(ByteSource.crc(slot.bytes, slot.from, slot.length))));
        return new Picture(revision, due, texts);
    }

    private static Picture picture(Store store) {
        return picture(store.revision, store.due, slots(store));
    }

    private void check(List<Picture> allowed, String where) {
        try {
            if (!Store.exists(state)) {
                if (allowed.get(0) != null) {
                    result.failures.add(where + ": the state is gone");
                }
                acknowledged(allowed, null, where);
                return;
            }
            try (Store store = Store.open(state, Options.standard())) {
                Picture found = picture(store);
                if (!allowed.contains(found)) {
                    result.failures.add(where + ": neither before nor after a commit: revision " + found.revision());
                    return;
                }
                acknowledged(allowed, found, where);
                try (Batch b = store.begin(java.time.Duration.ofSeconds(5), null)) {
                    b.due(found.due() + 1);
                    b.commit();
                }
                store.compactAll();
                store.refresh();
                if (!picture(store).slots().equals(found.slots())) {
                    result.failures.add(where + ": differs after another commit and compaction");
                }
            }
        } catch (RuntimeException e) {
            result.failures.add(where + ": " + e);
        }
    }

    /**
     * What the killed command had printed must hold: with anything printed the state is not the one before it any more, and what it
     * called created is there.
     */
    private void acknowledged(List<Picture> allowed, Picture found, String where) {
        List<String> lines = printedLines();
        if (lines.isEmpty() || allowed.size() < 2) {
            return;
        }
        result.acknowledged++;
        if (found == null || found.equals(allowed.get(0))) {
            result.failures.add(where + ": lost what was acknowledged: " + lines);
            return;
        }
        for (String line : lines) {
            Matcher created = CREATED.matcher(line);
            if (created.matches()
                    && found.slots().keySet().stream().noneMatch(key -> key.endsWith("/" + created.group(1)))) {
                result.failures.add(where + ": lost what was acknowledged: " + line);
            }
        }
    }

    private List<String> printedLines() {
        try {
            return Files.readAllLines(printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reset() throws IOException {
        delete(state);
        copy(saved, state);
    }

    private int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(printed.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        return process.waitFor();
    }

    static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> all = Files.walk(from)) {
            all.forEach(path -> {
                try {
                    Files.copy(path, to.resolve(from.relativize(path).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }
}
