package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.ByteReader;
import dev.kubejar.kubelet.fs.ByteWriter;
import dev.kubejar.kubelet.fs.FileOps;
import dev.kubejar.kubelet.fs.FsError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An {@link Applet} in a process: its arguments, its streams, and what it remembers from one turn to the next. */
public final class Task extends Program {
    private static final int PIECE = 65536;

    private final String name;
    private final Applet applet;
    private final List<String> argv;
    private final Map<String, String> env;
    private final TreeMap<String, Long> numbers = new TreeMap<>();
    private final TreeMap<String, String> texts = new TreeMap<>();
    private StringBuilder growing;
    private String growingKey;
    private Process process;
    private int steps;
    private Lines lines;
    private Object scratch;

    Task(String name, List<String> argv, Map<String, String> env) {
        this.name = name;
        this.applet = Applets.find(name);
        this.argv = List.copyOf(argv);
        this.env = env;
    }

    @Override
    int run(Process owner, int budget) {
        process = owner;
        steps = 0;
        int code;
        try {
            code = applet == null ? unknown() : applet.run(this);
        } catch (Exit e) {
            code = e.code();
        } catch (IllegalArgumentException e) {
            err(name + ": " + e.getMessage() + "\n");
            code = 1;
        }
        if (code >= 0 && owner.program == this) {
            owner.end(code);
        }
        return steps;
    }

    private int unknown() {
        err(name + ": applet not found\n");
        return 127;
    }

    /** Ends the process for want of memory. */
    public int starve() {
        process.machine.starve(process);
        return Applet.WAIT;
    }

    /** Ends the process as a signal would. */
    public int die(Signal signal) {
        process.machine.end(process, 128 + signal.number(), signal);
        return Applet.WAIT;
    }

    /** Whether no program of this name is known. */
    public boolean isUnknown() {
        return applet == null;
    }

    Applet applet() {
        return applet;
    }

    /** The program's name as it was called. */
    public String name() {
        return name;
    }

    /** All arguments, the name first. */
    public List<String> argv() {
        return argv;
    }

    /** The arguments after the name. */
    public List<String> args() {
        return argv.subList(1, argv.size());
    }

    public Map<String, String> env() {
        return env;
    }

    public Machine machine() {
        return process.machine;
    }

    /** Whether it runs for the container itself, and not for a further command in it. */
    public boolean main() {
        return process.session == Host.MAIN;
    }

    public Host host() {
        return process.machine.host();
    }

    Process process() {
        return process;
    }

    void attach(Process owner) {
        process = owner;
    }

    public int pid() {
        return process.pid;
    }

    public String cwd() {
        return process.cwd;
    }

    public int umask() {
        return process.umask;
    }

    /** Files as the process may use them. */
    public FileOps files() {
        return process.files();
    }

    /** Counts work, in steps of the machine. */
    public void charge(long amount) {
        steps = (int) Math.min(Integer.MAX_VALUE / 2, steps + amount);
    }

    /** Whether the turn has lasted long enough: {@link Applet#AGAIN} is in order. */
    public boolean tired() {
        return steps > 20_000 || process.clogged != null || process.ended();
    }

    /** A number that it remembers; 0 at first. */
    public long number(String key) {
        return numbers.getOrDefault(key, 0L);
    }

    public void number(String key, long value) {
        numbers.put(key, value);
    }

    /** A text that it remembers; null at first. */
    public String text(String key) {
        return texts().get(key);
    }

    public void text(String key, String value) {
        texts();
        if (value == null) {
            texts.remove(key);
        } else {
            texts.put(key, value);
        }
    }

    /** Adds to a text that it remembers, at a cost of the part's length only. */
    public void append(String key, String part) {
        if (growing == null || !key.equals(growingKey)) {
            growing = new StringBuilder(texts().getOrDefault(key, ""));
            growingKey = key;
        }
        growing.append(part);
    }

    /** All texts that it remembers, to be changed. */
    public Map<String, String> texts() {
        if (growing != null) {
            texts.put(growingKey, growing.toString());
            growing = null;
        }
        return texts;
    }

    /** Something that can be made again from arguments and memory: kept as long as the process stays in memory. */
    public Object scratch() {
        return scratch;
    }

