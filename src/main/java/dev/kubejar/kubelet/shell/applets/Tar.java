package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Inode;
import dev.kubejar.kubelet.fs.Location;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Exit;
import dev.kubejar.kubelet.shell.Modes;
import dev.kubejar.kubelet.shell.Pattern;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;

/** tar: creates, lists and extracts archives in the ustar format, as kubectl cp needs it. */
public final class Tar implements Applet {
    private static final int BLOCK = 512;
    private static final int RECORD = 20 * BLOCK;
    private static final int MAX_DEPTH = 128;
    private static final long SECOND = 1_000_000_000L;

    @Override
    public int run(Task task) {
        List<String> args = new ArrayList<>(task.args());
        if (!args.isEmpty() && !args.get(0).startsWith("-")) {
            args.set(0, "-" + args.get(0));
        }
        Flags flags = new Flags(
                task,
                args,
                "cxtvzjJahmpokOC:f:T:X:",
                "create=c",
                "extract=x",
                "list=t",
                "file=f",
                "directory=C",
                "verbose=v",
                "gzip=z",
                "no-same-permissions=nsp",
                "no-same-owner=o",
                "exclude=ex:",
                "to-stdout=O",
                "strip-components=st:",
                "overwrite=ov",
                "same-permissions=p",
                "dereference=h");
        String base = flags.value("C");
        if (base != null && !folder(task, base)) {
            return 1;
        }
        if (flags.has("c")) {
            return create(task, flags);
        }
        return flags.has("x") || flags.has("t") ? extract(task, flags) : Usage.fail(task, "need -c, -x or -t");
    }

    private static boolean folder(Task task, String path) {
        try {
            if (task.files().at(path).node().isDirectory()) {
                return true;
            }
            task.err("tar: can't change directory to '" + path + "': Not a directory\n");
        } catch (FsError e) {
            task.err("tar: can't change directory to '" + path + "': " + e.getMessage() + "\n");
        }
        return false;
    }

    private static String place(Flags flags, String path) {
        String base = flags.value("C");
        return base == null || path.startsWith("/") ? path : base.endsWith("/") ? base + path : base + "/" + path;
    }

    private static int create(Task task, Flags flags) {
        StringBuilder out = new StringBuilder();
        boolean[] failed = new boolean[2];
        for (String path : flags.rest()) {
            try {
                String place = place(flags, path);
                Location there =
                        flags.has("h") ? task.files().at(place) : task.files().link(place);
                add(task, flags, path, place, there, out, failed, 0);
            } catch (FsError e) {
                task.err("tar: " + path + ": " + e.getMessage() + "\n");
                failed[0] = true;
            }
        }
        out.append("\0".repeat(2 * BLOCK));
        out.append("\0".repeat((RECORD - out.length() % RECORD) % RECORD));
        String file = flags.value("f", "-");
        if (file.equals("-")) {
            task.out(out.toString());
        } else {
            try {
                task.files().write(file, Text.bytes(out.toString()), false);
            } catch (FsError e) {
                task.err("tar: can't open '" + file + "': " + e.getMessage() + "\n");
                return 1;
            }
        }
        if (failed[0]) {
            task.err("tar: error exit delayed from previous errors\n");
        }
        return failed[0] ? 1 : 0;
    }

    private static void add(
            Task task,
            Flags flags,
            String path,
            String place,
            Location there,
            StringBuilder out,
            boolean[] failed,
            int depth)
            throws FsError {
        task.charge(4);
        Inode node = there.node();
        String name = path;
        if (name.startsWith("/")) {
            name = name.replaceFirst("^/+", "");
            if (!failed[1]) {
                task.err("tar: removing leading '/' from member names\n");
                failed[1] = true;
            }
        }
        for (String pattern : flags.values("ex")) {
            if (Pattern.matches(pattern, path) || Pattern.matches(pattern, path.substring(path.lastIndexOf('/') + 1))) {
                return;
            }
        }
        boolean directory = node.isDirectory();
        if (!name.isEmpty() && (directory || node.isFile() || node.type() == Inode.Type.LINK)) {
            byte[] content = node.isFile() ? task.files().read(place) : new byte[0];
            out.append(header(directory && !name.endsWith("/") ? name + "/" : name, node, content.length));
            out.append(Text.of(content)).append("\0".repeat((BLOCK - content.length % BLOCK) % BLOCK));
            if (flags.has("v")) {
                task.err(name + (directory ? "/" : "") + "\n");
            }
        }
        if (directory && depth < MAX_DEPTH) {
            for (String each : task.files().files().list(there, task.files().who())) {
                String inner = path.endsWith("/") ? path + each : path + "/" + each;
                String innerPlace = place.endsWith("/") ? place + each : place + "/" + each;
                Location child = flags.has("h")
                        ? task.files().at(innerPlace)
                        : task.files().link(innerPlace);
                add(task, flags, inner, innerPlace, child, out, failed, depth + 1);
            }
        }
    }

