package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.Errno;
import dev.kubejar.kubelet.fs.FileOps;
import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Location;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Modes;
import dev.kubejar.kubelet.shell.Task;
import java.util.List;

/** mkdir, rmdir, touch, mktemp, mkfifo, truncate: programs that make files and directories. */
public final class Folders implements Applet {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    @Override
    public int run(Task task) {
        return switch (task.name()) {
            case "mkdir" -> mkdir(task);
            case "rmdir" -> rmdir(task);
            case "touch" -> touch(task);
            case "mktemp" -> mktemp(task);
            case "mkfifo" -> mkfifo(task);
            default -> truncate(task);
        };
    }

    private static int mkdir(Task task) {
        Flags flags = new Flags(task, "m:pv", "parents=p", "mode=m");
        if (flags.rest().isEmpty()) {
            return Usage.show(task);
        }
        int status = 0;
        for (String path : flags.rest()) {
            try {
                if (flags.has("p")) {
                    parents(task.files(), path);
                } else {
                    task.files().mkdir(path, 0777);
                }
                if (flags.has("m")) {
                    task.files().chmod(task.files().at(path), Modes.parse(flags.value("m"), 0777, true));
                }
            } catch (FsError e) {
                task.err("mkdir: can't create directory '" + path + "': " + e.getMessage() + "\n");
                status = 1;
            }
        }
        return status;
    }

    /** Makes a directory and those above it that are missing. */
    static void parents(FileOps files, String path) throws FsError {
        StringBuilder so = new StringBuilder(path.startsWith("/") ? "/" : "");
        for (String part : path.split("/")) {
            if (part.isEmpty()) {
                continue;
            }
            so.append(so.length() == 0 || so.charAt(so.length() - 1) == '/' ? "" : "/")
                    .append(part);
            Location there = files.find(so.toString());
            if (!there.exists()) {
                files.mkdir(so.toString(), 0777);
            } else if (!there.node().isDirectory()) {
                throw new FsError(so.length() == path.length() ? Errno.EEXIST : Errno.ENOTDIR);
            }
        }
    }

    private static int rmdir(Task task) {
        Flags flags = new Flags(task, "p", "parents=p", "ignore-fail-on-non-empty=i");
        int status = 0;
        for (String path : flags.rest()) {
            try {
                task.files().rmdir(path);
                int slash = path.lastIndexOf('/');
                while (flags.has("p") && slash > 0) {
                    task.files().rmdir(path.substring(0, slash));
                    slash = path.lastIndexOf('/', slash - 1);
                }
            } catch (FsError e) {
                task.err("rmdir: '" + path + "': " + e.getMessage() + "\n");
                status = 1;
            }
        }
        return flags.rest().isEmpty() ? Usage.show(task) : status;
    }

    private static int touch(Task task) {
        Flags flags = new Flags(task, "chamd:t:r:", "no-create=c", "date=d", "reference=r");
        if (flags.rest().isEmpty()) {
            return Usage.show(task);
        }
        int status = 0;
        for (String path : flags.rest()) {
            try {
                Location there = task.files().find(path);
                boolean fresh = !there.exists();
                if (fresh && flags.has("c")) {
                    continue;
                }
                there = fresh ? task.files().writable(path, true, false, 0666) : there;
                Long time = time(task, flags);
                if (time == null) {
                    task.err("touch: invalid date '" + flags.value("d", flags.value("t")) + "'\n");
                    return 1;
                }
                task.files().touch(there, time);
            } catch (FsError e) {
                task.err("touch: " + path + ": " + e.getMessage() + "\n");
                status = 1;
            }
        }
        return status;
    }

    private static Long time(Task task, Flags flags) throws FsError {
        if (flags.has("r")) {
            return task.files().at(flags.value("r")).node().mtime();
        }
        return flags.has("d") || flags.has("t")
                ? Date.parse(flags.value("d", flags.value("t")), task.now())
                : Long.valueOf(task.now());
    }

    private static int mktemp(Task task) {
        Flags flags = new Flags(task, "dp:qtu");
        List<String> rest = flags.rest();
        String template = rest.isEmpty() ? "tmp.XXXXXX" : rest.get(0);
        String directory = flags.value("p", task.env().getOrDefault("TMPDIR", "/tmp"));
        if (!template.contains("/") && (rest.isEmpty() || flags.has("t") || flags.has("p"))) {
            template = directory + "/" + template;
        }
        int marks = template.length();
        while (marks > 0 && template.charAt(marks - 1) == 'X') {
            marks--;
        }
        if (template.length() - marks < 6) {
            task.err("mktemp: " + template + ": Invalid argument\n");
            return 1;
        }
        StringBuilder path = new StringBuilder(template.substring(0, marks));
        long bits = task.host().random() >>> 1;
        while (path.length() < template.length()) {
            path.append(LETTERS.charAt((int) (bits % LETTERS.length())));
            bits = bits / LETTERS.length() ^ task.host().random() >>> 1;
        }
        try {
            if (flags.has("d")) {
                task.files().mkdir(path.toString(), 0700);
            } else if (!flags.has("u")) {
                task.files().writable(path.toString(), true, true, 0600);
            }
        } catch (FsError e) {
            task.err("mktemp: " + path + ": " + e.getMessage() + "\n");
            return 1;
        }
        task.out(path + "\n");
        return 0;
    }

    private static int mkfifo(Task task) {
        Flags flags = new Flags(task, "m:");
        for (String path : flags.rest()) {
            try {
                task.files().fifo(path, 0666);
            } catch (FsError e) {
                task.err("mkfifo: " + path + ": " + e.getMessage() + "\n");
                return 1;
            }
        }
        return 0;
    }

    private static int truncate(Task task) {
        Flags flags = new Flags(task, "cs:", "size=s");
        long size = flags.has("s") ? Sizes.parse(flags.value("s")) : -1;
        if (size < 0 || flags.rest().isEmpty()) {
            return Usage.show(task);
        }
        for (String path : flags.rest()) {
            try {
                Location there = task.files().writable(path, !flags.has("c"), false, 0666);
                task.files().truncate(there, (int) Math.min(size, Integer.MAX_VALUE / 2));
            } catch (FsError e) {
                task.err("truncate: " + path + ": open: " + e.getMessage() + "\n");
                return 1;
            }
        }
        return 0;
    }
}
