package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Location;
import dev.kubejar.kubelet.fs.Mount;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;

/** du, df, mount and free. */
public final class Disks implements Applet {
    private static final int MAX_DEPTH = 128;
    private static final long NODE_DISK = 100L << 30;
    private static final long NODE_USED = 20L << 30;

    @Override
    public int run(Task task) {
        return switch (task.name()) {
            case "du" -> du(task);
            case "df" -> df(task);
            case "free" -> free(task);
            default -> mount(task);
        };
    }

    private static int du(Task task) {
        Flags flags = new Flags(task, "aHLdclshmkxbd:");
        int status = 0;
        long all = 0;
        for (String path : flags.rest().isEmpty() ? List.of(".") : flags.rest()) {
            try {
                all += usage(task, flags, path, task.files().link(path), 0);
            } catch (FsError e) {
                task.err("du: " + path + ": " + e.getMessage() + "\n");
                status = 1;
            }
        }
        if (flags.has("c")) {
            task.out(size(flags, all) + "\ttotal\n");
        }
        return status;
    }

    private static String size(Flags flags, long kib) {
        return flags.has("h") ? Sizes.human(kib * 1024) : Long.toString(flags.has("m") ? (kib + 1023) / 1024 : kib);
    }

    private static long usage(Task task, Flags flags, String path, Location place, int depth) throws FsError {
        task.charge(1);
        long blocks = Ls.blocks(place.node());
        if (place.node().isDirectory() && depth < MAX_DEPTH) {
            for (String name : task.files().files().list(place, task.files().who())) {
                String inner = path.endsWith("/") ? path + name : path + "/" + name;
                blocks += usage(task, flags, inner, task.files().link(inner), depth + 1);
            }
        }
        boolean shown = depth == 0
                || !flags.has("s")
                        && (place.node().isDirectory() || flags.has("a"))
                        && depth <= Text.number(flags.value("d", "1000"), 1000);
        if (shown) {
            task.out(size(flags, blocks) + "\t" + path + "\n");
        }
        return blocks;
    }

    private static int df(Task task) {
        Flags flags = new Flags(task, "PkmhTainB:t:");
        boolean human = flags.has("h");
        boolean types = flags.has("T");
        StringBuilder out = new StringBuilder("Filesystem           ");
        out.append(types ? "Type       " : "")
                .append(human ? "     Size" : "1K-blocks")
                .append("      Used Available Use% Mounted on\n");
        List<Mount> mounts = new ArrayList<>();
        for (String path : flags.rest()) {
            try {
                mounts.add(task.files().files().mountOf(task.files().at(path).path()));
            } catch (FsError e) {
                task.err("df: " + path + ": can't find mount point\n");
                return 1;
            }
        }
        if (mounts.isEmpty()) {
            task.files().files().mounts().stream()
                    .filter(m -> !m.kind().equals("proc"))
                    .forEach(mounts::add);
        }
        for (Mount mount : mounts) {
            boolean bounded = mount.volume().capacity() < Long.MAX_VALUE;
            long total = bounded ? mount.volume().capacity() : NODE_DISK;
            long used =
                    bounded ? mount.volume().used() : NODE_USED + mount.volume().used();
            String name = mount.kind().equals("ext4") ? "/dev/vda1" : mount.kind();
            out.append(left(name, 20)).append(types ? " " + left(mount.kind(), 10) : "");
            for (long number : new long[] {total, used, total - used}) {
                out.append(' ').append(right(human ? Sizes.human(number) : Long.toString(number / 1024), 9));
            }
            out.append(' ')
                    .append(right(used * 100 / Math.max(1, total) + "%", 4))
                    .append(' ')
                    .append(mount.path())
                    .append('\n');
        }
        task.out(out.toString());
        return 0;
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static int mount(Task task) {
        if (!task.args().isEmpty()) {
            task.err(task.name() + ": permission denied (are you root?)\n");
            return 1;
        }
        for (Mount mount : task.files().files().mounts()) {
            task.out(mount.kind() + " on " + mount.path() + " type " + mount.kind() + " ("
                    + (mount.readOnly() ? "ro" : "rw") + ",relatime)\n");
        }
        return 0;
    }

    private static int free(Task task) {
        Flags flags = new Flags(task, "bkmgh");
        long unit = flags.has("b") ? 1 : flags.has("m") ? 1 << 20 : flags.has("g") ? 1 << 30 : 1024;
        long total = task.host().memory();
        long used = total / 8;
        long[] numbers = {total, used, total - used, 0, 0, total - used};
        StringBuilder out = new StringBuilder(
                "              total        used        free      shared  buff/cache   available\nMem:       ");
        for (int i = 0; i < numbers.length; i++) {
            String text = flags.has("h") ? Sizes.human(numbers[i]) : Long.toString(numbers[i] / unit);
            out.append(i == 0 ? "" : " ").append(right(text, i == 0 ? 8 : 11));
        }
        task.out(out + "\nSwap:             0           0           0\n");
        return 0;
    }
}
