package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;

/** xargs. */
public final class Xargs implements Applet {
    private static final int MAX_BYTES = 32768;

    @Override
    public int run(Task task) {
        Flags flags =
                new Flags(task, "+0tprn:s:e::E:I:P:x", "no-run-if-empty=r", "max-args=n", "null=0", "max-procs=P");
        while (task.number("ended") == 0) {
            String part = task.read(0);
            if (part == null) {
                return task.await(0);
            }
            task.text("input", (task.text("input") == null ? "" : task.text("input")) + part);
            task.number("ended", part.isEmpty() ? 1 : 0);
        }
        if (task.number("child") > 0) {
            int code = task.ended((int) task.number("child"));
            if (code < 0) {
                return task.awaitChild((int) task.number("child"), Long.MAX_VALUE);
            }
            task.number("child", 0);
            if (code == 255) {
                task.err("xargs: " + flags.rest().get(0) + ": exited with status 255; aborting\n");
                return 124;
            }
            task.number(
                    "code",
                    code == 0 ? task.number("code") : code > 128 ? 125 : code == 127 ? 127 : code == 126 ? 126 : 123);
        }
        List<String> items = items(task, flags);
        int at = (int) task.number("at");
        if (at >= items.size() && (task.number("runs") > 0 || flags.has("r") || flags.has("I"))) {
            return (int) task.number("code");
        }
        List<String> command = new ArrayList<>(flags.rest().isEmpty() ? List.of("echo") : flags.rest());
        if (flags.has("I")) {
            command.replaceAll(word -> word.replace(flags.value("I"), items.get(at)));
            task.number("at", at + 1L);
        } else {
            task.number("at", fill(flags, command, items, at));
        }
        if (flags.has("t")) {
            task.err(String.join(" ", command) + "\n");
        }
        task.number("runs", task.number("runs") + 1);
        int child = task.spawn(command, "");
        if (child < 0) {
            return 127;
        }
        task.number("child", child);
        return task.awaitChild(child, Long.MAX_VALUE);
    }

    private static int fill(Flags flags, List<String> command, List<String> items, int from) {
        long most = flags.has("n") ? Text.number(flags.value("n"), 1) : Long.MAX_VALUE;
        int at = from;
        int size = 0;
        while (at < items.size() && at - from < most && size + items.get(at).length() < MAX_BYTES) {
            size += items.get(at).length() + 1;
            command.add(items.get(at++));
        }
        return at;
    }

    private static List<String> items(Task task, Flags flags) {
        String input = task.text("input");
        List<String> items = new ArrayList<>();
        if (flags.has("0") || flags.has("I")) {
            for (String item : input.split(flags.has("0") ? "\0" : "\n")) {
                if (!item.isEmpty()) {
                    items.add(flags.has("I") ? item.stripLeading() : item);
                }
            }
            return items;
        }
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < input.length(); i++) {
            char c = input.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == ' ' || c == '\t' || c == '\n') {
                if (word != null) {
                    items.add(word.toString());
                }
                word = null;
            } else {
                word = word == null ? new StringBuilder() : word;
                if (c == '\'' || c == '"') {
                    quote = c;
                } else if (c == '\\' && i + 1 < input.length()) {
                    word.append(input.charAt(++i));
                } else {
                    word.append(c);
                }
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("unmatched " + (quote == '\'' ? "single" : "double") + " quote");
        }
        if (word != null) {
            items.add(word.toString());
        }
        return items;
    }
}