    private static String field(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text + "\0".repeat(length - text.length());
    }

    private static String octal(long number, int length) {
        String text = Long.toOctalString(number);
        return "0".repeat(Math.max(0, length - 1 - text.length())) + text + "\0";
    }

    private static String header(String name, Inode node, int size) {
        String prefix = "";
        String rest = name;
        if (name.length() > 100) {
            int slash = name.lastIndexOf('/', Math.min(154, name.length() - 2));
            prefix = slash > 0 ? name.substring(0, slash) : "";
            rest = slash > 0 ? name.substring(slash + 1) : name;
        }
        char type = node.isDirectory() ? '5' : node.type() == Inode.Type.LINK ? '2' : '0';
        String target = node.type() == Inode.Type.LINK ? node.target() : "";
        String head = field(rest, 100)
                + octal(node.mode(), 8)
                + octal(node.uid(), 8)
                + octal(node.gid(), 8)
                + octal(size, 12)
                + octal(Math.max(0, node.mtime() / SECOND), 12);
        String tail = type + field(target, 100) + "ustar  \0" + field("", 32) + field("", 32) + field("", 16)
                + field(prefix, 155) + field("", 12);
        int sum = 0;
        for (char c : (head + "        " + tail).toCharArray()) {
            sum += c;
        }
        String digits = Long.toOctalString(sum);
        return head + "0".repeat(Math.max(0, 6 - digits.length())) + digits + "\0 " + tail;
    }

    private static int extract(Task task, Flags flags) {
        String archive = archive(task, flags);
        if (archive == null) {
            return WAIT;
        }
        if (archive.length() < BLOCK) {
            task.err("tar: short read\n");
            return 1;
        }
        int at = 0;
        int status = 0;
        String longName = null;
        String longTarget = null;
        while (at + BLOCK <= archive.length() && archive.charAt(at) != 0) {
            String head = archive.substring(at, at + BLOCK);
            long size = number(head.substring(124, 136));
            if (size < 0 || at + BLOCK + size > archive.length()) {
                task.err("tar: short read\n");
                return 1;
            }
            String content = archive.substring(at + BLOCK, (int) (at + BLOCK + size));
            at += (int) (BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK);
            char type = head.charAt(156);
            if (type == 'L' || type == 'K') {
                String text = content.replaceFirst("\0+$", "");
                longName = type == 'L' ? text : longName;
                longTarget = type == 'K' ? text : longTarget;
                continue;
            }
            if (type == 'x' || type == 'g') {
                longName = type == 'x' ? extended(content, "path", longName) : longName;
                longTarget = type == 'x' ? extended(content, "linkpath", longTarget) : longTarget;
                continue;
            }
            String prefix = head.startsWith("ustar\0", 257) ? text(head.substring(345, 500)) : "";
            String name = longName != null
                    ? longName
                    : prefix.isEmpty() ? text(head.substring(0, 100)) : prefix + "/" + text(head.substring(0, 100));
            String target = longTarget != null ? longTarget : text(head.substring(157, 257));
            longName = null;
            longTarget = null;
            status |= member(task, flags, name, head, type, target, content);
        }
        return status;
    }

    private static String archive(Task task, Flags flags) {
        String file = flags.value("f", "-");
        if (!file.equals("-")) {
            try {
                return Text.of(task.files().read(file));
            } catch (FsError e) {
                task.err("tar: can't open '" + file + "': " + e.getMessage() + "\n");
                throw new Exit(1);
            }
        }
        String kept = task.text("archive") == null ? "" : task.text("archive");
        StringBuilder all = new StringBuilder(kept);
        while (true) {
            String part = task.read(0);
            if (part == null) {
                task.text("archive", all.toString());
                task.await(0);
                return null;
            }
            if (part.isEmpty()) {
                return all.toString();
            }
            all.append(part);
        }
    }

