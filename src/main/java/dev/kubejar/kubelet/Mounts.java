package dev.kubejar.kubelet;

import dev.kubejar.client.ActorContext;
import dev.kubejar.client.Client;
import dev.kubejar.client.Resources;
import dev.kubejar.kubelet.fs.Credentials;
import dev.kubejar.kubelet.fs.FileOps;
import dev.kubejar.kubelet.fs.FileSystem;
import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Image;
import dev.kubejar.kubelet.fs.Location;
import dev.kubejar.kubelet.fs.Volume;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Puts a container's file system together: its image, its own layer, what the kubelet adds, and the pod's volumes. */
final class Mounts {
    private final ActorContext cluster;
    private final Client client;
    private final VolumeStore volumes;

    Mounts(ActorContext cluster, Client client, VolumeStore volumes) {
        this.cluster = cluster;
        this.client = client;
        this.volumes = volumes;
    }

    private long nanos() {
        Instant now = cluster.clock().now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private static String rootKey(Obj pod, Obj container) {
        return pod.uid() + "/root/" + container.text("name");
    }

    /** A new run of a container begins with an empty layer. */
    void freshRoot(Obj pod, Obj container) {
        volumes.remove(rootKey(pod, container));
    }

    /** The file system of a container. */
    FileSystem of(Obj pod, Obj container, PodRecord record) {
        Image image = ImageConfig.of(container).files();
        String key = rootKey(pod, container);
        boolean[] fresh = new boolean[1];
        Volume root = volumes.get(key, image, () -> {
            fresh[0] = true;
            return new Volume(key, image);
        });
        boolean readOnly = container.bool("securityContext.readOnlyRootFilesystem");
        if (fresh[0]) {
            FileSystem writable = new FileSystem(root, false, this::nanos);
            furnish(writable, pod, container, record);
            for (Obj mount : container.list("volumeMounts")) {
                mount(writable, pod, container, mount);
            }
            if (!readOnly) {
                return writable;
            }
        }
        FileSystem files = new FileSystem(root, readOnly, this::nanos);
        for (Obj mount : container.list("volumeMounts")) {
            mount(files, pod, container, mount);
        }
        return files;
    }

    /** What kubelet and runtime put into every container. */
    private void furnish(FileSystem files, Obj pod, Obj container, PodRecord record) {
        FileOps ops = new FileOps(files, Credentials.ROOT, "/", 022);
        try {
            write(ops, "/etc/hostname", PodFiles.hostname(pod) + "\n");
            write(ops, "/etc/hosts", PodFiles.hosts(pod, record.ip()));
            write(ops, "/etc/resolv.conf", PodFiles.resolvConf(pod));
            String message = container.text("terminationMessagePath", "/dev/termination-log");
            write(ops, message, "");
            ops.chmod(ops.at(message), 0666);
        } catch (FsError e) {
            throw new IllegalStateException("a container's own files: " + e.getMessage(), e);
        }
    }

    private static void write(FileOps ops, String path, String content) throws FsError {
        Folders.make(ops, path.substring(0, path.lastIndexOf('/')));
        ops.write(path, content.getBytes(StandardCharsets.UTF_8), false);
    }

    private void mount(FileSystem files, Obj pod, Obj container, Obj mount) {
        Obj spec = null;
        for (Obj volume : pod.list("spec.volumes")) {
            if (volume.text("name").equals(mount.text("name"))) {
                spec = volume;
            }
        }
        String sub = mount.text("subPath");
        Source source = spec == null
                ? null
                : sub.isEmpty() && !mount.has("subPathExpr") || !ContentVolume.is(spec)
                        ? source(pod, spec)
                        : snapshot(pod, container, spec);
        if (source == null) {
            return;
        }
        if (mount.has("subPathExpr")) {
            byte[] kept = cluster.memory().get(Launches.KEY + pod.uid() + "/" + container.text("name"));
            sub = ContainerEnv.expand(mount.text("subPathExpr"), PodFiles.lookup(container, kept, pod));
        }
        int inode = sub.isEmpty() ? source.inode() : inode(source, sub, pod);
        boolean readOnly = mount.bool("readOnly") || source.readOnly();
        files.mount(mount.text("mountPath"), source.volume(), inode, readOnly, source.kind());
    }

    /** What a part of a volume is mounted from: the file as the container's start has found it, whatever comes later. */
    private Source snapshot(Obj pod, Obj container, Obj spec) {
        String key = rootKey(pod, container) + "/" + spec.text("name");
        Volume kept = volumes.get(key, Image.EMPTY, () -> new ContentVolume(client, cluster, pod, spec).build(key));
        return new Source(kept, Volume.ROOT, true, "tmpfs");
    }

    /** How many bytes the files of a pod's emptyDir hold. */
    long used(Obj pod, Obj volume) {
        return source(pod, volume).volume().used();
    }

    /** Brings what a pod's volumes show of API objects up to date. */
    void refresh(Obj pod) {
        for (Obj spec : pod.list("spec.volumes")) {
            if (ContentVolume.is(spec) && !ContentVolume.isAccess(spec)) {
                new ContentVolume(client, cluster, pod, spec)
                        .refresh(source(pod, spec).volume());
            }
        }
    }

    /** What a volume is backed by: a volume, the inode in it that counts, and how it is mounted. */
    record Source(Volume volume, int inode, boolean readOnly, String kind) {}

    private int inode(Source source, String path, Obj pod) {
        FileSystem files = new FileSystem(source.volume(), false, this::nanos);
        FileOps ops = new FileOps(files, Credentials.ROOT, "/", 0);
        try {
            String base = Folders.path(source.volume(), source.inode());
            String full = base + "/" + path;
            if (!ops.exists(full)) {
                Folders.make(ops, full);
            }
            Location there = ops.at(full);
            return there.id();
        } catch (FsError e) {
            return source.inode();
        }
    }

    /** The source of a pod's volume; null where there is nothing to mount. */
    private Source source(Obj pod, Obj volume) {
        String key = pod.uid() + "/v/" + volume.text("name");
        int group = (int) pod.number("spec.securityContext.fsGroup", 0);
        if (volume.has("emptyDir")) {
            String limit = volume.text("emptyDir.sizeLimit");
            Volume made =
                    volumes.get(key, Image.EMPTY, () -> new Volume(key, group > 0 ? 02777 : 0777, 0, group, nanos()));
            if (!limit.isEmpty()
                    && !limit.equals("0")
                    && volume.text("emptyDir.medium").equals("Memory")) {
                made.capacity(Quantity.parse(limit).value());
            }
            return new Source(
                    made, Volume.ROOT, false, volume.text("emptyDir.medium").equals("Memory") ? "tmpfs" : "ext4");
        }
        if (volume.has("hostPath")) {
            return host(pod.text("spec.nodeName"), volume.text("hostPath.path"), volume.text("hostPath.type"));
        }
        if (volume.has("nfs")) {
            return exported(volume.text("nfs.server"), volume.text("nfs.path"), volume.bool("nfs.readOnly"));
        }
        if (volume.has("persistentVolumeClaim")) {
            return claimed(
                    pod, volume.text("persistentVolumeClaim.claimName"), volume.bool("persistentVolumeClaim.readOnly"));
        }
        if (volume.has("ephemeral")) {
            return claimed(pod, pod.name() + "-" + volume.text("name"), false);
        }
        if (ContentVolume.isAccess(volume)) {
            return new Source(new ContentVolume(client, cluster, pod, volume).build(key), Volume.ROOT, true, "tmpfs");
        }
        if (ContentVolume.is(volume)) {
            Volume content =
                    volumes.get(key, Image.EMPTY, () -> new ContentVolume(client, cluster, pod, volume).build(key));
            return new Source(content, Volume.ROOT, true, "tmpfs");
        }
        return new Source(
                volumes.get(key, Image.EMPTY, () -> new Volume(key, 0777, 0, group, nanos())),
                Volume.ROOT,
                false,
                "ext4");
    }

    private Source claimed(Obj pod, String claimName, boolean readOnly) {
        Obj claim = client.find(Resources.PERSISTENTVOLUMECLAIMS, pod.namespace(), claimName)
                .orElse(null);
        Obj bound = claim == null
                ? null
                : client.find(Resources.PERSISTENTVOLUMES, "", claim.text("spec.volumeName"))
                        .orElse(null);
        if (bound == null) {
            return null;
        }
        if (bound.has("spec.hostPath") || bound.has("spec.local")) {
            String path = bound.text(bound.has("spec.hostPath") ? "spec.hostPath.path" : "spec.local.path");
            return host(pod.text("spec.nodeName"), path, bound.text("spec.hostPath.type", "DirectoryOrCreate"));
        }
        if (bound.has("spec.nfs")) {
            return exported(
                    bound.text("spec.nfs.server"),
                    bound.text("spec.nfs.path"),
                    bound.bool("spec.nfs.readOnly") || readOnly);
        }
        String key = "disk/" + bound.uid();
        int group = (int) pod.number("spec.securityContext.fsGroup", 0);
        Volume disk = volumes.get(key, Image.EMPTY, () -> new Volume(key, 0777, 0, group, nanos()));
        return new Source(disk, Volume.ROOT, readOnly, "ext4");
    }

    private Source exported(String server, String path, boolean readOnly) {
        String key = "nfs/" + server + path;
        return new Source(
                volumes.get(key, Image.EMPTY, () -> new Volume(key, 0777, 0, 0, nanos())),
                Volume.ROOT,
                readOnly,
                "nfs4");
    }

    private Source host(String node, String path, String type) {
        String key = "node/" + node;
        Volume disk = volumes.get(key, NodeFiles.IMAGE, () -> new Volume(key, NodeFiles.IMAGE));
        FileOps ops = new FileOps(new FileSystem(disk, false, this::nanos), Credentials.ROOT, "/", 022);
        try {
            if (!ops.exists(path)) {
                if (type.equals("FileOrCreate")) {
                    ops.write(path, new byte[0], false);
                } else {
                    Folders.make(ops, path);
                }
            }
            return new Source(disk, ops.find(path).id(), false, "ext4");
        } catch (FsError e) {
            return null;
        }
    }

    /** What stands at a path of a node: {@code File}, {@code Directory}, {@code Socket} …; empty for nothing. */
    String hostType(String node, String path) {
        String key = "node/" + node;
        Volume disk = volumes.get(key, NodeFiles.IMAGE, () -> new Volume(key, NodeFiles.IMAGE));
        FileOps ops = new FileOps(new FileSystem(disk, false, this::nanos), Credentials.ROOT, "/", 022);
        try {
            Location there = ops.at(path);
            return !there.exists() ? "" : there.node().isDirectory() ? "Directory" : "File";
        } catch (FsError e) {
            return "";
        }
    }

    void forget() {
        volumes.forget();
    }
}
