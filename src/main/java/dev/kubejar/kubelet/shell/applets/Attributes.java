package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Inode;
import dev.kubejar.kubelet.fs.Location;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Modes;
import dev.kubejar.kubelet.shell.Task;
import java.util.List;

/** chmod, chown, chgrp, stat, readlink and realpath. */
public final class Attributes implements Applet {
    private static final int MAX_DEPTH = 256;
    private static final long SECOND = 1_000_000_000L;

    @Override
    public int run(Task task) {
        return switch (task.name()) {
            case "stat" -> stat(task);
            case "readlink", "realpath" -> readlink(task);
            default -> change(task);
        };
    }

    private static int change(Task task) {
        boolean mode = task.name().equals("chmod");
        List<String> args = new java.util.ArrayList<>(task.args());
        boolean recursive = args.removeIf(arg -> arg.equals("-R") || arg.equals("--recursive"));
        args.removeIf(arg -> arg.equals("-v") || arg.equals("-f") || arg.equals("-h") || arg.equals("-c"));
        if (args.size() < 2) {
            return Usage.show(task);
        }
        String what = args.remove(0);
        if (mode && Modes.parse(what, 0, false) < 0) {
            task.err("chmod: invalid mode '" + what + "'\n");
            return 1;
        }
        int[] owner = mode ? null : owner(task, what);
        if (!mode && owner == null) {
            return 1;
        }
        boolean failed = false;
        for (String path : args) {
            failed |= !apply(task, path, what, owner, recursive, 0);
        }
        return failed ? 1 : 0;
    }

    private static int[] owner(Task task, String what) {
        if (task.name().equals("chgrp")) {
            int gid = Users.gid(task, what);
            if (gid < 0) {
                task.err("chgrp: unknown group " + what + "\n");
            }
            return gid < 0 ? null : new int[] {-1, gid};
        }
        int split = what.indexOf(':') >= 0 ? what.indexOf(':') : what.indexOf('.');
        String user = split < 0 ? what : what.substring(0, split);
        String group = split < 0 ? "" : what.substring(split + 1);
        int uid = user.isEmpty() ? -1 : Users.uid(task, user);
        int gid = group.isEmpty() ? split >= 0 && uid >= 0 ? Users.primary(task, uid) : -1 : Users.gid(task, group);
        if (!user.isEmpty() && uid < 0 || !group.isEmpty() && gid < 0) {
            task.err("chown: unknown user" + (group.isEmpty() ? " " : "/group ") + what + "\n");
            return null;
        }
        return new int[] {uid, gid};
    }

    private static boolean apply(Task task, String path, String mode, int[] owner, boolean recursive, int depth) {
        boolean fine = true;
        try {
            Location there = task.files().at(path);
            Inode node = there.node();
            if (owner == null) {
                int parsed = Modes.parse(mode, node.mode(), node.isDirectory());
                task.files().chmod(there, parsed);
            } else {
                task.files().chown(there, owner[0], owner[1]);
            }
            if (recursive && node.isDirectory() && depth < MAX_DEPTH) {
                for (String name : task.files().files().list(there, task.files().who())) {
                    task.charge(1);
                    fine &= apply(task, path + "/" + name, mode, owner, true, depth + 1);
                }
            }
        } catch (FsError e) {
            task.err(task.name() + ": " + path + ": " + e.getMessage() + "\n");
            fine = false;
        }
        return fine;
    }

    private static int stat(Task task) {
        Flags flags = new Flags(task, "ltfLc:", "format=c", "dereference=L", "terse=t");
        boolean failed = flags.rest().isEmpty();
        if (failed) {
            return Usage.show(task);
        }
        for (String path : flags.rest()) {
            try {
                Location there =
                        flags.has("L") ? task.files().at(path) : task.files().link(path);
                task.out(
                        flags.has("c")
                                ? formatted(task, flags.value("c"), path, there) + "\n"
                                : full(task, path, there));
            } catch (FsError e) {
                task.err("stat: can't stat '" + path + "': " + e.getMessage() + "\n");
                failed = true;
            }
        }
        return failed ? 1 : 0;
    }

