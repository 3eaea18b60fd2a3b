package dev.kubejar.kubelet;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Client;
import dev.kubejar.client.NodeStreams;
import dev.kubejar.client.Routing;
import dev.kubejar.kubelet.fs.Credentials;
import dev.kubejar.kubelet.fs.FileOps;
import dev.kubejar.kubelet.fs.FileSystem;
import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Host;
import dev.kubejar.kubelet.shell.Machine;
import dev.kubejar.kubelet.shell.Servers;
import dev.kubejar.kubelet.shell.Signal;
import dev.kubejar.kubelet.shell.StartError;
import dev.kubejar.kubelet.shell.Waits;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Memory;
import dev.kubejar.sim.Timers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Runs containers as machines whose processes are data: read from the cluster's memory when they are needed, written
 * back after they have run.
 *
 * <pre>
 * /machine/process/UID/main  -> the machine's processes
 * /machine/volume/UID/…      -> what its files hold beyond the image
 * </pre>
 */
final class ShellRuntime implements ContainerRuntime, PodNetwork.Delivery {
    /** What a server says of which nothing is known. */
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final String PROCESS = "/machine/process/";

    private final ActorContext cluster;
    private final Memory memory;
    private final Client client;
    private final LogStore logs;
    private final Routing routing;
    private final VolumeStore volumes;
    private final RequestMeter requests;
    private final Mounts mounts;
    private final TreeMap<String, Live> live = new TreeMap<>();

    /** A machine in use. */
    private static final class Live {
        final Obj pod;
        final String container;
        final ContainerHost host;
        final Machine machine;
        byte[] saved;

        Live(Obj pod, String container, ContainerHost host, Machine machine, byte[] saved) {
            this.pod = pod;
            this.container = container;
            this.host = host;
            this.machine = machine;
            this.saved = saved;
        }

        String key() {
            return pod.uid() + "/" + container;
        }
    }

    ShellRuntime(
            ActorContext cluster,
            Client client,
            LogStore logs,
            Routing routing,
            java.util.function.BooleanSupplier metered) {
        this.requests = new RequestMeter(cluster, metered);
        this.cluster = cluster;
        this.memory = cluster.memory();
        this.client = client;
        this.logs = logs;
        this.routing = routing;
        this.volumes = new VolumeStore(memory);
        this.mounts = new Mounts(cluster, client, volumes);
    }

    @Override
    public void start(ContainerRuntime.Launch launch) throws StartFailure {
        Obj pod = launch.pod();
        String name = launch.container().text("name");
        mounts.freshRoot(pod, launch.container());
        FileSystem files = mounts.of(pod, launch.container(), launch.record());
        ContainerHost host = host(pod, name, launch.record());
        host.run(launch.attempt());
        Machine machine = new Machine(host, files);
        Live one = new Live(pod, name, host, machine, null);
        try {
            machine.start(Launches.of(pod, launch.container(), launch.env()));
        } catch (StartError e) {
            String message = "failed to create containerd task: failed to create shim task: OCI runtime create failed: "
                    + "runc create failed: unable to start container process: error during container init: "
                    + e.getMessage();
            boolean missing = e.cause() == StartError.Cause.NOT_FOUND;
            throw new StartFailure("StartError", missing ? 128 : 128, message);
        }
        live.put(one.key(), one);
        memory.put(Launches.KEY + one.key(), Launches.env(launch.env()));
        save(one);
    }

    private ContainerHost host(Obj pod, String container, PodRecord record) {
        String ip = record.ip().isEmpty() ? pod.text("status.hostIP") : record.ip();
        Routing.Origin origin = new Routing.Origin(pod.text("spec.nodeName"), ip, pod.namespace());
        PodNetwork network = new PodNetwork(routing, origin, this);
        return new ContainerHost(cluster, pod, container, ip, network, logs);
    }

