package dev.kubejar.kubelet;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import dev.kubejar.kubelet.fs.Projection;
import dev.kubejar.kubelet.fs.Volume;
import dev.kubejar.object.Obj;
import dev.kubejar.pki.WebTokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Volumes that show API objects as files, laid out as the kubelet's atomic writer does it.
 *
 * <pre>
 * ..2026_01_01_00_00_00.000000000/colour
 * ..data  -> ..2026_01_01_00_00_00.000000000
 * colour  -> ..data/colour
 * </pre>
 */
final class ContentVolume {
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final long USUAL_TOKEN = 3607;
    private static final long YEAR = 365 * 24 * 3600L;

    private final Client client;
    private final ActorContext cluster;
    private final Obj pod;
    private final Obj spec;
    private final Map<String, Projection.Entry> files = new TreeMap<>();

    ContentVolume(Client client, ActorContext cluster, Obj pod, Obj spec) {
        this.client = client;
        this.cluster = cluster;
        this.pod = pod;
        this.spec = spec;
    }

    /** Whether a volume shows API objects at all. */
    static boolean is(Obj spec) {
        return spec.has("configMap") || spec.has("secret") || spec.has("downwardAPI") || spec.has("projected");
    }

    /** Whether it holds a token of the pod's service account: made anew whenever it is looked at, not kept. */
    static boolean isAccess(Obj spec) {
        return spec.list("projected.sources").stream().anyMatch(part -> part.has("serviceAccountToken"));
    }

    /** A volume that holds what it should now. */
    Volume build(String name) {
        Instant now = cluster.clock().now();
        int group = group();
        Volume volume = new Volume(name, group > 0 ? 03777 : 01777, 0, group, nanos(now));
        Projection.write(volume, entries(), group, nanos(now));
        return volume;
    }

    /** Makes a volume hold what it should now; nothing changes where it does already. */
    boolean refresh(Volume volume) {
        return Projection.write(
                volume, entries(), group(), nanos(cluster.clock().now()));
    }

    private int group() {
        return (int) pod.number("spec.securityContext.fsGroup", 0);
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    private List<Projection.Entry> entries() {
        if (spec.has("configMap")) {
            configMap(spec.obj("configMap"), spec.text("configMap.name"), mode(spec.obj("configMap"), 0644));
        } else if (spec.has("secret")) {
            secret(spec.obj("secret"), spec.text("secret.secretName"), mode(spec.obj("secret"), 0644));
        } else if (spec.has("downwardAPI")) {
            downward(spec.obj("downwardAPI"), mode(spec.obj("downwardAPI"), 0644));
        } else {
            projected(spec.obj("projected"));
        }
        return List.copyOf(files.values());
    }

    private static int mode(Obj source, int absent) {
        return (int) source.number("defaultMode", absent);
    }

    private void projected(Obj projected) {
        int mode = mode(projected, 0644);
        for (Obj part : projected.list("sources")) {
            if (part.has("configMap")) {
                configMap(part.obj("configMap"), part.text("configMap.name"), mode);
            } else if (part.has("secret")) {
                secret(part.obj("secret"), part.text("secret.name"), mode);
            } else if (part.has("downwardAPI")) {
                downward(part.obj("downwardAPI"), mode);
            } else if (part.has("serviceAccountToken")) {
                put(part.text("serviceAccountToken.path"), token(part.obj("serviceAccountToken")), 0644);
            }
        }
    }

    /** A token of the pod's service account, bound to the pod, as of the pod's creation. */
    private String token(Obj source) {
        String name = pod.text("spec.serviceAccountName", "default");
        String nodeName = pod.text("spec.nodeName");
        Obj account =
                client.find(Resources.SERVICEACCOUNTS, pod.namespace(), name).orElse(Obj.create());
        Obj node = client.find(Resources.NODES, "", nodeName).orElse(Obj.create());
        long now = pod.time("metadata.creationTimestamp").getEpochSecond();
        long seconds = source.number("expirationSeconds", 3600);
        boolean usual = seconds == USUAL_TOKEN && source.text("audience").isEmpty();
        Obj bound = Obj.create().set("namespace", pod.namespace());
        bound.set("node.name", nodeName).set("node.uid", node.uid());
        bound.set("pod.name", pod.name()).set("pod.uid", pod.uid());
        bound.set("serviceaccount.name", name).set("serviceaccount.uid", account.uid());
        if (usual) {
            bound.set("warnafter", now + seconds);
        }
        Obj claims = Obj.create().setTexts("aud", List.of(source.text("audience", ISSUER)));
        claims.set("exp", now + (usual ? YEAR : seconds))
                .set("iat", now)
                .set("iss", ISSUER)
                .set("jti", pod.uid());
        claims.node().set("kubernetes.io", bound.node());
        claims.set("nbf", now).set("sub", "system:serviceaccount:" + pod.namespace() + ":" + name);
        return WebTokens.sealed(claims.toString(), cluster.memory());
    }

    private void configMap(Obj source, String name, int mode) {
        Obj found = client.find(Resources.CONFIGMAPS, pod.namespace(), name).orElse(Obj.create());
        Map<String, byte[]> data = new TreeMap<>();
        found.map("data").forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
        found.map("binaryData")
                .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        items(source, data, mode);
    }

    private void secret(Obj source, String name, int mode) {
        Obj found = client.find(Resources.SECRETS, pod.namespace(), name).orElse(Obj.create());
        Map<String, byte[]> data = new TreeMap<>();
        found.map("data")
                .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        items(source, data, mode);
    }

    private void items(Obj source, Map<String, byte[]> data, int mode) {
        if (source.list("items").isEmpty()) {
            data.forEach((key, value) -> files.put(key, new Projection.Entry(key, value, mode)));
        }
        for (Obj item : source.list("items")) {
            byte[] value = data.get(item.text("key"));
            if (value != null) {
                String path = item.text("path");
                files.put(path, new Projection.Entry(path, value, (int) item.number("mode", mode)));
            }
        }
    }

    private void downward(Obj source, int mode) {
        Obj node = client.find(Resources.NODES, "", pod.text("spec.nodeName")).orElse(Obj.create());
        DownwardApi api = new DownwardApi(pod, pod.text("status.podIP"), pod.text("status.hostIP"), node);
        for (Obj item : source.list("items")) {
            String value = item.has("fieldRef")
                    ? api.field(item.text("fieldRef.fieldPath"))
                    : api.resource(
                            item.obj("resourceFieldRef"), Containers.all(pod).get(0));
            put(item.text("path"), value, (int) item.number("mode", mode));
        }
    }

    private void put(String path, String value, int mode) {
        files.put(path, new Projection.Entry(path, value.getBytes(StandardCharsets.UTF_8), mode));
    }
}
