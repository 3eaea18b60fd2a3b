package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.Errno;
import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Inode;
import dev.kubejar.kubelet.fs.Location;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Task;
import java.util.ArrayList;
import java.util.List;

/** cp, mv, ln and install. */
public final class Copy implements Applet {
    private static final int MAX_DEPTH = 256;

    @Override
    public int run(Task task) {
        String letters =
                switch (task.name()) {
                    case "ln" -> "sfnbvTt:";
                    case "mv" -> "finTt:u";
                    case "install" -> "cdDpsg:m:o:t:";
                    default -> "arRdPLHpfinlsuTt:";
                };
        Flags flags = new Flags(
                task,
                letters,
                "recursive=r",
                "archive=a",
                "force=f",
                "no-clobber=n",
                "symbolic=s",
                "target-directory=t");
        List<String> paths = new ArrayList<>(flags.rest());
        if (task.name().equals("ln") && paths.size() == 1) {
            paths.add(".");
        }
        if (flags.has("t")) {
            paths.add(flags.value("t"));
        }
        if (paths.size() < 2) {
            return Usage.show(task);
        }
        String target = paths.remove(paths.size() - 1);
        boolean directory = isDirectory(task, target, flags) && !flags.has("T");
        if (!directory && paths.size() > 1) {
            task.err(task.name() + ": target '" + target + "' is not a directory\n");
            return 1;
        }
        boolean failed = false;
        for (String source : paths) {
            String plain = source.replaceFirst("/+$", "");
            String name = plain.substring(plain.lastIndexOf('/') + 1);
            String to = directory ? (target.endsWith("/") ? target : target + "/") + name : target;
            failed |= !one(task, flags, source, to);
        }
        return failed ? 1 : 0;
    }

    private static boolean isDirectory(Task task, String path, Flags flags) {
        try {
            Location there = task.name().equals("ln") && flags.has("n")
                    ? task.files().link(path)
                    : task.files().at(path);
            return there.node().isDirectory();
        } catch (FsError e) {
            return false;
        }
    }

    private static boolean one(Task task, Flags flags, String from, String to) {
        return switch (task.name()) {
            case "ln" -> link(task, flags, from, to);
            case "mv" -> move(task, flags, from, to);
            default -> copy(task, flags, from, to, 0);
        };
    }

    private static boolean link(Task task, Flags flags, String from, String to) {
        try {
            if (flags.has("f")) {
                try {
                    task.files().unlink(to);
                } catch (FsError e) {
                    // nothing was there
                }
            }
            if (flags.has("s")) {
                task.files().symlink(from, to);
            } else {
                task.files().hardlink(from, to);
            }
            return true;
        } catch (FsError e) {
            task.err("ln: " + to + ": " + e.getMessage() + "\n");
            return false;
        }
    }

    private static boolean move(Task task, Flags flags, String from, String to) {
        try {
            if (flags.has("n") && task.files().exists(to)) {
                return true;
            }
            task.files().rename(from, to);
            return true;
        } catch (FsError e) {
            if (e.is(Errno.EXDEV)) {
                return copy(task, new Flags(task, List.of("-a"), "a"), from, to, 0)
                        && Removal.remove(task, from, true, false, 0);
            }
            task.err("mv: can't rename '" + from + "': " + e.getMessage() + "\n");
            return false;
        }
    }

    private static boolean copy(Task task, Flags flags, String from, String to, int depth) {
        task.charge(2);
        boolean recursive = flags.has("r") || flags.has("R") || flags.has("a");
        boolean keepsLinks = (recursive || flags.has("d") || flags.has("P")) && !flags.has("L");
        Location source;
        try {
            source = keepsLinks ? task.files().link(from) : task.files().at(from);
        } catch (FsError e) {
            task.err(task.name() + ": can't stat '" + from + "': " + e.getMessage() + "\n");
            return false;
        }
        Inode node = source.node();
        try {
            if (flags.has("l") || flags.has("s")) {
                return link(task, flags, from, to);
            }
            if (node.isDirectory()) {
                if (!recursive || depth > MAX_DEPTH) {
                    task.err(task.name() + ": omitting directory '" + from + "'\n");
                    return false;
                }
                return tree(task, flags, from, to, source, depth);
            }
            if (flags.has("n") && task.files().exists(to)) {
                return true;
            }
            if (node.type() == Inode.Type.LINK) {
                task.files().symlink(node.target(), to);
                return true;
            }
            return file(task, flags, from, to, source);
        } catch (FsError e) {
            task.err(task.name() + ": can't create '" + to + "': " + e.getMessage() + "\n");
            return false;
        }
    }

    private static boolean file(Task task, Flags flags, String from, String to, Location source) throws FsError {
        byte[] content;
        try {
            content = task.files().read(from);
        } catch (FsError e) {
            task.err(task.name() + ": can't open '" + from + "': " + e.getMessage() + "\n");
            return false;
        }
        Location there = task.files().find(to);
        if (there.exists() && there.volume() == source.volume() && there.id() == source.id()) {
            task.err(task.name() + ": '" + from + "' and '" + to + "' are the same file\n");
            return false;
        }
        boolean fresh = !there.exists();
        there = task.files().writable(to, true, false, source.node().mode() & 0777);
        if (there.node().isFile()) {
            task.files().truncate(there, 0);
            task.files().write(to, content, true);
            task.charge(content.length / 512);
        }
        if (flags.has("p") || flags.has("a")) {
            keep(task, there, source.node());
        } else if (fresh) {
            task.files().touch(there, task.now());
        }
        return true;
    }

    private static void keep(Task task, Location there, Inode from) throws FsError {
        task.files().chmod(there, from.mode());
        if (task.files().who().uid() == 0) {
            task.files().chown(there, from.uid(), from.gid());
        }
        task.files().touch(there, from.mtime());
    }

    private static boolean tree(Task task, Flags flags, String from, String to, Location source, int depth)
            throws FsError {
        if (!task.files().exists(to)) {
            task.files().mkdir(to, source.node().mode() & 0777 | 0700);
        }
        boolean fine = true;
        for (String name : task.files().files().list(source, task.files().who())) {
            fine &= copy(task, flags, from + "/" + name, to + "/" + name, depth + 1);
        }
        if (flags.has("p") || flags.has("a")) {
            keep(task, task.files().at(to), source.node());
        }
        return fine;
    }
}
