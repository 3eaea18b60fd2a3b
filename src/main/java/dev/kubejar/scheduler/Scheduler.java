package dev.kubejar.scheduler;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Client;
import dev.kubejar.client.Conditions;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.client.SeriesRecorder;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import dev.kubejar.sim.Actor;
import dev.kubejar.sim.Outcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The default scheduler: gives each pod a node, or tells why there is none and tries again when something has changed. */
public final class Scheduler implements Actor<Change> {
    private static final String NAME = "default-scheduler";
    private static final String EVENT = "*";
    private static final String NEXT_START = "/machine/scheduler/next-start";
    private static final int NODES_AT_LEAST = 100;
    private static final int NOTE_LIMIT = 1024;
    private static final Duration AT_LATEST = Duration.ofMinutes(5);

    private final ActorContext context;
    private final Client client;
    private final Framework framework = new Framework();
    private final Loads loads;
    private final Snapshot snapshot;
    private final Waiting waiting;
    private final SeriesRecorder events;
    private final Preemption preemption;

    public Scheduler(ActorContext context) {
        this.context = context;
        this.client = context.system("system:kube-scheduler", "kube-scheduler");
        this.loads = new Loads(client, context.memory());
        this.snapshot = new Snapshot(client, loads);
        this.waiting = new Waiting(context.memory());
        this.events = new SeriesRecorder(client, NAME, NAME + "-control-plane", context.clock(), context.memory());
        this.preemption = new Preemption(client, framework, events, context.clock());
    }

    @Override
    public String name() {
        return "scheduler";
    }

    @Override
    public void observe(Change change, Consumer<String> wake) {
        loads.observe(change);
        snapshot.observe(change);
        if (change.of(Resources.PODS)) {
            Obj pod = change.after();
            if (pod == null) {
                waiting.remove(change.ref().key());
            } else if (pod.text("spec.nodeName").isEmpty()
                    && pod.text("spec.schedulerName").equals(NAME)
                    && wanted(change)) {
                wake.accept(change.ref().key());
            }
        }
        if (!waiting.isEmpty()) {
            Wakes.of(change, (event, node) -> wake.accept(EVENT + event + "/" + node));
        }
    }

    private static boolean wanted(Change change) {
        return change.created()
                || !change.before().at("spec").equals(change.after().at("spec"))
                || !change.before().labels().equals(change.after().labels());
    }

    @Override
    public void forget() {
        loads.forget();
        snapshot.forget();
        waiting.forget();
    }

    @Override
    public Outcome act(String key) {
        if (!key.startsWith(EVENT)) {
            return attempt(key);
        }
        int slash = key.indexOf('/');
        Event event = Event.valueOf(key.substring(EVENT.length(), slash));
        String node = key.substring(slash + 1);
        for (Waiting.Entry entry : waiting.all()) {
            if (helps(event, node, entry)) {
                attempt(entry.key());
            }
        }
        return Outcome.done();
    }

    /** Whether a plugin that turned the pod away cares for the event, and for a node's event does not object to it now. */
    private boolean helps(Event event, String node, Waiting.Entry entry) {
        for (Plugin plugin : framework.plugins()) {
            if (!entry.plugins().contains(plugin.name()) || !plugin.events().contains(event)) {
                continue;
            }
            if (!event.ofNode()) {
                return true;
            }
            Obj pod = client.find(Ref.parse(entry.key())).orElse(null);
            NodeInfo info =
                    client.find(Resources.NODES, "", node).map(snapshot::info).orElse(null);
            if (pod != null && info != null) {
                Cycle cycle = new Cycle(client, snapshot, pod, List.of(info), Set.of());
                if (plugin.filter(cycle, info).success()) {
                    return true;
                }
            }
        }
        return false;
    }

    private Outcome attempt(String key) {
        Ref ref = Ref.parse(key);
        Obj pod = client.find(ref).orElse(null);
        if (pod == null
                || pod.deleting()
                || !pod.text("spec.nodeName").isEmpty()
                || !pod.list("spec.schedulingGates").isEmpty()) {
            waiting.remove(key);
            return Outcome.done();
        }
        try {
            return place(key, pod);
        } catch (ApiError e) {
            if (e.is("NotFound") && e.details().name().equals(pod.name())) {
                return Outcome.done();
            }
            return Outcome.failed(e.getMessage());
        }
    }

    private Outcome place(String key, Obj pod) {
        List<NodeInfo> nodes = withNominated(pod, snapshot.nodes());
        if (nodes.isEmpty()) {
            return fail(key, pod, "no nodes available to schedule pods", Set.of("NodeName"), "");
        }
        Cycle cycle = new Cycle(client, snapshot, pod, nodes, Set.of());
        Diagnosis diagnosis = new Diagnosis(nodes.size());
        List<NodeInfo> feasible = feasible(cycle, diagnosis);
        if (feasible.isEmpty()) {
            return unschedulable(key, cycle, diagnosis);
        }
        NodeInfo chosen = feasible.size() == 1 ? feasible.get(0) : best(cycle, feasible);
        Verdict reserved = framework.reserve(cycle, chosen);
        if (reserved.code() == Verdict.Code.WAIT) {
            waiting.put(key, pod, Set.of(reserved.plugin()), "", context.clock().now());
            return Outcome.done();
        }
        bind(key, pod, chosen);
        return Outcome.done();
    }