    /** The machine of a container that has been started, or null. */
    private Live open(Obj pod, String container) {
        Live known = live.get(pod.uid() + "/" + container);
        if (known != null) {
            return known;
        }
        byte[] bytes = memory.get(PROCESS + pod.uid() + "/" + container);
        Obj spec = bytes == null ? null : Containers.byName(pod, container);
        if (spec == null) {
            return null;
        }
        PodRecord record = PodRecord.load(memory, pod.uid());
        ContainerHost host = host(pod, container, record);
        host.run(record.container(container).restarts());
        Machine machine = Machine.load(bytes, host, mounts.of(pod, spec, record));
        Live one = new Live(pod, container, host, machine, bytes);
        live.put(one.key(), one);
        return one;
    }

    /** Writes back what has changed; true where files have. */
    private boolean save(Live one) {
        byte[] bytes = one.machine.save();
        if (!Arrays.equals(bytes, one.saved)) {
            one.saved = bytes;
            memory.put(PROCESS + one.key(), bytes);
        }
        one.host.keep();
        return volumes.save();
    }

    @Override
    public Progress run(Obj pod, String container) {
        Live one = open(pod, container);
        if (one == null) {
            return new Progress(true, 137, "ContainerStatusUnknown", null, false);
        }
        Waits waits = one.machine.run();
        boolean moved = save(one);
        if (waits.exited()) {
            int code = one.machine.exitCode(Host.MAIN).orElse(137);
            end(one);
            return new Progress(true, code, reason(one, code), null, true);
        }
        return new Progress(false, 0, "", waits.timer(), moved);
    }

    private static String reason(Live one, int code) {
        return code == 0 ? "Completed" : code == 137 && one.machine.starved() ? "OOMKilled" : "Error";
    }

    private void end(Live one) {
        live.remove(one.key());
        memory.delete(PROCESS + one.key());
    }

    @Override
    public void signal(Obj pod, String container, String signal) {
        Live one = open(pod, container);
        Signal known = Signal.of(signal);
        if (one != null && known != null) {
            one.machine.signal(known);
            save(one);
        }
    }

    @Override
    public String terminationMessage(Obj pod, Obj container, int exitCode) {
        PodRecord record = PodRecord.load(memory, pod.uid());
        String path = container.text("terminationMessagePath", "/dev/termination-log");
        FileOps files = new FileOps(mounts.of(pod, container, record), Credentials.ROOT, "/", 022);
        String message = "";
        try {
            message = files.exists(path) ? new String(files.read(path), StandardCharsets.UTF_8) : "";
        } catch (FsError e) {
            message = "";
        }
        boolean fallback = container.text("terminationMessagePolicy").equals("FallbackToLogsOnError");
        if (message.isEmpty() && fallback && exitCode != 0) {
            long run = record.container(container.text("name")).restarts();
            List<LogStore.Line> lines = logs.lines(pod.uid(), container.text("name"), run);
            message = new String(
                    LogStore.written(lines.subList(Math.max(0, lines.size() - 80), lines.size()), false),
                    StandardCharsets.UTF_8);
        }
        return message.length() > 4096 ? message.substring(0, 4096) : message;
    }

    @Override
    public ExecResult exec(Obj pod, String container, List<String> command, byte[] in, Instant limit) {
        int session;
        try {
            session = begin(pod, container, command, false, false);
        } catch (StartFailure e) {
            return ExecResult.failed(e.getMessage());
        }
        Live one = open(pod, container);
        OptionalInt code = ahead(one, session, limit);
        byte[][] printed = one.host.take(session);
        one.machine.close(session);
        save(one);
        return code.isPresent() ? new ExecResult(code.getAsInt(), printed[0], printed[1], null) : null;
    }

    @Override
    public int begin(Obj pod, String container, List<String> command, boolean stdin, boolean tty) throws StartFailure {
        Live one = open(pod, container);
        if (one == null) {
            throw new StartFailure("StartError", 126, "container not found (\"" + container + "\")");
        }
        showConfiguration(one);
        try {
            int session =
                    one.machine.exec(Launches.exec(pod, container, memory, command, stdin ? new byte[0] : null, tty));
            save(one);
            return session;
        } catch (StartError e) {
            String message =
                    "OCI runtime exec failed: exec failed: unable to start container process: " + e.getMessage();
            throw new StartFailure("StartError", 126, message);
        }
    }