    private static String text(String field) {
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }

    private static long number(String field) {
        try {
            String digits = text(field).trim();
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** A record of a pax header: {@code "30 mtime=…\n"}. */
    private static String extended(String content, String key, String otherwise) {
        int at = 0;
        String found = otherwise;
        while (at < content.length()) {
            int space = content.indexOf(' ', at);
            long length = space < 0 ? -1 : Text.number(content.substring(at, space), -1);
            if (length < 1 || at + length > content.length()) {
                break;
            }
            String record = content.substring(space + 1, (int) (at + length - 1));
            found = record.startsWith(key + "=") ? record.substring(key.length() + 1) : found;
            at += (int) length;
        }
        return found;
    }

    private static int member(
            Task task, Flags flags, String name, String head, char type, String target, String content) {
        String path = name.replaceFirst("^/+", "").replaceAll("/+$", "");
        for (long i = Text.number(flags.value("st", "0"), 0); i > 0; i--) {
            path = path.contains("/") ? path.substring(path.indexOf('/') + 1) : "";
        }
        if (path.isEmpty() || List.of(path.split("/")).contains("..")) {
            return 0;
        }
        if (!flags.rest().isEmpty()
                && flags.rest().stream().noneMatch(wanted -> name.equals(wanted) || name.startsWith(wanted + "/"))) {
            return 0;
        }
        if (flags.has("t")) {
            task.out(flags.has("v") ? listed(head, type, name, target) : name + "\n");
            return 0;
        }
        if (flags.has("v")) {
            task.out(name + "\n");
        }
        if (flags.has("O")) {
            task.out(content);
            return 0;
        }
        try {
            write(task, flags, place(flags, path), head, type, target, content);
            return 0;
        } catch (FsError e) {
            String what =
                    type == '5' ? "can't create directory '" : type == '2' ? "can't create symlink '" : "can't open '";
            task.err("tar: " + what + path + "': " + e.getMessage() + "\n");
            throw new Exit(1);
        }
    }

    private static void write(
            Task task, Flags flags, String path, String head, char type, String target, String content) throws FsError {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            Folders.parents(task.files(), path.substring(0, slash));
        }
        int mode = (int) number(head.substring(100, 108)) & 07777;
        if (type == '5') {
            Folders.parents(task.files(), path);
        } else {
            if (task.files().exists(path) || type == '2') {
                try {
                    task.files().unlink(path);
                } catch (FsError e) {
                    // it is made anew or written over
                }
            }
            if (type == '2') {
                task.files().symlink(target, path);
                return;
            }
            if (type == '1') {
                task.files().hardlink(place(flags, target), path);
                return;
            }
            task.files().write(path, Text.bytes(content), false);
        }
        Location there = task.files().at(path);
        if (!there.readOnly()) {
            boolean owner = task.files().who().uid() == 0;
            if (owner && !flags.has("o")) {
                task.files()
                        .chown(there, (int) number(head.substring(108, 116)), (int) number(head.substring(116, 124)));
            }
            if (owner || there.node().uid() == task.files().who().uid()) {
                task.files().chmod(there, owner || flags.has("p") ? mode : mode & ~task.umask());
                if (!flags.has("m")) {
                    task.files().touch(there, number(head.substring(136, 148)) * SECOND);
                }
            }
        }
    }

    private static String listed(String head, char type, String name, String target) {
        char letter = type == '5' ? 'd' : type == '2' ? 'l' : '-';
        String size = Long.toString(number(head.substring(124, 136)));
        return letter + Modes.letters((int) number(head.substring(100, 108))) + " " + number(head.substring(108, 116))
                + "/"
                + number(head.substring(116, 124)) + " " + " ".repeat(Math.max(0, 9 - size.length())) + size + " "
                + Dates.format("%Y-%m-%d %H:%M:%S", number(head.substring(136, 148)), 0, "UTC") + " " + name
                + (type == '2' ? " -> " + target : "") + "\n";
    }
}
