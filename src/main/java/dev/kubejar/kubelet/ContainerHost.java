package dev.kubejar.kubelet;

import dev.kubejar.kubelet.shell.Host;
import dev.kubejar.kubelet.shell.Network;
import dev.kubejar.object.Obj;
import dev.kubejar.sim.Clock;
import dev.kubejar.sim.Randoms;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A container's surroundings: time, name, address, network, and where its output goes. */
final class ContainerHost implements Host {
    private final Clock clock;
    private final Randoms randoms;
    private final Obj pod;
    private final String container;
    private final String ip;
    private final Network network;
    private final LogStore logs;
    private final Map<Integer, ByteArrayOutputStream[]> outputs = new HashMap<>();
    private long run;
    private Instant ahead;

    ContainerHost(Clock clock, Randoms randoms, Obj pod, String container, String ip, Network network, LogStore logs) {
        this.clock = clock;
        this.randoms = randoms;
        this.pod = pod;
        this.container = container;
        this.ip = ip;
        this.network = network;
        this.logs = logs;
    }

    /** Which run of the container writes now: it has a log of its own. */
    void run(long number) {
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

    @Override
    public String hostname() {
        String name = pod.text("spec.hostname", pod.name());
        return name.length() > 63 ? name.substring(0, 63) : name;
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
            logs.append(pod.uid(), container, run, now(), bytes);
        } else {
            streams(session)[stream - 1].writeBytes(bytes);
        }
    }

    /** What an exec has printed so far: standard output, then error. */
    ByteArrayOutputStream[] streams(int session) {
        return outputs.computeIfAbsent(
                session, key -> new ByteArrayOutputStream[] {new ByteArrayOutputStream(), new ByteArrayOutputStream()});
    }

    void forget(int session) {
        outputs.remove(session);
    }
}
