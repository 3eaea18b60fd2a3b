package dev.kubejar.kubelet.fs;

/**
 * Where a path leads: an inode, or a free name in a directory.
 *
 * @param volume the file system that it lies in
 * @param parent the directory's inode; 0 for a mount's own root
 * @param name the last name in that directory
 * @param id the inode, 0 where nothing is
 * @param path the absolute path without links and dots
 * @param readOnly whether it was mounted so
 */
public record Location(Volume volume, int parent, String name, int id, String path, boolean readOnly) {
    public boolean exists() {
        return id != 0;
    }

    /** The inode, or null where nothing is. */
    public Inode node() {
        return id == 0 ? null : volume.node(id);
    }

    boolean isMountRoot() {
        return parent == 0;
    }
}
