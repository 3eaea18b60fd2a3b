package dev.kubejar.kubelet.fs;

import java.util.TreeMap;

/**
 * A file system of its own: what a mount shows. Its inodes lie over those of an image that never changes; only what
 * differs is kept and saved.
 */
public class Volume {
    /** The inode of a volume's topmost directory. */
    public static final int ROOT = 1;

    private static final int FORMAT = 1;

    private final String name;
    private final Image image;
    private final TreeMap<Integer, Inode> own = new TreeMap<>();
    /** How often processes in memory have an inode open; not saved, they say so again when they are loaded. */
    private final TreeMap<Integer, Integer> opens = new TreeMap<>();

    private int next;
    private long capacity = Long.MAX_VALUE;
    private long used;
    private long revision;
    private Runnable listener = () -> {};

    /** An empty volume whose topmost directory has this mode and owner. */
    public Volume(String name, int mode, int uid, int gid, long mtime) {
        this(name, Image.EMPTY);
        own.put(ROOT, new Inode(Inode.Type.DIRECTORY, mode, uid, gid, mtime));
        next = ROOT + 1;
    }

    /** A volume over an image's files. */
    public Volume(String name, Image image) {
        this.name = name;
        this.image = image;
        this.next = image.size() + 1;
    }

    /** How {@link #save}d processes name it: unique within the container's mounts. */
    public String name() {
        return name;
    }

    /** Counts up with every change; two equal readings mean that nothing has changed between. */
    public long revision() {
        return revision;
    }

    /** Has somebody told of every change; it takes the place of whoever was told before. */
    public void onChange(Runnable told) {
        listener = told;
    }

    /** Bytes of the volume's own files; the image's are not counted. */
    public long used() {
        return used;
    }

    /** Past so many bytes a write fails with {@code No space left on device}. */
    public Volume capacity(long bytes) {
        this.capacity = bytes;
        return this;
    }

    public long capacity() {
        return capacity;
    }

    /** The inode, or null where there is none any more. The caller must not change it. */
    public Inode node(int id) {
        Inode node = own.get(id);
        return node != null ? node : image.node(id);
    }

    /** The inode of a directory's entry, or 0. */
    public int child(int directory, String entry) {
        Integer id = node(directory).children.get(entry);
        return id == null ? 0 : id;
    }

    /** The names in a directory, sorted by bytes. */
    public Iterable<String> names(int directory) {
        return new java.util.ArrayList<>(node(directory).children.keySet());
    }

    Inode writable(int id) {
        revision++;
        listener.run();
        Inode node = own.get(id);
        if (node == null) {
            node = image.node(id).copy();
            own.put(id, node);
        }
        return node;
    }

    int add(int directory, String entry, Inode node) throws FsError {
        charge(1);
        int id = next++;
        own.put(id, node);
        link(directory, entry, id, node.mtime);
        return id;
    }

    void link(int directory, String entry, int id, long now) {
        Inode parent = writable(directory);
        parent.children.put(entry, id);
        parent.mtime = now;
    }

    void unlink(int directory, String entry, long now) {
        Inode parent = writable(directory);
        int id = parent.children.remove(entry);
        parent.mtime = now;
        Inode node = writable(id);
        if (--node.links <= 0 && !opens.containsKey(id)) {
            drop(id);
        }
    }

    /** Keeps an inode while a process has it open, even when its last name goes. */
    public void retain(int id) {
        opens.merge(id, 1, Integer::sum);
    }

    /** The counterpart of {@link #retain}. */
    public void release(int id) {
        Integer left = opens.merge(id, -1, Integer::sum);
        if (left <= 0) {
            opens.remove(id);
            Inode node = own.get(id);
            if (node != null && node.links <= 0) {
                drop(id);
            }
        }
    }

    private void drop(int id) {
        Inode node = own.remove(id);
        used -= node.type() == Inode.Type.FILE ? node.size() : 0;
    }

    /** Writes into a file, growing it where needed. */
    public void write(int id, long offset, byte[] bytes, long now) throws FsError {
        Inode node = writable(id);
        long grown = offset + bytes.length - node.size();
        if (offset + bytes.length > Integer.MAX_VALUE / 2) {
            throw new FsError(Errno.EFBIG);
        }
        if (grown > 0) {
            charge(grown);
        }
        node.write(offset, bytes);
        node.mtime = now;
    }

    void truncate(int id, int length, long now) throws FsError {
        Inode node = writable(id);
        charge(length - node.size());
        node.truncate(length);
        node.mtime = now;
    }

    private void charge(long bytes) throws FsError {
        if (bytes > 0 && used + bytes > capacity) {
            throw new FsError(Errno.ENOSPC);
        }
        used += bytes;
    }

    /** What differs from the image. */
    public byte[] save() {
        ByteWriter out = new ByteWriter();
        out.number(FORMAT)
                .number(next)
                .number(used)
                .number(capacity)
                .number(revision)
                .number(own.size());
        own.forEach((id, node) -> {
            out.number(id);
            node.save(out);
        });
        return out.toBytes();
    }

    /** The volume that was saved; the image must be the same. */
    public static Volume load(String name, Image image, byte[] bytes) {
        Volume volume = new Volume(name, image);
        ByteReader in = new ByteReader(bytes);
        if (in.integer() != FORMAT) {
            throw new IllegalStateException("volume " + name + " was written by another version");
        }
        volume.next = in.integer();
        volume.used = in.number();
        volume.capacity = in.number();
        volume.revision = in.number();
        for (int i = in.integer(); i > 0; i--) {
            int id = in.integer();
            volume.own.put(id, Inode.load(in));
        }
        return volume;
    }
}
