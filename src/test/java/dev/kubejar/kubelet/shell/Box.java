package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.Credentials;
import dev.kubejar.kubelet.fs.FileSystem;
import dev.kubejar.kubelet.fs.Volume;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A container with a clock and a little network of its own, to run scripts in. */
final class Box implements Host, Network {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    Instant now = START;
    final Map<Integer, ByteArrayOutputStream> out = new TreeMap<>();
    final Map<Integer, ByteArrayOutputStream> err = new TreeMap<>();
    final List<String> log = new ArrayList<>();
    final Map<String, String> names = new TreeMap<>();
    final Map<String, String> pages = new TreeMap<>();
    final TreeSet<Integer> ports = new TreeSet<>();
    Limits limits = Limits.DEFAULT;
    Credentials user = Credentials.ROOT;
    Map<String, String> env = new LinkedHashMap<>(Map.of("HOME", "/root"));
    Volume root = new Volume("root", Images.root("busybox"));
    FileSystem files = new FileSystem(root, false, this::nanos);
    Machine machine = new Machine(this, files);
    /** Saves and loads the machine wherever everything waits. */
    boolean restless;

    private long seed = 1;

    private long nanos() {
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    static Box running(String... argv) {
        Box box = new Box();
        box.start(argv);
        return box;
    }

    void start(String... argv) {
        try {
            machine.start(new Launch(List.of(argv), env, "/", user, null, false));
        } catch (StartError e) {
            throw new AssertionError(e);
        }
    }

    /** Runs until the container's process is over, at most so long. */
    int finish(Duration most) {
        Instant limit = now.plus(most);
        while (true) {
            Waits waits = turn();
            if (waits.exited()) {
                return machine.exitCode(MAIN).getAsInt();
            }
            if (waits.timer() == null || waits.timer().isAfter(limit)) {
                return -1;
            }
            now = waits.timer();
        }
    }

    Waits turn() {
        Waits waits = machine.run();
        if (restless) {
            reload();
        }
        return waits;
    }

    /** Replaces machine and root volume by what their bytes say. */
    void reload() {
        byte[] saved = machine.save();
        root = Volume.load("root", Images.root("busybox"), root.save());
        files = new FileSystem(root, false, this::nanos);
        machine = Machine.load(saved, this, files);
    }

    /** Lets time pass. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        Waits waits = turn();
        while (waits.timer() != null && !waits.timer().isAfter(end)) {
            now = waits.timer();
            waits = turn();
        }
        now = end;
        turn();
    }

    /** Runs a command beside the container's own process to its end. */
    int exec(String... argv) {
        try {
            int session = machine.exec(new Launch(List.of(argv), env, "/", user, null, false));
            while (machine.exitCode(session).isEmpty()) {
                Waits waits = turn();
                if (machine.exitCode(session).isEmpty()) {
                    if (waits.timer() == null || waits.timer().isAfter(START.plus(Duration.ofDays(1)))) {
                        throw new AssertionError("it waits for ever: " + waits);
                    }
                    now = waits.timer();
                }
            }
            last = session;
            return machine.exitCode(session).getAsInt();
        } catch (StartError e) {
            throw new AssertionError(e);
        }
    }

    int last;

    String out() {
        return text(out.get(last));
    }

    String err() {
        return text(err.get(last));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes == null ? "" : bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long random() {
        seed = seed * 6364136223846793005L + 1442695040888963407L;
        return seed >>> 16;
    }

    @Override
    public String hostname() {
        return "box";
    }

    @Override
    public String address() {
        return "10.244.1.5";
    }

    @Override
    public String node() {
        return "worker-1";
    }

    @Override
    public Network network() {
        return this;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public void output(int session, int stream, byte[] bytes) {
        (stream == 1 ? out : err)
                .computeIfAbsent(session, ignored -> new ByteArrayOutputStream())
                .writeBytes(bytes);
        log.add(now + " " + new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public Lookup lookup(String server, String name, String type) {
        String address = names.get(name);
        return address == null
                ? new Lookup(Found.NO_SUCH_NAME, name, List.of(), Duration.ZERO)
                : new Lookup(Found.FOUND, name + ".default.svc.cluster.local", List.of(address), Duration.ZERO);
    }

    @Override
    public Reply exchange(String address, int port, byte[] request) {
        String page = pages.get(address + ":" + port);
        if (page == null) {
            return Reply.failed(address.startsWith("10.9.") ? Outcome.TIMEOUT : Outcome.REFUSED);
        }
        String answer = request == null ? "" : page;
        return new Reply(Outcome.CONNECTED, answer.getBytes(StandardCharsets.UTF_8), Duration.ZERO);
    }

    @Override
    public Reply datagram(String address, int port, byte[] request) {
        return Reply.failed(Outcome.TIMEOUT);
    }

    @Override
    public boolean reachable(String address) {
        return names.containsValue(address);
    }

    @Override
    public boolean listen(int port) {
        return ports.add(port);
    }

    @Override
    public void close(int port) {
        ports.remove(port);
    }

    /** Runs a script from the command line, for trying things out. */
    public static void main(String[] args) {
        Box box = new Box();
        box.names.put("web", "10.96.0.5");
        box.pages.put("10.96.0.5:80", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi\n");
        box.restless = System.getenv("RESTLESS") != null;
        box.start("sh", "-c", args[0]);
        int code = box.finish(Duration.ofHours(2));
        System.out.print(box.out());
        System.out.print(box.err());
        System.out.println("[" + code + "] at " + box.now);
    }
}
