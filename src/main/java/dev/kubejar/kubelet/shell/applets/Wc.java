package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Lines;
import dev.kubejar.kubelet.shell.Task;
import java.util.List;

/** wc. */
public final class Wc implements Applet {
    private static final String[] COUNTS = {"l", "w", "m", "c", "L"};

    @Override
    public int run(Task task) {
        Flags flags = new Flags(task, "clwLm", "lines=l", "words=w", "bytes=c", "chars=m");
        List<String> files = flags.rest();
        Lines lines = task.lines(files);
        while (!task.tired()) {
            int before = lines.index();
            String line = lines.next(Lines.Complaint.NAME);
            if (line == null && lines.waiting()) {
                return lines.await();
            }
            if (lines.index() != before || line == null) {
                finish(task, flags, files, lines, before, line == null ? lines.index() + 1 : lines.index());
            }
            if (line == null) {
                if (files.size() > 1) {
                    print(task, flags, "total", "all");
                }
                return lines.failed() ? 1 : 0;
            }
            count(task, line);
        }
        return AGAIN;
    }

    private static void count(Task task, String line) {
        add(task, "l", line.endsWith("\n") ? 1 : 0);
        add(task, "c", line.length());
        long words = 0;
        long characters = 0;
        boolean inside = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean blank = c == ' ' || c >= 9 && c <= 13;
            words += !blank && !inside ? 1 : 0;
            inside = !blank;
            characters += (c & 0xC0) == 0x80 ? 0 : 1;
        }
        add(task, "w", words);
        add(task, "m", characters);
        task.number("L", Math.max(task.number("L"), line.endsWith("\n") ? characters - 1 : characters));
        task.number("allL", Math.max(task.number("allL"), task.number("L")));
    }

    private static void add(Task task, String key, long amount) {
        task.number(key, task.number(key) + amount);
        task.number("all" + key, task.number("all" + key) + amount);
    }

    /** Prints what files from one to before another have; empty ones in between show zeros. */
    private static void finish(Task task, Flags flags, List<String> files, Lines lines, int from, int to) {
        for (int i = Math.max(1, from); i < to; i++) {
            String name = files.isEmpty() ? "" : files.get(i - 1);
            boolean there = files.isEmpty() || name.equals("-") || readable(task, name);
            if (there) {
                print(task, flags, name, "");
            }
            for (String key : COUNTS) {
                task.number(key, 0);
            }
        }
    }

    private static boolean readable(Task task, String name) {
        try {
            return !task.files().readable(name).node().isDirectory();
        } catch (dev.kubejar.kubelet.fs.FsError e) {
            return false;
        }
    }

    private static void print(Task task, Flags flags, String name, String prefix) {
        StringBuilder out = new StringBuilder();
        int chosen = 0;
        for (String key : COUNTS) {
            chosen += flags.has(key) ? 1 : 0;
        }
        boolean alone = chosen == 1 && flags.rest().size() < 2;
        for (String key : COUNTS) {
            boolean usual = chosen == 0 && (key.equals("l") || key.equals("w") || key.equals("c"));
            if (usual || flags.has(key)) {
                String number = Long.toString(task.number(prefix + key));
                out.append(out.length() > 0 ? " " : "");
                out.append(alone ? "" : " ".repeat(Math.max(0, 9 - number.length())))
                        .append(number);
            }
        }
        task.out(out + (name.isEmpty() ? "" : " " + name) + "\n");
    }
}
