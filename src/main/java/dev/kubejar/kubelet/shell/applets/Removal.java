package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Location;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Task;

/** rm and unlink. */
public final class Removal implements Applet {
    private static final int MAX_DEPTH = 256;

    @Override
    public int run(Task task) {
        Flags flags = new Flags(task, "fiRrv", "recursive=r", "force=f");
        if (flags.rest().isEmpty()) {
            return flags.has("f") ? 0 : Usage.show(task);
        }
        boolean recursive = flags.has("r") || flags.has("R");
        boolean failed = false;
        for (String path : flags.rest()) {
            String last = path.replaceFirst("/+$", "");
            last = last.substring(last.lastIndexOf('/') + 1);
            if (last.equals(".") || last.equals("..")) {
                task.err("rm: can't remove '.' or '..'\n");
                failed = true;
                continue;
            }
            failed |= !remove(task, path, recursive, flags.has("f"), 0);
        }
        return failed ? 1 : 0;
    }

    /** Removes a file, or a directory with all that is in it; false where something stayed, which is reported. */
    static boolean remove(Task task, String path, boolean recursive, boolean quiet, int depth) {
        task.charge(1);
        try {
            Location there = task.files().link(path);
            if (!there.node().isDirectory()) {
                task.files().unlink(path);
                return true;
            }
            if (!recursive || depth > MAX_DEPTH) {
                task.err(task.name() + ": '" + path + "' is a directory\n");
                return false;
            }
            boolean empty = true;
            for (String name : task.files().files().list(there, task.files().who())) {
                empty &= remove(task, path + "/" + name, true, quiet, depth + 1);
            }
            if (empty) {
                task.files().rmdir(path);
            }
            return empty;
        } catch (FsError e) {
            if (quiet && e.is(dev.kubejar.kubelet.fs.Errno.ENOENT)) {
                return true;
            }
            task.err(task.name() + ": can't remove '" + path + "': " + e.getMessage() + "\n");
            return false;
        }
    }
}