    /** Writes the file that an ingress controller keeps, for whoever looks into its container. */
    private void showConfiguration(Live one) {
        String image = Containers.byName(one.pod, one.container).text("image");
        if (!Images.program(Images.parse(image)).startsWith("ingress-nginx")) {
            return;
        }
        byte[] written =
                routing.rules(one.pod.text("spec.nodeName"), List.of("nginx")).getBytes(StandardCharsets.UTF_8);
        try {
            new FileOps(one.machine.files(), Credentials.ROOT, "/", 022).write("/etc/nginx/nginx.conf", written, false);
        } catch (FsError e) {
            return; // somebody has put something else in its place
        }
    }

    @Override
    public NodeStreams.Turn turn(Obj pod, String container, int session, byte[] input, boolean last) {
        Live one = open(pod, container);
        if (one == null || !one.machine.holds(session)) {
            return new NodeStreams.Turn(new byte[0], new byte[0], true, 137, false);
        }
        if (input.length > 0) {
            one.machine.input(session, input);
        }
        if (last) {
            one.machine.endInput(session);
        }
        one.machine.run();
        OptionalInt code = one.machine.exitCode(session);
        byte[][] printed = one.host.take(session);
        save(one);
        look(pod);
        return new NodeStreams.Turn(
                printed[0], printed[1], code.isPresent(), code.orElse(0), one.machine.hungry(session));
    }

    @Override
    public void end(Obj pod, String container, int session) {
        Live one = open(pod, container);
        if (one != null && session != Host.MAIN) {
            one.machine.close(session);
            one.host.take(session);
            save(one);
            look(pod);
        }
    }

    /** Runs a command in the midst of the kubelet's own work: what it waits for passes in its own time only. */
    private OptionalInt ahead(Live one, int session, Instant limit) {
        try {
            Waits waits = one.machine.run();
            OptionalInt code = one.machine.exitCode(session);
            while (code.isEmpty() && waits.timer() != null && !waits.timer().isAfter(limit)) {
                one.host.ahead(waits.timer());
                waits = one.machine.run();
                code = one.machine.exitCode(session);
            }
            return code;
        } finally {
            one.host.ahead(null);
        }
    }

    /** Asks the kubelet to look at a pod at once: something in it has moved. */
    private void look(Obj pod) {
        new Timers(memory).set("kubelet", Kubelet.key(pod), cluster.clock().now());
    }

    @Override
    public byte[] deliver(String ip, int port, byte[] request) {
        for (Live one : at(ip)) {
            byte[] answer = one.machine.exchange(port, request);
            if (answer != null) {
                requests.count(one.key());
                save(one);
                look(one.pod);
                return answer;
            }
        }
        return at(ip).stream().anyMatch(one -> assumed(one, port)) ? ANSWER.clone() : null;
    }

    /** A server of which nothing is known listens where its container says; if that says nothing, anywhere or where it is probed. */
    private static boolean assumed(Live one, int port) {
        Obj spec = Containers.byName(one.pod, one.container);
        if (spec == null || !Servers.opaque(Images.program(Images.parse(spec.text("image"))))) {
            return false;
        }
        List<Obj> ports = spec.list("ports");
        if (!ports.isEmpty()) {
            return ports.stream().anyMatch(each -> each.number("containerPort") == port);
        }
        return one.pod.list("spec.containers").size() == 1 || probed(spec, port);
    }

