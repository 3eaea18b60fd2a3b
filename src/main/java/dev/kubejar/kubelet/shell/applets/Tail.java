package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Lines;
import dev.kubejar.kubelet.shell.Task;
import java.util.List;

/** tail, following a file as well. */
public final class Tail implements Applet {
    private static final long SECOND = 1_000_000_000L;

    @Override
    public int run(Task task) {
        Flags flags = new Flags(
                task, Head.modern(task.args()), "n:c:fFqvs:", "lines=n", "bytes=c", "follow=f", "retry=F", "quiet=q");
        boolean bytes = flags.has("c");
        String text = flags.value(bytes ? "c" : "n", "10");
        long count = Sizes.parse(text.replaceFirst("^[-+]", ""));
        if (count < 0) {
            task.err("tail: invalid number '" + text + "'\n");
            return 1;
        }
        boolean follows = flags.has("f") || flags.has("F");
        List<String> files = flags.rest();
        if (follows && !files.isEmpty()) {
            return follow(task, flags, files.get(files.size() - 1), text, count);
        }
        Lines lines = task.lines(files);
        boolean titles = flags.has("v") || files.size() > 1 && !flags.has("q");
        while (!task.tired()) {
            int before = lines.index();
            String part = lines.piece(Lines.Complaint.CANNOT_OPEN);
            if (part == null && lines.waiting()) {
                return lines.await();
            }
            if (part == null || lines.index() != before && before > 0) {
                print(task, titles, lines, before, text, count, bytes);
            }
            if (part == null) {
                if (lines.failed() && task.number("shown") == 0) {
                    task.err("tail: no files\n");
                }
                return lines.failed() ? 1 : 0;
            }
            task.text("kept", (task.text("kept") == null ? "" : task.text("kept")) + part);
            task.number("owner", lines.index());
            if (!text.startsWith("+") && !bytes && task.text("kept").length() > 1 << 20) {
                task.text("kept", task.text("kept").substring(Head.lineStart(task.text("kept"), count + 1)));
            }
        }
        return AGAIN;
    }

    private static void print(
            Task task, boolean titles, Lines lines, int file, String text, long count, boolean bytes) {
        String kept = task.text("kept");
        if (kept == null && task.number("owner") == file) {
            return;
        }
        if (titles && task.number("owner") > 0) {
            task.out((task.number("shown") > 0 ? "\n" : "") + "==> " + name(task, (int) task.number("owner"))
                    + " <==\n");
        }
        task.number("shown", task.number("shown") + 1);
        task.out(wanted(kept == null ? "" : kept, text, count, bytes));
        task.text("kept", null);
    }

    private static String name(Task task, int index) {
        Flags flags = new Flags(
                task, Head.modern(task.args()), "n:c:fFqvs:", "lines=n", "bytes=c", "follow=f", "retry=F", "quiet=q");
        return index <= flags.rest().size() ? flags.rest().get(index - 1) : "standard input";
    }

    private static String wanted(String kept, String text, long count, boolean bytes) {
        if (text.startsWith("+")) {
            int start = 0;
            for (long i = 1; i < count && start < kept.length(); i++) {
                int next = bytes ? start : kept.indexOf('\n', start);
                start = next < 0 ? kept.length() : next + 1;
            }
            return kept.substring(start);
        }
        return kept.substring(bytes ? (int) Math.max(0, kept.length() - count) : Head.lineStart(kept, count));
    }

    /** Prints the end of a file and then whatever is added to it. */
    private static int follow(Task task, Flags flags, String file, String text, long count) {
        if (task.number("descriptor") == 0) {
            try {
                task.number("descriptor", task.open(file));
            } catch (FsError e) {
                if (task.number("missing") == 0) {
                    task.err("tail: can't open '" + file + "': " + e.getMessage() + "\n");
                }
                task.number("missing", 1);
                if (!flags.has("F")) {
                    task.err("tail: no files\n");
                    return 1;
                }
                return task.sleep(task.now() + SECOND);
            }
        }
        int descriptor = (int) task.number("descriptor");
        if (task.number("begun") == 0) {
            StringBuilder all = new StringBuilder();
            String part = task.read(descriptor);
            while (part != null && !part.isEmpty()) {
                all.append(part);
                part = task.read(descriptor);
            }
            task.number("begun", 1);
            task.out(wanted(all.toString(), text, count, flags.has("c")));
        }
        task.rewindIfCut(descriptor);
        String part = task.read(descriptor);
        while (part != null && !part.isEmpty()) {
            task.out(part);
            part = task.read(descriptor);
        }
        return task.awaitGrowth(descriptor);
    }
}