    public void scratch(Object value) {
        scratch = value;
    }

    /** The lines of the files that are named, or of standard input. The list matters at the first call only. */
    public Lines lines(List<String> files) {
        if (lines == null) {
            lines = new Lines(files);
        }
        lines.attach(this);
        return lines;
    }

    /** Turns the process into another program; what it returns is for {@link Applet#run} to return. */
    public int become(List<String> command, Map<String, String> environment) {
        try {
            Launcher.Target target =
                    Launcher.find(files(), command, environment.getOrDefault("PATH", Launcher.DEFAULT_PATH));
            Launcher.load(process, target, environment);
            return Applet.AGAIN;
        } catch (Launcher.NotRunnable e) {
            String why = e.errno == dev.kubejar.kubelet.fs.Errno.EINVAL ? "Exec format error" : e.getMessage();
            err(name + ": can't execute '" + command.get(0) + "': " + why + "\n");
            return e.errno == dev.kubejar.kubelet.fs.Errno.ENOENT ? 127 : 126;
        }
    }

    /** Starts a child with the task's own streams; its number, or -1 where it cannot be run, which is reported. */
    public int spawn(List<String> command) {
        return spawn(command, "can't execute ");
    }

    /** As {@link #spawn(List)}; the complaint begins with some words, and quotes the name where there are any. */
    public int spawn(List<String> command, String words) {
        try {
            Launcher.Target target = Launcher.find(files(), command, env.getOrDefault("PATH", Launcher.DEFAULT_PATH));
            Process child = process.fork();
            child.steps = process.steps;
            child.instant = process.instant;
            child.strikes = process.strikes;
            Launcher.load(child, target, env);
            charge(Interpreter.FORK_STEPS);
            return child.pid;
        } catch (Launcher.NotRunnable e) {
            String quote = words.isEmpty() ? "" : "'";
            err(name + ": " + words + quote + command.get(0) + quote + ": " + e.getMessage() + "\n");
            return -1;
        }
    }

    /** A child's exit code once it is over, else -1. */
    public int ended(int pid) {
        Process child = process.machine.processes.get(pid);
        if (child == null) {
            return 127;
        }
        if (!child.ended()) {
            return -1;
        }
        process.machine.reap(child);
        return child.exitCode;
    }

    /** Waits for a child, until an instant at most. */
    public int awaitChild(int pid, long untilNanos) {
        process.wait = new Wait(untilNanos, -1, pid, false);
        return Applet.WAIT;
    }

    /** Goes on in the background: a process of its own takes over with all ports, and this one ends. */
    public int daemon() {
        Process child = process.machine.create(1, process.user, process.cwd);
        child.session = process.session;
        child.argv = process.argv;
        Task copy = new Task(name, argv, env);
        copy.numbers.putAll(numbers);
        copy.texts.putAll(texts());
        copy.process = child;
        child.program = copy;
        process.machine.serving.move(process, child);
        return 0;
    }

    /** Runs a command with the accepted connection as its input and output. */
    public int serve(List<String> command) {
        Channel socket = process.channel(Connections.ACCEPTED);
        process.put(0, socket);
        process.put(1, socket);
        process.close(Connections.ACCEPTED);
        return become(command, env);
    }

    /** Sends a signal to a process of the container; false where there is none. */
    public boolean signal(int pid, Signal signal) {
        Process other = process.machine.processes.get(pid);
        if (other == null) {
            return false;
        }
        process.machine.deliver(other, signal, true);
        return true;
    }

    /** The exit code of {@code test} with the task's arguments. */
    public int test() {
        return TestExpression.run(argv, process, name);
    }

    /** The exit code of {@code kill} with the task's arguments. */
    public int kill() {
        StringBuilder printed = new StringBuilder();
        int code = Kill.run(argv, process, name, printed);
        out(printed.toString());
        return code;
    }

    /** A running process as {@code ps} shows it. */
    public record Listed(int pid, int uid, boolean zombie, List<String> argv) {}

    public List<Listed> processes() {
        List<Listed> all = new java.util.ArrayList<>();
        for (Process each : process.machine.processes.values()) {
            all.add(new Listed(each.pid, each.user.uid(), each.ended(), each.argv));
        }
        return all;
    }