    private static boolean probed(Obj spec, int port) {
        for (String probe : new String[] {"readinessProbe", "livenessProbe", "startupProbe"}) {
            for (String how : new String[] {"httpGet", "tcpSocket", "grpc"}) {
                if (spec.number(probe + "." + how + ".port") == port) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public boolean listens(String ip, int port) {
        for (Ref ref : PodRecord.at(memory, client, ip)) {
            String uid = client.find(ref).map(Obj::uid).orElse("");
            // those in memory first: with a thousand containers behind one address, the first one answers
            for (Live one : live.subMap(uid + "/", uid + "0").values()) {
                if (listens(one, port)) {
                    return true;
                }
            }
        }
        for (Live one : at(ip)) {
            if (listens(one, port)) {
                return true;
            }
        }
        return false;
    }

    private static boolean listens(Live one, int port) {
        return one.machine.listening().contains(port) || assumed(one, port);
    }

    @Override
    public boolean known(String ip) {
        boolean there = PodAddresses.owner(memory, ip) != null || ip.startsWith("172.18.");
        return there && (memory.first(Nodes.STOPPED) == null || alive(ip));
    }

    /** Whether the node of an address runs. */
    private boolean alive(String ip) {
        String uid = PodAddresses.owner(memory, ip);
        if (uid != null) {
            String ref = PodRecord.load(memory, uid).text("ref");
            return client.find(Ref.parse(ref))
                    .filter(pod -> Kubelet.runs(memory, pod.text("spec.nodeName")))
                    .isPresent();
        }
        for (Obj node : client.list(dev.kubejar.client.Resources.NODES, "")) {
            if (memory.get(Nodes.STOPPED + node.name()) != null
                    && node.list("status.addresses").stream()
                            .anyMatch(each -> each.text("address").equals(ip))) {
                return false;
            }
        }
        return true;
    }

    /** The running containers behind an address: a pod's, or those on a node's own network. */
    private List<Live> at(String ip) {
        List<Live> found = new java.util.ArrayList<>();
        for (Ref ref : PodRecord.at(memory, client, ip)) {
            Obj pod = client.find(ref).orElse(null);
            if (pod != null) {
                for (String container : started(pod.uid())) {
                    Live one = open(pod, container);
                    if (one != null) {
                        found.add(one);
                    }
                }
            }
        }
        return found;
    }

    /** The containers of a pod that have processes, by name. */
    private java.util.TreeSet<String> started(String uid) {
        String prefix = uid + "/";
        java.util.TreeSet<String> names = new java.util.TreeSet<>();
        live.subMap(prefix, uid + "0").keySet().forEach(key -> names.add(key.substring(prefix.length())));
        memory.scan(PROCESS + prefix, (key, value) -> names.add(key.substring(PROCESS.length() + prefix.length())));
        return names;
    }

    @Override
    public String hostType(String node, String path) {
        return mounts.hostType(node, path);
    }

    @Override
    public long used(Obj pod, Obj volume) {
        return mounts.used(pod, volume);
    }

    @Override
    public void refresh(Obj pod) {
        mounts.refresh(pod);
        volumes.save();
    }

    @Override
    public void lose(Obj pod, String container) {
        live.remove(pod.uid() + "/" + container);
        memory.delete(PROCESS + pod.uid() + "/" + container);
    }

    @Override
    public void remove(String uid) {
        live.subMap(uid + "/", uid + "0").clear();
        for (String prefix : new String[] {PROCESS, Launches.KEY, ContainerHost.PRINTED, RequestMeter.KEY}) {
            for (String key = memory.first(prefix + uid + "/"); key != null; key = memory.first(prefix + uid + "/")) {
                memory.delete(key);
            }
        }
        volumes.remove(uid);
        logs.forget(uid);
    }

    /** Thousandths of a CPU that a container's processes take beyond what they take at rest. */
    long cpu(Obj pod, String container) {
        Live one = open(pod, container);
        String image = Containers.byName(pod, container).text("image");
        boolean heavy = Images.program(Images.parse(image)).equals("hpa-example");
        return one == null ? 0 : one.machine.busy() + requests.cpu(one.key(), heavy);
    }

    /** Bytes that a container's processes hold. */
    long memory(Obj pod, String container) {
        Live one = open(pod, container);
        return one == null ? 0 : one.machine.memory();
    }

    /** Forgets what it holds: somebody else may have changed the memory. */
    void forget() {
        live.clear();
        volumes.forget();
        mounts.forget();
    }
}
