package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Inode;
import dev.kubejar.kubelet.fs.Location;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Modes;
import dev.kubejar.kubelet.shell.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** ls. */
public final class Ls implements Applet {
    private static final long SECOND = 1_000_000_000L;
    private static final long HALF_YEAR = 31_556_952L / 2;
    private static final int MAX_DEPTH = 64;

    /** A file to show. */
    private record Entry(String name, Location place) {
        Inode node() {
            return place.node();
        }
    }

    @Override
    public int run(Task task) {
        Flags flags = new Flags(
                task,
                "1AaCcdeFfghiklLnopqrRsStTuvXxHw:",
                "color=color",
                "full-time=full",
                "group-directories-first=gdf");
        List<String> names = flags.rest().isEmpty() ? List.of(".") : flags.rest();
        List<Entry> files = new ArrayList<>();
        List<Entry> directories = new ArrayList<>();
        boolean[] failed = new boolean[1];
        for (String name : names) {
            try {
                boolean asItIs = flags.has("l") || flags.has("d") || flags.has("n");
                Location place = asItIs ? task.files().link(name) : task.files().at(name);
                if (place.node().type() == Inode.Type.LINK && flags.has("L")) {
                    place = task.files().at(name);
                }
                boolean inside = place.node().isDirectory() && !flags.has("d");
                (inside ? directories : files).add(new Entry(name, place));
            } catch (FsError e) {
                task.err("ls: " + name + ": " + e.getMessage() + "\n");
                failed[0] = true;
            }
        }
        sort(files, flags);
        sort(directories, flags);
        show(task, flags, files, -1);
        boolean titles = directories.size() + files.size() > 1 || flags.has("R");
        boolean[] first = {files.isEmpty()};
        for (Entry directory : directories) {
            directory(task, flags, directory, titles, first, failed, 0);
        }
        return failed[0] ? 1 : 0;
    }

    private static Location follow(Task task, String name) throws FsError {
        try {
            return task.files().at(name);
        } catch (FsError e) {
            return task.files().link(name);
        }
    }

    private static void sort(List<Entry> entries, Flags flags) {
        Comparator<Entry> order = Comparator.comparing(Entry::name);
        if (flags.has("t")) {
            order = Comparator.<Entry>comparingLong(e -> -e.node().mtime()).thenComparing(Entry::name);
        } else if (flags.has("S")) {
            order = Comparator.<Entry>comparingInt(e -> -e.node().size()).thenComparing(Entry::name);
        }
        if (!flags.has("f")) {
            entries.sort(flags.has("r") ? order.reversed() : order);
        }
    }

    private static void directory(
            Task task, Flags flags, Entry directory, boolean title, boolean[] first, boolean[] failed, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        List<Entry> inside = new ArrayList<>();
        if (title) {
            task.out((first[0] ? "" : "\n") + directory.name + ":\n");
        }
        first[0] = false;
        try {
            String base = directory.name.endsWith("/") ? directory.name : directory.name + "/";
            if (flags.has("a")) {
                inside.add(new Entry(".", task.files().at(directory.name)));
                inside.add(new Entry("..", task.files().at(base + "..")));
            }
            for (String name :
                    task.files().files().list(directory.place, task.files().who())) {
                if (!name.startsWith(".") || flags.has("a") || flags.has("A")) {
                    inside.add(new Entry(name, entry(task, flags, base + name)));
                }
            }
        } catch (FsError e) {
            task.err("ls: can't open '" + directory.name + "': " + e.getMessage() + "\n");
            failed[0] = true;
        }
        sort(inside, flags);
        long blocks = 0;
        for (Entry entry : inside) {
            blocks += blocks(entry.node());
        }
        show(task, flags, inside, blocks);
        if (flags.has("R")) {
            String base = directory.name.endsWith("/") ? directory.name : directory.name + "/";
            for (Entry entry : inside) {
                if (entry.node().isDirectory() && !entry.name.equals(".") && !entry.name.equals("..")) {
                    directory(task, flags, new Entry(base + entry.name, entry.place), true, first, failed, depth + 1);
                }
            }
        }
    }

    private static Location entry(Task task, Flags flags, String path) throws FsError {
        return flags.has("L") ? follow(task, path) : task.files().link(path);
    }

