package dev.kubejar.kubelet;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Change;
import dev.kubejar.client.Resources;
import dev.kubejar.object.GroupVersionResource;
import dev.kubejar.object.Obj;
import dev.kubejar.sim.Memory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Which pods show which ConfigMaps and Secrets in their volumes. What has changed in one is seen in a pod at its next
 * sync, which comes once a minute; what has changed in the pod itself, at once.
 *
 * <pre>
 * /machine/shown/configmaps/default/app/UID -> the pod's key
 * /machine/showing/UID                      -> the keys above, a line each
 * /machine/stale/UID                        -> since when its volumes are behind
 * </pre>
 */
final class Contents {
    private static final String SHOWN = "/machine/shown/";
    private static final String SHOWING = "/machine/showing/";
    private static final String STALE = "/machine/stale/";
    private static final Duration SYNC = Duration.ofMinutes(1);

    private final ActorContext cluster;
    private final Memory memory;

    Contents(ActorContext cluster) {
        this.cluster = cluster;
        this.memory = cluster.memory();
    }

    /** A pod's volumes are mounted. */
    void shown(Obj pod) {
        StringBuilder all = new StringBuilder();
        for (Obj volume : pod.list("spec.volumes")) {
            if (ContentVolume.isAccess(volume)) {
                continue;
            }
            part(pod, volume.text("configMap.name"), Resources.CONFIGMAPS, all);
            part(pod, volume.text("secret.secretName"), Resources.SECRETS, all);
            for (Obj source : volume.list("projected.sources")) {
                part(pod, source.text("configMap.name"), Resources.CONFIGMAPS, all);
                part(pod, source.text("secret.name"), Resources.SECRETS, all);
            }
        }
        if (all.length() > 0) {
            memory.put(SHOWING + pod.uid(), bytes(all.toString()));
        }
    }

    private void part(Obj pod, String name, GroupVersionResource resource, StringBuilder all) {
        if (!name.isEmpty()) {
            String key = shownBy(resource, pod.namespace(), name) + pod.uid();
            memory.put(key, bytes(Kubelet.key(pod)));
            all.append(key).append('\n');
        }
    }

    private static String shownBy(GroupVersionResource resource, String namespace, String name) {
        return SHOWN + resource.resource() + "/" + namespace + "/" + name + "/";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void forget(String uid) {
        byte[] keys = memory.get(SHOWING + uid);
        if (keys != null) {
            new String(keys, StandardCharsets.UTF_8).lines().forEach(memory::delete);
            memory.delete(SHOWING + uid);
        }
        if (memory.get(STALE + uid) != null) {
            memory.delete(STALE + uid);
        }
    }

    /** Wakes the pods that show what has changed. */
    void observe(Change change, Consumer<String> wake) {
        if (!change.of(Resources.CONFIGMAPS) && !change.of(Resources.SECRETS)) {
            return;
        }
        Obj object = change.object();
        GroupVersionResource resource = change.of(Resources.SECRETS) ? Resources.SECRETS : Resources.CONFIGMAPS;
        Map<String, String> pods = new TreeMap<>();
        memory.scan(
                shownBy(resource, object.namespace(), object.name()),
                (key, value) ->
                        pods.put(key.substring(key.lastIndexOf('/') + 1), new String(value, StandardCharsets.UTF_8)));
        pods.forEach((uid, key) -> {
            if (memory.get(STALE + uid) == null) {
                memory.put(STALE + uid, bytes(cluster.clock().now().toString()));
            }
            wake.accept(key);
        });
    }

    /** Another label or annotation of the pod's own is shown at once. */
    void relabelled(Change change) {
        if (change.created() || change.deleted()) {
            return;
        }
        boolean same = change.before().labels().equals(change.after().labels())
                && change.before().annotations().equals(change.after().annotations());
        if (!same && change.after().list("spec.volumes").stream().anyMatch(Contents::downward)) {
            memory.put(STALE + change.after().uid(), bytes(Instant.EPOCH.toString()));
        }
    }

    private static boolean downward(Obj volume) {
        return volume.has("downwardAPI")
                || !ContentVolume.isAccess(volume)
                        && volume.list("projected.sources").stream().anyMatch(part -> part.has("downwardAPI"));
    }

    /** Brings a pod's volumes up to date when its time has come; else says when that is, null for never. */
    Instant refresh(PodContext context) {
        Obj pod = context.pod();
        byte[] mark = memory.get(STALE + pod.uid());
        if (mark == null) {
            return null;
        }
        Instant due = due(context.record(), Instant.parse(new String(mark, StandardCharsets.UTF_8)));
        if (due.isAfter(context.now())) {
            return due;
        }
        memory.delete(STALE + pod.uid());
        if (context.record().mounted() && Volumes.complete(context)) {
            context.runtime().refresh(pod);
        }
        return null;
    }

    private static Instant due(PodRecord record, Instant since) {
        Instant start = record.time("startTime");
        if (since.equals(Instant.EPOCH) || start == null) {
            return Instant.EPOCH;
        }
        long syncs = Math.max(0, Duration.between(start, since).dividedBy(SYNC)) + 1;
        return start.plus(SYNC.multipliedBy(syncs));
    }
}
