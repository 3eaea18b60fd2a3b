package dev.kubejar.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.client.Client;
import dev.kubejar.client.EventRecorder;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.object.Ref;
import dev.kubejar.object.Times;
import dev.kubejar.sim.Memory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Resizes of a running pod's containers (KEP-1287): what the spec asks for is given at once where the node has it left;
 * otherwise the containers keep what they have, and the pod says that its resize is deferred.
 */
final class Resizes {
    private static final String DEFERRED = "/machine/resize/";
    private static final String PENDING = "PodResizePending";
    private static final String ALLOCATED = "allocated";
    private static final List<String> LISTS = List.of("initContainers", "containers");

    private final Client client;
    private final Memory memory;
    private final EventRecorder events;
    private final Obj node;
    private final Instant now;

    Resizes(Client client, Memory memory, EventRecorder events, Obj node, Instant now) {
        this.client = client;
        this.memory = memory;
        this.events = events;
        this.node = node;
        this.now = now;
    }

    /** Pods of a node whose resizes wait for room. */
    static List<Ref> waiting(Memory memory, String node) {
        List<Ref> refs = new ArrayList<>();
        String prefix = DEFERRED + node + "/";
        if (memory.first(prefix) != null) {
            memory.scan(prefix, (key, value) -> refs.add(Ref.parse(new String(value, StandardCharsets.UTF_8))));
        }
        return refs;
    }

    /** The pod with the resources that its containers have, and with the conditions that say so: the pod itself mostly. */
    Obj allocated(Obj pod, PodRecord record) {
        boolean waits = record.hasPart(ALLOCATED);
        if (pod.deleting() || !waits && pod.generation() == pod.number("status.observedGeneration")) {
            return pod;
        }
        Obj had = waits ? record.part(ALLOCATED) : reported(pod);
        if (same(pod, had)) {
            return waits ? settled(pod, record) : pod;
        }
        Admission.Refusal shortage = new Admission(client, pod, node).shortage();
        return shortage == null ? given(pod, record, had) : kept(pod, record, had, shortage.message());
    }

    /** By container, the resources that the status shows. */
    private static Obj reported(Obj pod) {
        Obj had = Obj.create();
        for (String list : LISTS) {
            String statuses = list.substring(0, list.length() - 1) + "Statuses";
            for (Obj status : pod.list("status." + statuses)) {
                if (status.has("resources")) {
                    had.node().set(status.text("name"), status.at("resources").deepCopy());
                }
            }
        }
        return had;
    }

    private static boolean same(Obj pod, Obj had) {
        for (String list : LISTS) {
            for (Obj container : pod.list("spec." + list)) {
                JsonNode before = had.node().path(container.text("name"));
                if (!before.isMissingNode() && !changed(container, before).isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Of cpu and memory, those of which a container is to have another amount. */
    private static List<String> changed(Obj container, JsonNode before) {
        List<String> changed = new ArrayList<>();
        for (String resource : List.of("cpu", "memory")) {
            for (String list : List.of("requests", "limits")) {
                JsonNode wanted = container.at("resources." + list).path(resource);
                JsonNode was = before.path(list).path(resource);
                boolean equal = wanted.isMissingNode()
                        ? was.isMissingNode()
                        : !was.isMissingNode() && Quantity.of(wanted).equals(Quantity.of(was));
                if (!equal && !changed.contains(resource)) {
                    changed.add(resource);
                }
            }
        }
        return changed;
    }

    private Obj given(Obj pod, PodRecord record, Obj had) {
        event(pod, "Normal", "ResizeStarted", "Pod resize started", "");
        boolean restarts = false;
        for (String list : LISTS) {
            for (Obj container : pod.list("spec." + list)) {
                ContainerRecord each = record.container(container.text("name"));
                JsonNode before = had.node().path(each.name);
                if (each.running() && !before.isMissingNode() && restart(container, changed(container, before))) {
                    each.part("resize");
                    restarts = true;
                }
            }
        }
        if (!restarts) {
            event(pod, "Normal", "ResizeCompleted", "Pod resize completed", "");
        }
        return settled(pod, record);
    }

    private static boolean restart(Obj container, List<String> changed) {
        for (Obj policy : container.list("resizePolicy")) {
            if (policy.text("restartPolicy").equals("RestartContainer")
                    && changed.contains(policy.text("resourceName"))) {
                return true;
            }
        }
        return false;
    }

    /** Nothing is pending any more. */
    private Obj settled(Obj pod, PodRecord record) {
        record.dropPart(ALLOCATED);
        memory.delete(key(pod));
        Obj copy = pod.copy();
        copy.set("status.conditions", without(pod));
        return copy;
    }

    private static List<Obj> without(Obj pod) {
        List<Obj> conditions = new ArrayList<>();
        for (Obj condition : pod.list("status.conditions")) {
            if (!condition.text("type").equals(PENDING)) {
                conditions.add(condition.copy());
            }
        }
        return conditions;
    }

    private Obj kept(Obj pod, PodRecord record, Obj had, String why) {
        boolean known = false;
        for (Obj condition : pod.list("status.conditions")) {
            known |= condition.text("type").equals(PENDING)
                    && condition.number("observedGeneration") == pod.generation()
                    && condition.text("message").equals(why);
        }
        record.part(ALLOCATED, had.copy());
        memory.put(key(pod), Ref.of(Resources.PODS, pod).key().getBytes(StandardCharsets.UTF_8));
        Obj copy = pod.copy();
        if (!known) {
            event(pod, "Warning", "ResizeDeferred", "Pod resize Deferred", why);
            List<Obj> conditions = without(pod);
            conditions.add(0, condition(pod, why));
            copy.set("status.conditions", conditions);
        }
        for (String list : LISTS) {
            for (Obj container : copy.list("spec." + list)) {
                JsonNode before = had.node().path(container.text("name"));
                if (!before.isMissingNode()) {
                    container.set("resources", (JsonNode) before.deepCopy());
                }
            }
        }
        return copy;
    }

    private Obj condition(Obj pod, String why) {
        String time = Times.seconds(now);
        return Obj.create()
                .set("type", PENDING)
                .set("observedGeneration", pod.generation())
                .set("status", "True")
                .set("lastProbeTime", time)
                .set("lastTransitionTime", time)
                .set("reason", "Deferred")
                .set("message", why);
    }

    private String key(Obj pod) {
        return DEFERRED + node.name() + "/" + pod.uid();
    }

    private void event(Obj pod, String type, String reason, String words, String error) {
        Obj summary = Obj.create();
        for (String list : LISTS) {
            List<Obj> all = new ArrayList<>();
            for (Obj container : pod.list("spec." + list)) {
                Obj one = Obj.create().set("name", container.text("name"));
                JsonNode resources = container.at("resources");
                all.add(one.set("resources", resources.isObject() ? (JsonNode) resources.deepCopy() : Json.object()));
            }
            if (!all.isEmpty()) {
                summary.set(list, all);
            }
        }
        summary.set("generation", pod.generation());
        if (!error.isEmpty()) {
            summary.set("error", error);
        }
        events.record(pod, "", type, reason, words + ": " + summary, Map.of());
    }
}
