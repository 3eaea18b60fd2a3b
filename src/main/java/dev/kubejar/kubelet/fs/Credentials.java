package dev.kubejar.kubelet.fs;

import java.util.List;

/** Who a process runs as. User 0 may do everything that the file system itself allows. */
public record Credentials(int uid, int gid, List<Integer> groups) {
    public static final Credentials ROOT = new Credentials(0, 0, List.of());

    public boolean in(int group) {
        return gid == group || groups.contains(group);
    }

    /** Whether the mode's class that applies grants these bits (4 read, 2 write, 1 execute). */
    public boolean may(Inode node, int bits) {
        if (uid == 0) {
            return (bits & 1) == 0 || node.isDirectory() || (node.mode & 0111) != 0;
        }
        int shift = uid == node.uid ? 6 : in(node.gid) ? 3 : 0;
        return (node.mode >> shift & bits) == bits;
    }
}
