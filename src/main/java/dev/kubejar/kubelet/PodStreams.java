package dev.kubejar.kubelet;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Client;
import dev.kubejar.client.NodeStreams;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Logs, exec and port-forward as the API server relays them from a pod's kubelet. */
final class PodStreams implements NodeStreams {
    private final Client client;
    private final ActorContext cluster;
    private final LogStore logs;
    private final ContainerRuntime runtime;
    private final PodNetwork.Delivery delivery;

    PodStreams(ActorContext cluster, LogStore logs, ContainerRuntime runtime, PodNetwork.Delivery delivery) {
        this.cluster = cluster;
        this.client = cluster.system("system:node", "kubelet");
        this.logs = logs;
        this.runtime = runtime;
        this.delivery = delivery;
    }

    @Override
    public LogChunk logs(Ref ref, LogOptions options) {
        Obj pod = client.get(ref);
        String container = container(pod, options.container());
        if (pod.text("spec.nodeName").isEmpty()) {
            return new LogChunk(new byte[0], 0, true);
        }
        String off = unreachable(pod);
        if (!off.isEmpty()) {
            throw new ApiError(
                    500,
                    "",
                    "Get \"https://" + off + "/containerLogs/" + pod.namespace() + "/" + pod.name() + "/" + container
                            + "\": dial tcp " + off + ": connect: no route to host");
        }
        PodRecord record = PodRecord.load(cluster.memory(), pod.uid());
        ContainerRecord run = record.container(container);
        long number = run(pod, run, options.previous());
        boolean over = options.previous() || !run.running();
        List<LogStore.Line> lines = lines(pod, container, number, over);
        long position = logs.dropped(pod.uid(), container, number) + size(lines);
        return new LogChunk(cut(lines, options), position, over);
    }

    /** A line without its end is not in the log before the stream ends, as containerd writes it. */
    private List<LogStore.Line> lines(Obj pod, String container, long number, boolean over) {
        List<LogStore.Line> lines = logs.lines(pod.uid(), container, number);
        boolean open = !over && !lines.isEmpty() && !lines.get(lines.size() - 1).whole();
        return open ? lines.subList(0, lines.size() - 1) : lines;
    }

    @Override
    public LogChunk logsFrom(Ref ref, LogOptions options, long position) {
        Obj pod = client.find(ref).orElse(null);
        if (pod == null) {
            return new LogChunk(new byte[0], position, true);
        }
        String container = container(pod, options.container());
        ContainerRecord run = PodRecord.load(cluster.memory(), pod.uid()).container(container);
        boolean over = !run.running();
        List<LogStore.Line> lines = lines(pod, container, run.restarts(), over);
        long dropped = logs.dropped(pod.uid(), container, run.restarts());
        byte[] all = LogStore.written(after(lines, dropped, position), options.timestamps());
        return new LogChunk(all, dropped + size(lines), over);
    }

    @Override
    public LogChunk output(Ref ref, String name, long position) {
        Obj pod = client.find(ref).orElse(null);
        if (pod == null) {
            return new LogChunk(new byte[0], position, true);
        }
        String container = container(pod, name);
        ContainerRecord run = PodRecord.load(cluster.memory(), pod.uid()).container(container);
        byte[] all = logs.raw(pod.uid(), container, run.restarts());
        long dropped = logs.dropped(pod.uid(), container, run.restarts());
        int from = position < 0 ? all.length : (int) Math.min(all.length, Math.max(0, position - dropped));
        return new LogChunk(Arrays.copyOfRange(all, from, all.length), dropped + all.length, !run.running());
    }

    private static List<LogStore.Line> after(List<LogStore.Line> lines, long from, long position) {
        List<LogStore.Line> later = new ArrayList<>();
        long at = from;
        for (LogStore.Line line : lines) {
            if (at >= position) {
                later.add(line);
            }
            at += line.text().length;
        }
        return later;
    }

    private static long size(List<LogStore.Line> lines) {
        long size = 0;
        for (LogStore.Line line : lines) {
            size += line.text().length;
        }
        return size;
    }

