package dev.kubejar.kubelet;

import dev.kubejar.kubelet.fs.FileOps;
import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Volume;

/** Directories of volumes as kubelet and runtime make and find them. */
final class Folders {
    private Folders() {}

    /** Makes a directory with all that is missing above it. */
    static void make(FileOps ops, String path) throws FsError {
        if (path.isEmpty() || ops.exists(path)) {
            return;
        }
        make(ops, path.substring(0, Math.max(0, path.lastIndexOf('/'))));
        ops.mkdir(path, 0755);
    }

    /** The path of an inode within its volume. */
    static String path(Volume volume, int inode) {
        return inode == Volume.ROOT ? "" : search(volume, Volume.ROOT, "", inode);
    }

    private static String search(Volume volume, int directory, String path, int wanted) {
        for (String name : volume.names(directory)) {
            int child = volume.child(directory, name);
            if (child == wanted) {
                return path + "/" + name;
            }
            if (volume.node(child).isDirectory()) {
                String found = search(volume, child, path + "/" + name, wanted);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
