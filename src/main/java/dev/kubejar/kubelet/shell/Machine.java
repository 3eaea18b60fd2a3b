package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.Credentials;
import dev.kubejar.kubelet.fs.FileSystem;
import dev.kubejar.kubelet.fs.Mount;
import dev.kubejar.kubelet.fs.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The processes of one container: data that goes on when it is told to, up to where every process waits. It never waits
 * itself and starts no thread.
 */
public final class Machine {
    private static final int QUANTUM = 2000;
    private static final int MAX_NESTING = 8;
    private static final long SECOND = 1_000_000_000L;

    private final Host host;
    private final FileSystem files;
    final TreeMap<Integer, Process> processes = new TreeMap<>();
    final TreeMap<Integer, Session> sessions = new TreeMap<>();
    final TreeMap<Integer, Pipe> pipes = new TreeMap<>();
    final Serving serving = new Serving(this);
    int lastPid;
    int lastSession = Host.MAIN;
    long began;

    private long logInstant;
    private long logged;
    private boolean starved;
    private int nesting;
    private int current;

    /** A command's streams as whoever started it holds them, and what became of it. */
    static final class Session {
        int pid;
        String input = "";
        boolean inputEnded;
        int exitCode = -1;
        int killer;
    }

    /** A machine without processes. The file system gets a /proc of its own where nothing is mounted there. */
    public Machine(Host host, FileSystem files) {
        this.host = host;
        this.files = files;
        this.began = nanos();
        Volume proc = new ProcVolume(this);
        files.mount("/proc", proc, Volume.ROOT, true, "proc");
    }

    public Host host() {
        return host;
    }

    public FileSystem files() {
        return files;
    }