    private static byte[] cut(List<LogStore.Line> lines, LogOptions options) {
        List<LogStore.Line> wanted = new ArrayList<>();
        for (LogStore.Line line : lines) {
            if (options.since() == null || !line.at().isBefore(options.since())) {
                wanted.add(line);
            }
        }
        if (options.tail() && wanted.size() > options.tailLines()) {
            wanted = wanted.subList(wanted.size() - (int) options.tailLines(), wanted.size());
        }
        byte[] bytes = LogStore.written(wanted, options.timestamps());
        return options.limitBytes() > 0 && bytes.length > options.limitBytes()
                ? Arrays.copyOf(bytes, (int) options.limitBytes())
                : bytes;
    }

    private static String container(Obj pod, String name) {
        if (name.isEmpty()) {
            List<Obj> containers = pod.list("spec.containers");
            if (containers.size() == 1) {
                return containers.get(0).text("name");
            }
            List<String> names = containers.stream().map(c -> c.text("name")).toList();
            throw ApiError.badRequest("a container name must be specified for pod " + pod.name() + ", choose one of: ["
                    + String.join(" ", names) + "]");
        }
        if (Containers.byName(pod, name) == null) {
            throw ApiError.badRequest("container " + name + " is not valid for pod " + pod.name());
        }
        return name;
    }

    private long run(Obj pod, ContainerRecord run, boolean previous) {
        if (previous) {
            if (run.last().isEmpty() && !(run.exited() && !run.waitReason().isEmpty())) {
                throw ApiError.badRequest(
                        "previous terminated container \"" + run.name + "\" in pod \"" + pod.name() + "\" not found");
            }
            return run.exited() && !run.waitReason().isEmpty() ? run.restarts() : run.restarts() - 1;
        }
        if (!run.created()) {
            String reason = run.waitReason();
            if (reason.isEmpty()) {
                reason = pod.list("spec.initContainers").isEmpty() ? "ContainerCreating" : "PodInitializing";
            }
            String why =
                    switch (reason) {
                        case "ErrImagePull" -> "image can't be pulled";
                        case "ImagePullBackOff" -> "trying and failing to pull image";
                        default -> reason;
                    };
            throw ApiError.badRequest(
                    "container \"" + run.name + "\" in pod \"" + pod.name() + "\" is waiting to start: " + why);
        }
        return run.restarts();
    }

    @Override
    public int begin(Ref ref, String container, List<String> command, boolean stdin, boolean tty) {
        Obj pod = running(ref, container);
        String name = container(pod, container);
        try {
            return runtime.begin(pod, name, command, stdin, tty);
        } catch (ContainerRuntime.StartFailure e) {
            throw ApiError.internal("error executing command in container: failed to exec in container: failed to start"
                    + " exec \"" + Images.sha256(pod.uid() + name + command) + "\": " + e.getMessage());
        }
    }

    /** Where the kubelet of a pod listens that cannot be reached: its node is switched off; empty for one that can. */
    private String unreachable(Obj pod) {
        boolean off = cluster.memory().get(Nodes.STOPPED + pod.text("spec.nodeName")) != null;
        return off ? pod.text("status.hostIP") + ":10250" : "";
    }

    private Obj running(Ref ref, String container) {
        Obj pod = client.get(ref);
        if (pod.text("spec.nodeName").isEmpty()) {
            throw ApiError.badRequest("pod " + pod.name() + " does not have a host assigned");
        }
        String off = unreachable(pod);
        if (!off.isEmpty()) {
            throw new ApiError(500, "", "error dialing backend: dial tcp " + off + ": connect: no route to host");
        }
        String name = container(pod, container);
        if (!PodRecord.load(cluster.memory(), pod.uid()).container(name).running()) {
            throw ApiError.badRequest("container not found (\"" + name + "\")");
        }
        return pod;
    }

    @Override
    public Turn turn(Ref ref, String container, int session, byte[] input, boolean last) {
        Obj pod = client.find(ref).orElse(null);
        if (pod == null) {
            return new Turn(new byte[0], new byte[0], true, 137, false);
        }
        String name = container(pod, container);
        Obj spec = Containers.byName(pod, name);
        boolean kept = session == MAIN && !spec.bool("stdinOnce");
        return runtime.turn(pod, name, session, input, last && !kept);
    }

    @Override
    public void end(Ref ref, String container, int session) {
        client.find(ref).ifPresent(pod -> runtime.end(pod, container(pod, container), session));
    }

    @Override
    public byte[] exchange(Ref ref, int port, byte[] request) {
        Obj pod = client.get(ref);
        return delivery.deliver(pod.text("status.podIP"), port, request);
    }
}