    private static String formatted(Task task, String format, String path, Location there) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            out.append(field(task, format.charAt(++i), path, there));
        }
        return out.toString();
    }

    private static String field(Task task, char letter, String path, Location there) {
        Inode node = there.node();
        String octal = Integer.toOctalString(node.mode());
        return switch (letter) {
            case 'a' -> octal;
            case 'A' -> node.type().letter + Modes.letters(node.mode());
            case 'b' -> Long.toString(Ls.blocks(node) * 2);
            case 'B' -> "512";
            case 'd' -> "42";
            case 'D' -> "2a";
            case 'f' -> Integer.toHexString(kindBits(node) | node.mode());
            case 'F' -> kind(node);
            case 'g' -> Integer.toString(node.gid());
            case 'G' -> Users.group(task, node.gid());
            case 'h' -> Integer.toString(node.links());
            case 'i' -> Integer.toString(there.id());
            case 'n' -> path;
            case 'N' -> "'" + path + "'" + (node.type() == Inode.Type.LINK ? " -> '" + node.target() + "'" : "");
            case 'o' -> "4096";
            case 's' -> Integer.toString(node.size());
            case 't', 'T' -> "0";
            case 'u' -> Integer.toString(node.uid());
            case 'U' -> Users.name(task, node.uid());
            case 'm' -> task.files().files().mountOf(there.path()).path();
            case 'x', 'y', 'z' -> time(node);
            case 'X', 'Y', 'Z' -> Long.toString(Math.floorDiv(node.mtime(), SECOND));
            case '%' -> "%";
            default -> "%" + letter;
        };
    }

    private static String time(Inode node) {
        return Dates.format(
                "%Y-%m-%d %H:%M:%S.%N +0000",
                Math.floorDiv(node.mtime(), SECOND), Math.floorMod(node.mtime(), SECOND), "UTC");
    }

    private static int kindBits(Inode node) {
        return switch (node.type()) {
            case FILE -> 0100000;
            case DIRECTORY -> 0040000;
            case LINK -> 0120000;
            case DEVICE -> 0020000;
            case FIFO -> 0010000;
        };
    }

    private static String kind(Inode node) {
        return switch (node.type()) {
            case FILE -> node.size() == 0 ? "regular empty file" : "regular file";
            case DIRECTORY -> "directory";
            case LINK -> "symbolic link";
            case DEVICE -> "character special file";
            case FIFO -> "fifo";
        };
    }

    private static String full(Task task, String path, Location there) {
        Inode node = there.node();
        String name = path + (node.type() == Inode.Type.LINK ? " -> " + node.target() : "");
        String octal = Integer.toOctalString(node.mode());
        String user = Users.name(task, node.uid());
        String group = Users.group(task, node.gid());
        return "  File: " + name + "\n  Size: " + left(Integer.toString(node.size()), 10) + "\tBlocks: "
                + left(Long.toString(Ls.blocks(node) * 2), 10) + " IO Block: 4096   " + kind(node)
                + "\nDevice: 2ah/42d\tInode: "
                + left(Integer.toString(there.id()), 10) + "  Links: " + node.links() + "\nAccess: ("
                + "0".repeat(Math.max(0, 4 - octal.length()))
                + octal + "/" + node.type().letter + Modes.letters(node.mode()) + ")  Uid: ("
                + right(Integer.toString(node.uid()), 5)
                + "/" + right(user, 8) + ")   Gid: (" + right(Integer.toString(node.gid()), 5) + "/" + right(group, 8)
                + ")\nAccess: "
                + time(node) + "\nModify: " + time(node) + "\nChange: " + time(node) + "\n";
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static int readlink(Task task) {
        Flags flags = new Flags(task, "fnevmqsz");
        int status = flags.rest().isEmpty() ? Usage.show(task) : 0;
        for (String path : flags.rest()) {
            try {
                if (flags.has("f")
                        || flags.has("e")
                        || flags.has("m")
                        || task.name().equals("realpath")) {
                    Location there = task.files().find(path);
                    if (!there.exists() && (flags.has("e") || task.name().equals("realpath"))) {
                        throw new FsError(dev.kubejar.kubelet.fs.Errno.ENOENT);
                    }
                    task.out(there.path() + (flags.has("n") ? "" : "\n"));
                    continue;
                }
                Inode node = task.files().link(path).node();
                if (node.type() != Inode.Type.LINK) {
                    status = 1;
                } else {
                    task.out(node.target() + (flags.has("n") ? "" : "\n"));
                }
            } catch (FsError e) {
                status = 1;
                if (task.name().equals("realpath") || flags.has("v")) {
                    task.err(task.name() + ": " + path + ": " + e.getMessage() + "\n");
                }
            }
        }
        return status;
    }
}
