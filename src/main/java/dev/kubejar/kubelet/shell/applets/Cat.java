package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Lines;
import dev.kubejar.kubelet.shell.Task;

/** cat and tac's forward sibling nl: files, one after the other. */
public final class Cat implements Applet {
    @Override
    public int run(Task task) {
        Flags flags = new Flags(task, "nbvteAETsu");
        Lines lines = task.lines(flags.rest());
        boolean numbers = flags.has("n") || flags.has("b");
        boolean shows = flags.has("v")
                || flags.has("t")
                || flags.has("e")
                || flags.has("A")
                || flags.has("E")
                || flags.has("T");
        while (!task.tired()) {
            String part = numbers || shows || flags.has("s")
                    ? lines.next(Lines.Complaint.CANNOT_OPEN)
                    : lines.piece(Lines.Complaint.CANNOT_OPEN);
            if (part == null) {
                return lines.waiting() ? lines.await() : lines.failed() ? 1 : 0;
            }
            if (flags.has("s") && part.equals("\n") && task.number("blank") == 1) {
                continue;
            }
            task.number("blank", part.equals("\n") ? 1 : 0);
            String text = shows ? shown(part, flags) : part;
            if (numbers && !(flags.has("b") && part.equals("\n"))) {
                task.number("line", task.number("line") + 1);
                String number = Long.toString(task.number("line"));
                text = " ".repeat(Math.max(0, 6 - number.length())) + number + "\t" + text;
            }
            task.out(text);
        }
        return AGAIN;
    }

    private static String shown(String text, Flags flags) {
        boolean tabs = flags.has("t") || flags.has("A") || flags.has("T");
        boolean ends = flags.has("e") || flags.has("A") || flags.has("E");
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            char low = (char) (c & 0x7F);
            if (c == '\n') {
                out.append(ends ? "$\n" : "\n");
            } else if (c == '\t') {
                out.append(tabs ? "^I" : "\t");
            } else {
                out.append(c > 0x7F ? "M-" : "");
                out.append(low < 32 ? "^" + (char) (low + 64) : low == 127 ? "^?" : String.valueOf(low));
            }
        }
        return out.toString();
    }
}