    public void out(String bytes) {
        write(1, bytes);
    }

    public void err(String bytes) {
        process.complain(bytes);
    }

    /** Writes; what cannot be written ends the program. */
    public void write(int descriptor, String bytes) {
        charge(bytes.length() / 512 + 1);
        try {
            process.write(descriptor, bytes);
        } catch (FsError e) {
            if (!process.ended()) {
                err(name + ": write error: " + e.getMessage() + "\n");
            }
            throw new Exit(1);
        }
    }

    /** Reads: empty at the end, null where nothing is there yet. */
    public String read(int descriptor) {
        return read(descriptor, PIECE);
    }

    public String read(int descriptor, int most) {
        charge(1);
        Channel channel = process.channel(descriptor);
        if (channel == null) {
            return "";
        }
        try {
            String part = channel.read(most);
            charge(part == null ? 0 : part.length() / 512);
            return part;
        } catch (FsError e) {
            err(name + ": read error: " + e.getMessage() + "\n");
            throw new Exit(1);
        }
    }

    /** Opens a file for reading at a free descriptor. */
    public int open(String path) throws FsError {
        return process.place(Redirections.Files.open(process, path, Channels.OpenFile.READ), 3);
    }

    /** Opens a file for writing, from its beginning or behind its end. */
    public int create(String path, boolean append) throws FsError {
        Channel channel = append
                ? Redirections.Files.open(process, path, Channels.OpenFile.WRITE | Channels.OpenFile.APPEND)
                : Redirections.Files.create(process, path);
        return process.place(channel, 3);
    }

    public void close(int descriptor) {
        process.close(descriptor);
    }

    public boolean isTerminal(int descriptor) {
        Channel channel = process.channel(descriptor);
        return channel != null && channel.isTerminal();
    }

    /** Waits for an instant. */
    public int sleep(long untilNanos) {
        process.wait = Wait.time(untilNanos);
        return Applet.WAIT;
    }

    /** Waits for a descriptor to have something to read. */
    public int await(int descriptor) {
        process.wait = Wait.input(descriptor);
        return Applet.WAIT;
    }

    /** Waits for a descriptor or an instant. */
    public int await(int descriptor, long untilNanos) {
        process.wait = Wait.input(descriptor, untilNanos);
        return Applet.WAIT;
    }

    /** Waits for an open file to grow. */
    public int awaitGrowth(int descriptor) {
        process.wait = Wait.growth(descriptor);
        return Applet.WAIT;
    }

    /** Goes back to a file's beginning where it has become shorter than what has been read. */
    public void rewindIfCut(int descriptor) {
        if (process.channel(descriptor) instanceof Channels.OpenFile file
                && file.node() != null
                && file.node().size() < file.offset) {
            file.offset = 0;
        }
    }

    /** Waits for a signal to end it. */
    public int pause() {
        process.wait = Wait.signal();
        return Applet.WAIT;
    }

    public long now() {
        return process.machine.nanos();
    }

    @Override
    boolean catches(Signal signal) {
        return applet != null && applet.stops(this, signal) >= 0;
    }

    @Override
    void signalled(Process owner, Signal signal) {
        owner.end(applet.stops(this, signal));
    }

    @Override
    long memory() {
        long size = lines == null ? 0 : lines.memory();
        for (String each : texts.values()) {
            size += each.length();
        }
        return growing == null ? size : size + growing.length();
    }

    @Override
    void save(ByteWriter out, Saved saved) {
        out.text(name).texts(argv);
        saved.environment(out, env);
        out.number(numbers.size());
        numbers.forEach((key, value) -> out.text(key).number(value));
        out.map(texts()).flag(lines != null);
        if (lines != null) {
            lines.save(out);
        }
    }

    static Task load(ByteReader in, Saved saved) {
        String name = in.text();
        List<String> argv = in.texts();
        Task task = new Task(name, argv, saved.environment(in));
        for (int i = in.integer(); i > 0; i--) {
            String key = in.text();
            task.numbers.put(key, in.number());
        }
        task.texts.putAll(in.map());
        task.lines = in.flag() ? Lines.load(in) : null;
        return task;
    }
}
