package dev.kubejar.kubelet;

import dev.kubejar.client.ActorContext;
import dev.kubejar.kubelet.shell.Host;
import dev.kubejar.kubelet.shell.Limits;
import dev.kubejar.kubelet.shell.Network;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Randoms;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A container's surroundings: time, name, address, network, and where its output goes. */
final class ContainerHost implements Host {
    /** What execs have printed and nobody has taken yet. */
    static final String PRINTED = "/machine/printed/";

    private static final int MOST_KEPT = 1 << 20;

    private static final int MOST_UNWRITTEN = 16 << 10;

    private final Clock clock;
    private final Randoms randoms;
    private final Memory memory;
    private final Obj pod;
    private final String container;
    private final String ip;
    private final Network network;
    private final LogStore logs;
    private final Map<Integer, ByteArrayOutputStream[]> outputs = new HashMap<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private Instant logged;
    private long run;
    private Instant ahead;
    private Limits limits;

    ContainerHost(ActorContext cluster, Obj pod, String container, String ip, Network network, LogStore logs) {
        this.clock = cluster.clock();
        this.randoms = cluster.randoms();
        this.memory = cluster.memory();
        this.pod = pod;
        this.container = container;
        this.ip = ip;
        this.network = network;
        this.logs = logs;
    }

    /** Which run of the container writes now: it has a log of its own. */
    void run(long number) {
        writeLog();
        run = number;
    }

    /** Lets time seem further for a probe that takes some; null ends that. */
    void ahead(Instant instant) {
        ahead = instant;
    }

    @Override
    public Instant now() {
        Instant now = clock.now();
        return ahead != null && ahead.isAfter(now) ? ahead : now;
    }

    @Override
    public long random() {
        return randoms.next("container/" + pod.uid());
    }

    /** A container's memory limit bounds what its processes hold. */
    @Override
    public Limits limits() {
        if (limits == null) {
            Obj spec = Containers.byName(pod, container);
            String limit = spec == null ? "" : spec.text("resources.limits.memory");
            Limits usual = Limits.DEFAULT;
            long most = limit.isEmpty()
                    ? usual.memory()
                    : Math.min(usual.memory(), Quantity.parse(limit).value());
            limits = new Limits(usual.steps(), usual.busySeconds(), most, usual.logBytes(), usual.processes());
        }
        return limits;
    }

    @Override
    public boolean serves() {
        Obj spec = Containers.byName(pod, container);
        if (spec != null && Containers.sidecar(spec)) {
            return true;
        }
        boolean init = pod.list("spec.initContainers").stream()
                .anyMatch(each -> each.text("name").equals(container));
        return !init && pod.text("spec.restartPolicy", "Always").equals("Always");
    }

    @Override
    public long memoryLimit() {
        Obj spec = Containers.byName(pod, container);
        String limit = spec == null ? "" : spec.text("resources.limits.memory");
        return limit.isEmpty() ? Long.MAX_VALUE : Quantity.parse(limit).value();
    }

    @Override
    public String hostname() {
        return PodFiles.hostname(pod);
    }

    @Override
    public String address() {
        return ip;
    }

    @Override
    public String node() {
        return pod.text("spec.nodeName");
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public void output(int session, int stream, byte[] bytes) {
        if (session == MAIN) {
            if (!now().equals(logged) || log.size() + bytes.length > MOST_UNWRITTEN) {
                writeLog();
            }
            logged = now();
            log.writeBytes(bytes);
        } else {
            streams(session)[stream - 1].writeBytes(bytes);
        }
    }

    /** Puts what has been printed at one instant into the log, in one piece however many writes it came in. */
    private void writeLog() {
        if (log.size() > 0) {
            logs.append(pod.uid(), container, run, logged, log.toByteArray());
            log.reset();
        }
    }

    private ByteArrayOutputStream[] streams(int session) {
        return outputs.computeIfAbsent(
                session, key -> new ByteArrayOutputStream[] {new ByteArrayOutputStream(), new ByteArrayOutputStream()});
    }

    private String key(int session, int stream) {
        return PRINTED + pod.uid() + "/" + container + "/" + session + "/" + stream;
    }

    /** Takes what an exec has printed since it was last asked: standard output, then error. */
    byte[][] take(int session) {
        byte[][] taken = new byte[2][];
        ByteArrayOutputStream[] fresh = outputs.remove(session);
        for (int i = 0; i < 2; i++) {
            byte[] kept = memory.get(key(session, i + 1));
            byte[] more = fresh == null ? new byte[0] : fresh[i].toByteArray();
            taken[i] = kept == null ? more : joined(kept, more);
            if (kept != null) {
                memory.delete(key(session, i + 1));
            }
        }
        return taken;
    }

    /** Puts by what nobody has taken yet: whoever holds the other end may be another process. */
    void keep() {
        writeLog();
        for (int session : List.copyOf(outputs.keySet())) {
            byte[][] all = take(session);
            for (int i = 0; i < 2; i++) {
                if (all[i].length > 0) {
                    memory.put(
                            key(session, i + 1), all[i].length > MOST_KEPT ? Arrays.copyOf(all[i], MOST_KEPT) : all[i]);
                }
            }
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