    /** The nodes, with what pods as important as this one that wait for their victims to go will need there. */
    private List<NodeInfo> withNominated(Obj pod, List<NodeInfo> nodes) {
        List<Waiting.Entry> nominated = waiting.isEmpty()
                ? List.of()
                : waiting.all().stream()
                        .filter(entry -> !entry.nominated().isEmpty())
                        .filter(entry -> !entry.uid().equals(pod.uid()))
                        .filter(entry -> entry.priority() >= pod.number("spec.priority"))
                        .toList();
        if (nominated.isEmpty()) {
            return nodes;
        }
        List<NodeInfo> result = new ArrayList<>();
        for (NodeInfo node : nodes) {
            NodeInfo with = node;
            for (Waiting.Entry entry : nominated) {
                Obj other = entry.nominated().equals(node.name())
                        ? client.find(Ref.parse(entry.key())).orElse(null)
                        : null;
                if (other != null) {
                    Load load = with.load().copy();
                    load.add(other);
                    with = with.with(load);
                }
            }
            result.add(with);
        }
        return result;
    }

    private List<NodeInfo> feasible(Cycle cycle, Diagnosis diagnosis) {
        Verdict before = framework.preFilter(cycle);
        if (!before.success()) {
            diagnosis.before(before);
            return List.of();
        }
        List<NodeInfo> nodes = candidates(cycle, diagnosis);
        int enough = enough(nodes.size());
        int start = nodes.isEmpty() ? 0 : start() % nodes.size();
        List<NodeInfo> feasible = new ArrayList<>();
        int looked = 0;
        for (; looked < nodes.size() && feasible.size() < enough; looked++) {
            NodeInfo node = nodes.get((start + looked) % nodes.size());
            Verdict verdict = framework.filter(cycle, node);
            if (verdict.success()) {
                feasible.add(node);
            } else {
                diagnosis.add(node, verdict);
            }
        }
        if (nodes.size() > NODES_AT_LEAST) {
            start((start + looked) % nodes.size());
        }
        return feasible;
    }

    /** All nodes, or those that a plugin names as the only ones. */
    private List<NodeInfo> candidates(Cycle cycle, Diagnosis diagnosis) {
        Set<String> only = null;
        Set<String> why = new TreeSet<>();
        for (Plugin plugin : framework.plugins()) {
            Set<String> names = plugin.onlyNodes(cycle);
            if (names != null) {
                why.add(plugin.name());
                if (only == null) {
                    only = new TreeSet<>(names);
                } else {
                    only.retainAll(names);
                }
            }
        }
        if (only == null) {
            return cycle.nodes();
        }
        diagnosis.absent("node(s) didn't satisfy plugin(s) [" + String.join(" ", why) + "]", why);
        Set<String> names = only;
        return cycle.nodes().stream()
                .filter(node -> names.contains(node.name()))
                .toList();
    }

    /** How many feasible nodes are enough to choose from: all of a hundred, fewer of more. */
    private static int enough(int nodes) {
        if (nodes < NODES_AT_LEAST) {
            return nodes;
        }
        int percent = Math.max(5, 50 - nodes / 125);
        return Math.max(NODES_AT_LEAST, nodes * percent / 100);
    }

    private int start() {
        byte[] bytes = context.memory().get(NEXT_START);
        return bytes == null ? 0 : ByteBuffer.wrap(bytes).getInt();
    }

    private void start(int next) {
        context.memory().put(NEXT_START, ByteBuffer.allocate(4).putInt(next).array());
    }

    /** One of the nodes with the highest score, drawn by lot. */
    private NodeInfo best(Cycle cycle, List<NodeInfo> feasible) {
        long[] scores = framework.score(cycle, feasible);
        long highest = Long.MIN_VALUE;
        List<NodeInfo> best = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > highest) {
                highest = scores[i];
                best.clear();
            }
            if (scores[i] == highest) {
                best.add(feasible.get(i));
            }
        }
        return best.size() == 1 ? best.get(0) : best.get(context.randoms().below("scheduler", best.size()));
    }

    private void bind(String key, Obj pod, NodeInfo node) {
        Obj binding = Obj.create("v1", "Binding", pod.namespace(), pod.name())
                .set("metadata.uid", pod.uid())
                .set("target.kind", "Node")
                .set("target.name", node.name());
        client.call(Request.create(Ref.of(Resources.PODS, pod), "binding", binding));
        waiting.remove(key);
        events.record(
                pod,
                null,
                "Normal",
                "Scheduled",
                "Binding",
                "Successfully assigned " + pod.namespace() + "/" + pod.name() + " to " + node.name());
    }

    private Outcome unschedulable(String key, Cycle cycle, Diagnosis diagnosis) {
        String after;
        String nominated = "";
        if (diagnosis.beforeNodes()) {
            after = " not found"; // the claims' plugin has not looked at the pod, and says so
        } else {
            Preemption.Result result = preemption.preempt(cycle, diagnosis);
            nominated = result.node();
            after = nominated.isEmpty() ? " no new claims to deallocate, preemption: " + result.message() : "";
        }
        return fail(key, cycle.pod(), diagnosis.message() + after, diagnosis.plugins(), nominated);
    }

    private Outcome fail(String key, Obj pod, String message, Set<String> plugins, String nominated) {
        String note = message.length() > NOTE_LIMIT ? message.substring(0, NOTE_LIMIT - 4) + " ..." : message;
        events.record(pod, null, "Warning", "FailedScheduling", "Scheduling", note);
        waiting.put(key, pod, plugins, nominated, context.clock().now());
        Obj status = pod.copy();
        boolean changed = Conditions.put(
                status,
                Conditions.ofPod(
                        pod,
                        "PodScheduled",
                        "False",
                        "Unschedulable",
                        message,
                        context.clock().now()));
        if (!nominated.isEmpty() && !nominated.equals(pod.text("status.nominatedNodeName"))) {
            status.set("status.nominatedNodeName", nominated);
            changed = true;
        }
        if (changed) {
            client.updateStatus(Resources.PODS, status);
        }
        return Outcome.again(AT_LATEST);
    }
}