    /** Virtual time in nanoseconds since the epoch. */
    public long nanos() {
        Instant now = host.now();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    /** Starts the container's own process: number 1. It does not run yet. */
    public void start(Launch launch) throws StartError {
        if (!processes.isEmpty() || lastPid != 0) {
            throw new IllegalStateException("the machine has been started before");
        }
        begin(launch, Host.MAIN);
    }

    /**
     * Starts a further command in the container. It does not run yet.
     *
     * @return the number of its session, by which its output, input and end are told apart
     */
    public int exec(Launch launch) throws StartError {
        begin(launch, lastSession + 1);
        return ++lastSession;
    }

    private void begin(Launch launch, int number) throws StartError {
        Launcher.Target target = Launcher.forContainer(this, launch);
        Process process = create(0, launch.user(), launch.cwd());
        process.session = number;
        Session session = new Session();
        session.pid = process.pid;
        session.inputEnded = launch.input() == null;
        session.input = launch.input() == null ? "" : Text.of(launch.input());
        sessions.put(number, session);
        process.put(
                0,
                launch.input() == null && !launch.tty()
                        ? new Channels.Device("null", this)
                        : new Channels.Console(this, number, 0, launch.tty()));
        process.put(1, new Channels.Console(this, number, 1, launch.tty()));
        process.put(2, new Channels.Console(this, number, launch.tty() ? 1 : 2, launch.tty()));
        Launcher.load(process, target, Launcher.environment(launch.env()));
    }

    Process create(int parent, Credentials user, String cwd) {
        Process process = new Process(this, ++lastPid, parent, user, cwd);
        processes.put(process.pid, process);
        return process;
    }

    boolean crowded() {
        return processes.size() >= host.limits().processes();
    }

    /** Adds to what a session's command reads. */
    public void input(int session, byte[] bytes) {
        sessions.get(session).input += Text.of(bytes);
    }

    /** Nothing more comes for a session's command to read. */
    public void endInput(int session) {
        sessions.get(session).inputEnded = true;
    }

    /** A session's exit code once its command is over: 128 and the signal's number where that ended it. */
    public OptionalInt exitCode(int session) {
        Session there = sessions.get(session);
        return there == null || there.exitCode < 0 ? OptionalInt.empty() : OptionalInt.of(there.exitCode);
    }

    /** Whether a process has been ended because it wanted more memory than there is. */
    public boolean starved() {
        return starved;
    }

    /** Whether a session is known here. */
    public boolean holds(int session) {
        return sessions.containsKey(session);
    }

    /** Whether a process waits for input that the session's other end has still to give. */
    public boolean hungry(int session) {
        for (Process each : processes.values()) {
            if (!each.ended()
                    && each.wait != null
                    && each.wait.descriptor() >= 0
                    && each.channel(each.wait.descriptor()) instanceof Channels.Console console
                    && console.session() == session
                    && !console.readable()) {
                return true;
            }
        }
        return false;
    }

    /** The signal's number that ended a session's command, or 0. */
    public int exitSignal(int session) {
        return sessions.get(session).killer;
    }

    /** Forgets a session that is over, or ends it where it is not. */
    public void close(int session) {
        Session there = sessions.get(session);
        if (there != null && session != Host.MAIN) {
            Process process = processes.get(there.pid);
            if (process != null && !process.ended()) {
                end(process, 128 + Signal.KILL.number(), Signal.KILL);
            }
            sessions.remove(session);
        }
    }

    /** Sends a signal to the container's own process from outside, as the container runtime does. */
    public void signal(Signal signal) {
        Process first = processes.get(1);
        if (first != null) {
            deliver(first, signal, false);
        }
    }

    /** Lets every process run up to where it waits. */
    public Waits run() {
        nesting++;
        try {
            boolean progress = true;
            while (progress) {
                progress = false;
                for (int pid : new ArrayList<>(processes.keySet())) {
                    Process process = processes.get(pid);
                    if (process != null && ready(process)) {
                        step(process);
                        progress = true;
                    }
                }
            }
        } finally {
            nesting--;
        }
        return waits();
    }

    /** Processes in whose midst another call of {@link #run} was made: a connection of the machine to itself. */
    private final TreeSet<Integer> active = new TreeSet<>();

    /** Thousandths of a CPU that processes take which never rest. */
    public long busy() {
        long busy = 0;
        for (Process each : processes.values()) {
            boolean lately = nanos() - each.instant <= 2 * SECOND;
            busy += lately && each.strikes > 0 && !each.ended() ? 1000 : 0;
            busy += !each.ended() && each.program instanceof Task task
                    ? task.applet().cpu(task)
                    : 0;
        }
        return busy;
    }

    /** Bytes that its processes hold. */
    public long memory() {
        long memory = 0;
        for (Process each : processes.values()) {
            memory += each.ended() || each.program == null ? 0 : each.program.memory();
            memory += !each.ended() && each.program instanceof Task task
                    ? task.applet().memory(task)
                    : 0;
        }
        return memory;
    }

    private void step(Process process) {
        long now = nanos();
        if (process.instant != now) {
            process.strikes = process.steps > share(process) ? process.strikes : 0;
            process.instant = now;
            process.steps = 0;
        }
        process.wait = null;
        process.clogged = null;
        active.add(process.pid);
        int before = current;
        current = process.pid;
        try {
            process.steps += Math.max(1, process.program.run(process, QUANTUM));
        } finally {
            active.remove(process.pid);
            current = before;
        }
        if (process.ended()) {
            return;
        }
        if (process.program.memory() > host.limits().memory()) {
            starve(process);
        } else if (process.steps > share(process)) {
            tire(process, now);
        }
    }

    private long share(Process process) {
        int steps = host.limits().steps();
        return Math.max(steps >> Math.min(20, 4 * process.strikes), steps / 1000);
    }

    private void tire(Process process, long now) {
        process.steps = Long.MAX_VALUE / 2;
        if (++process.strikes > host.limits().busySeconds()) {
            end(process, 128 + Signal.XCPU.number(), Signal.XCPU);
        } else {
            process.wait = Wait.time((now / SECOND + 1) * SECOND);
        }
    }

    private boolean ready(Process process) {
        if (process.ended() || process.stopped || active.contains(process.pid)) {
            return false;
        }
        if (process.clogged != null && process.clogged.full() && !process.clogged.broken()) {
            return false;
        }
        Wait wait = process.wait;
        if (wait == null || wait.until() <= nanos()) {
            return true;
        }
        if (wait.descriptor() >= 0 && readable(process, wait)) {
            return true;
        }
        return wait.child() >= 0 && childEnded(process, wait.child());
    }

    private static boolean readable(Process process, Wait wait) {
        Channel channel = process.channel(wait.descriptor());
        if (channel instanceof Channels.OpenFile file && wait.growth()) {
            return file.changed();
        }
        return channel == null || channel.readable();
    }

    private boolean childEnded(Process parent, int pid) {
        if (pid > 0) {
            Process child = processes.get(pid);
            return child == null || child.ended();
        }
        for (Process each : processes.values()) {
            if (each.parent == parent.pid && each.ended()) {
                return true;
            }
        }
        return false;
    }

    private Waits waits() {
        long timer = Wait.FOREVER;
        boolean growth = false;
        boolean input = false;
        for (Process each : processes.values()) {
            if (each.ended() || each.stopped || each.wait == null) {
                continue;
            }
            timer = Math.min(timer, each.wait.until());
            if (each.wait.descriptor() >= 0) {
                growth |= each.wait.growth();
                input |= each.channel(each.wait.descriptor()) instanceof Channels.Console;
            }
        }
        Instant due = timer == Wait.FOREVER ? null : Instant.ofEpochSecond(timer / SECOND, timer % SECOND);
        return new Waits(due, growth, input, exitCode(Host.MAIN).isPresent());
    }

    /** A signal for a process. From inside the container its first process is safe from what it does not catch. */
    void deliver(Process process, Signal signal, boolean inside) {
        if (process.ended()) {
            return;
        }
        if (signal == Signal.KILL) {
            if (!inside || process.pid != 1) {
                end(process, 128 + signal.number(), signal);
            }
        } else if (signal == Signal.CONT) {
            process.stopped = false;
        } else if (signal == Signal.STOP) {
            process.stopped = !inside || process.pid != 1;
        } else if (process.program.catches(signal)) {
            process.program.signalled(process, signal);
        } else if (!process.ignored.contains(signal) && !signal.harmless() && process.pid != 1) {
            if (signal.stops()) {
                process.stopped = true;
            } else {
                end(process, 128 + signal.number(), signal);
            }
        }
    }

    /** Ends a process that wants more memory than there is. */
    void starve(Process process) {
        starved = true;
        end(process, 128 + Signal.KILL.number(), Signal.KILL);
    }

    void end(Process process, int code, Signal killer) {
        if (process.ended()) {
            return;
        }
        process.exitCode = code & 0xFF;
        process.killer = killer;
        process.wait = null;
        serving.closed(process);
        for (int descriptor : new ArrayList<>(process.descriptors.keySet())) {
            process.close(descriptor);
        }
        Session session = sessions.get(process.session);
        if (session != null && session.pid == process.pid) {
            session.exitCode = process.exitCode;
            session.killer = killer == null ? 0 : killer.number();
        }
        orphan(process);
        if (process.parent == 0 || !processes.containsKey(process.parent)) {
            processes.remove(process.pid);
        }
    }

    private void orphan(Process parent) {
        if (parent.pid == 1) {
            for (Process each : List.copyOf(processes.values())) {
                if (each.pid != 1) {
                    each.parent = 0;
                    end(each, 128 + Signal.KILL.number(), Signal.KILL);
                    processes.remove(each.pid);
                }
            }
            return;
        }
        for (Process each : List.copyOf(processes.values())) {
            if (each.parent == parent.pid) {
                each.parent = 1;
                if (each.ended()) {
                    processes.remove(each.pid);
                }
            }
        }
    }

    /** Takes a child that has ended off the list. */
    void reap(Process child) {
        Process parent = processes.get(child.parent);
        if (parent != null && parent.instant == child.instant) {
            parent.steps = Math.max(parent.steps, child.steps);
            parent.strikes = Math.max(parent.strikes, child.strikes);
        }
        processes.remove(child.pid);
    }

    Pipe pipe() {
        return new Pipe();
    }

    Pipe pipe(int id) {
        return pipes.get(id);
    }

    String consoleRead(int number, int most) {
        Session session = sessions.get(number);
        if (session == null || session.input.isEmpty()) {
            return session == null || session.inputEnded ? "" : null;
        }
        String part = session.input.substring(0, Math.min(most, session.input.length()));
        session.input = session.input.substring(part.length());
        return part;
    }

    boolean consoleReadable(int number) {
        Session session = sessions.get(number);
        return session == null || session.inputEnded || !session.input.isEmpty();
    }

    void consoleWrite(int session, int stream, String bytes) {
        long now = nanos();
        if (now != logInstant) {
            logInstant = now;
            logged = 0;
        }
        logged += bytes.length();
        host.output(session, stream, Text.bytes(bytes));
        if (logged > host.limits().logBytes()) {
            Process leader = processes.get(sessions.get(session).pid);
            for (int pid : active) {
                end(processes.get(pid), 128 + Signal.XFSZ.number(), Signal.XFSZ);
            }
            if (leader != null) {
                end(leader, 128 + Signal.XFSZ.number(), Signal.XFSZ);
            }
            logged = 0;
        }
    }

    /** TCP ports of the pod that processes here listen on, in order. */
    public List<Integer> listening() {
        return serving.ports();
    }

    /**
     * A connection from outside: sends all of a request and takes the answer up to where the server closes.
     *
     * @return the answer, or null where nothing listens on the port
     */
    public byte[] exchange(int port, byte[] request) {
        if (nesting > MAX_NESTING) {
            return null;
        }
        return serving.exchange(port, request);
    }

    /** All processes as data; open files of volumes by the volumes' names. */
    public byte[] save() {
        return Saved.save(this);
    }

    /** The machine that was saved; the file system must have the same volumes under the same names. */
    public static Machine load(byte[] bytes, Host host, FileSystem files) {
        Machine machine = new Machine(host, files);
        Saved.load(machine, bytes);
        return machine;
    }

    /** The process whose turn it is, or the first: whom /proc/self means. */
    int current() {
        return current == 0 ? 1 : current;
    }

    /** What is mounted, for {@code df} and {@code mount}. */
    Iterable<Mount> mounts() {
        return files.mounts();
    }
}
