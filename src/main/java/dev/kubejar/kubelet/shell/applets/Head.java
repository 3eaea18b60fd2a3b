package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Lines;
import dev.kubejar.kubelet.shell.Task;
import java.util.ArrayList;
import java.util.List;

/** head. */
public final class Head implements Applet {
    @Override
    public int run(Task task) {
        Flags flags = new Flags(task, modern(task.args()), "n:c:qv", "lines=n", "bytes=c", "quiet=q");
        boolean bytes = flags.has("c");
        long count = Sizes.parse(flags.value(bytes ? "c" : "n", "10").replaceFirst("^-", ""));
        if (count < 0) {
            task.err("head: invalid number '" + flags.value(bytes ? "c" : "n") + "'\n");
            return 1;
        }
        boolean butLast = flags.value(bytes ? "c" : "n", "").startsWith("-");
        Lines lines = task.lines(flags.rest());
        boolean titles = flags.has("v") || flags.rest().size() > 1 && !flags.has("q");
        while (!task.tired()) {
            if (!lines.open(Lines.Complaint.NAME)) {
                return lines.failed() ? 1 : 0;
            }
            if (titles && task.number("shown") != lines.index()) {
                task.out((task.number("shown") > 0 ? "\n" : "") + "==> " + lines.file() + " <==\n");
                task.number("shown", lines.index());
                task.number("seen", 0);
            }
            int code = butLast ? allButLast(task, lines, count, bytes) : first(task, lines, count, bytes);
            if (code == WAIT) {
                return WAIT;
            }
        }
        return AGAIN;
    }

    private static int first(Task task, Lines lines, long count, boolean bytes) {
        if (task.number("seen") >= count) {
            lines.skip();
            task.number("seen", 0);
            return 0;
        }
        int file = lines.index();
        String part = bytes ? lines.piece(Lines.Complaint.NAME) : lines.next(Lines.Complaint.NAME);
        if (part == null) {
            return lines.waiting() ? lines.await() : 0;
        }
        if (bytes) {
            long left = count - task.number("seen");
            task.out(part.length() > left ? part.substring(0, (int) left) : part);
            task.number("seen", task.number("seen") + part.length());
        } else {
            task.out(part);
            task.number("seen", lines.index() == file ? task.number("seen") + 1 : 1);
        }
        return 0;
    }

    private static int allButLast(Task task, Lines lines, long count, boolean bytes) {
        String kept = task.text("kept") == null ? "" : task.text("kept");
        String part = bytes ? lines.piece(Lines.Complaint.NAME) : lines.next(Lines.Complaint.NAME);
        if (part == null) {
            return lines.waiting() ? lines.await() : 0;
        }
        kept += part;
        int end = kept.length();
        if (bytes) {
            end = (int) Math.max(0, kept.length() - count);
        } else {
            end = lineStart(kept, count);
        }
        task.out(kept.substring(0, end));
        task.text("kept", kept.substring(end));
        return 0;
    }

    /** Where the last so many lines begin. */
    static int lineStart(String text, long count) {
        int at = text.length();
        for (long i = 0; i < count && at > 0; i++) {
            at = text.lastIndexOf('\n', at - 2) + 1;
        }
        return at;
    }

    /** {@code -5} means {@code -n 5}. */
    static List<String> modern(List<String> args) {
        List<String> changed = new ArrayList<>(args);
        if (!changed.isEmpty() && changed.get(0).matches("-[0-9]+")) {
            changed.set(0, "-n" + changed.get(0).substring(1));
        }
        return changed;
    }
}