    static long blocks(Inode node) {
        if (node.type() == Inode.Type.LINK || node.type() == Inode.Type.DEVICE) {
            return 0;
        }
        return node.isDirectory() ? 4 : (node.size() + 4095L) / 4096 * 4;
    }

    private static void show(Task task, Flags flags, List<Entry> entries, long blocks) {
        boolean wide = flags.has("l") || flags.has("n") || flags.has("g") || flags.has("full");
        StringBuilder out = new StringBuilder();
        if (blocks >= 0 && (wide || flags.has("s"))) {
            out.append("total ")
                    .append(flags.has("h") ? Sizes.human(blocks * 1024) : Long.toString(blocks))
                    .append('\n');
        }
        boolean columns = task.isTerminal(1) && !flags.has("1") && !wide;
        if (columns && !entries.isEmpty()) {
            out.append(Columns.of(
                    entries.stream().map(e -> e.name + mark(flags, e.node())).toList()));
        } else {
            for (Entry entry : entries) {
                task.charge(1);
                if (flags.has("i")) {
                    out.append(pad(Integer.toString(entry.place.id()), 7)).append(' ');
                }
                if (flags.has("s")) {
                    out.append(pad(Long.toString(blocks(entry.node())), 6)).append(' ');
                }
                out.append(wide ? wide(task, flags, entry) : entry.name + mark(flags, entry.node()))
                        .append('\n');
            }
        }
        task.out(out.toString());
    }

    private static String wide(Task task, Flags flags, Entry entry) {
        Inode node = entry.node();
        boolean numbers = flags.has("n");
        int links = node.isDirectory() ? 2 + subdirectories(entry.place) : node.links();
        StringBuilder out = new StringBuilder();
        out.append(node.type().letter)
                .append(Modes.letters(node.mode()))
                .append(pad(Integer.toString(links), 5))
                .append(' ');
        if (!flags.has("g")) {
            out.append(left(numbers ? Integer.toString(node.uid()) : Users.name(task, node.uid())))
                    .append(' ');
        }
        if (!flags.has("o")) {
            out.append(left(numbers ? Integer.toString(node.gid()) : Users.group(task, node.gid())))
                    .append(' ');
        }
        boolean device = node.type() == Inode.Type.DEVICE;
        String size = device ? "1,   3" : flags.has("h") ? Sizes.human(node.size()) : Integer.toString(node.size());
        out.append(pad(size, flags.has("h") ? 7 : 9))
                .append(' ')
                .append(time(task, flags, node))
                .append(' ')
                .append(entry.name);
        if (node.type() == Inode.Type.LINK) {
            return out.append(" -> ").append(node.target()).toString();
        }
        return out.append(mark(flags, node)).toString();
    }

    private static int subdirectories(Location place) {
        int count = 0;
        for (String name : place.volume().names(place.id())) {
            Inode child = place.volume().node(place.volume().child(place.id(), name));
            count += child != null && child.isDirectory() ? 1 : 0;
        }
        return count;
    }

    private static String time(Task task, Flags flags, Inode node) {
        long seconds = Math.floorDiv(node.mtime(), SECOND);
        if (flags.has("e") || flags.has("full")) {
            String format = flags.has("full") ? "%Y-%m-%d %H:%M:%S %z" : "%a %b %e %H:%M:%S %Y";
            return Dates.format(format, seconds, 0, "UTC");
        }
        long age = task.now() / SECOND - seconds;
        boolean recent = age < HALF_YEAR && age > -900;
        return Dates.format(recent ? "%b %e %H:%M" : "%b %e  %Y", seconds, 0, "UTC");
    }

    private static String mark(Flags flags, Inode node) {
        if (!flags.has("F") && !flags.has("p")) {
            return "";
        }
        if (node.isDirectory()) {
            return "/";
        }
        if (flags.has("p") && !flags.has("F")) {
            return "";
        }
        return node.type() == Inode.Type.LINK ? "@" : node.isFile() && (node.mode() & 0111) != 0 ? "*" : "";
    }

    private static String pad(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String left(String text) {
        return text + " ".repeat(Math.max(0, 8 - text.length()));
    }
}
