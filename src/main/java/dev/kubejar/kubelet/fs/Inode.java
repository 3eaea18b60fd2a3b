package dev.kubejar.kubelet.fs;

import java.util.Arrays;
import java.util.TreeMap;

/** One file, directory, link or device of a {@link Volume}. */
public final class Inode {
    /** What an inode is, with the letter that {@code ls -l} shows. */
    public enum Type {
        FILE('-'),
        DIRECTORY('d'),
        LINK('l'),
        DEVICE('c'),
        FIFO('p');

        public final char letter;

        Type(char letter) {
            this.letter = letter;
        }
    }

    static final byte[] NOTHING = new byte[0];

    final Type type;
    /** Permission bits with setuid, setgid and sticky. */
    int mode;

    int uid;
    int gid;
    /** Nanoseconds since the epoch. */
    long mtime;
    /** Names that lead here; 0 once unlinked. */
    int links = 1;
    /** Where a symbolic link leads, or which device or program this is. */
    String target = "";

    TreeMap<String, Integer> children;
    private byte[] data = NOTHING;
    private int size;

    public Inode(Type type, int mode, int uid, int gid, long mtime) {
        this.type = type;
        this.mode = mode;
        this.uid = uid;
        this.gid = gid;
        this.mtime = mtime;
        if (type == Type.DIRECTORY) {
            children = new TreeMap<>();
        }
    }

    /** An inode that no volume keeps: what a made-up file system such as /proc answers with. */
    public static Inode madeUp(Type type, int mode, long mtime, String target, byte[] content) {
        Inode node = new Inode(type, mode, 0, 0, mtime);
        node.target = target;
        node.write(0, content);
        return node;
    }

    Inode copy() {
        Inode copy = new Inode(type, mode, uid, gid, mtime);
        copy.links = links;
        copy.target = target;
        copy.data = Arrays.copyOf(data, size);
        copy.size = size;
        if (children != null) {
            copy.children.putAll(children);
        }
        return copy;
    }

    /** Puts a name into a made-up directory. */
    public Inode entry(String name, int id) {
        children.put(name, id);
        return this;
    }

    public Type type() {
        return type;
    }

    public boolean isDirectory() {
        return type == Type.DIRECTORY;
    }

    public boolean isFile() {
        return type == Type.FILE;
    }

    public int mode() {
        return mode;
    }

    public int uid() {
        return uid;
    }

    public int gid() {
        return gid;
    }

    public long mtime() {
        return mtime;
    }

    public int links() {
        return links;
    }

    /** Where a link leads; of a device, its name; of an executable file, the program it stands for. */
    public String target() {
        return target;
    }

    public int size() {
        return type == Type.LINK ? target.length() : type == Type.DIRECTORY ? 4096 : size;
    }

    public byte[] content() {
        return Arrays.copyOf(data, size);
    }

    /** At most so many bytes from an offset; empty at the end. */
    public byte[] read(long offset, int most) {
        if (offset >= size) {
            return NOTHING;
        }
        return Arrays.copyOfRange(data, (int) offset, (int) Math.min(size, offset + most));
    }

    void write(long offset, byte[] bytes) {
        int end = (int) offset + bytes.length;
        if (end > data.length) {
            data = Arrays.copyOf(data, Math.max(end, data.length + (data.length >> 1)));
        }
        System.arraycopy(bytes, 0, data, (int) offset, bytes.length);
        size = Math.max(size, end);
    }

    void truncate(int length) {
        if (length < size) {
            Arrays.fill(data, length, size, (byte) 0);
        } else if (length > data.length) {
            data = Arrays.copyOf(data, length);
        }
        size = length;
    }

    void save(ByteWriter out) {
        out.number(type.ordinal())
                .number(mode)
                .number(uid)
                .number(gid)
                .number(mtime)
                .number(links)
                .text(target);
        if (type == Type.DIRECTORY) {
            out.number(children.size());
            children.forEach((name, id) -> out.text(name).number(id));
        } else if (type == Type.FILE) {
            out.bytes(data, size);
        }
    }

    static Inode load(ByteReader in) {
        Inode node = new Inode(Type.values()[in.integer()], in.integer(), in.integer(), in.integer(), in.number());
        node.links = in.integer();
        node.target = in.text();
        if (node.type == Type.DIRECTORY) {
            for (int i = in.integer(); i > 0; i--) {
                String name = in.text();
                node.children.put(name, in.integer());
            }
        } else if (node.type == Type.FILE) {
            node.data = in.bytes();
            node.size = node.data.length;
        }
        return node;
    }
}
