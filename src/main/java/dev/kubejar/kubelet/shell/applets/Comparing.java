package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;

/** Programs that lay files beside one another: paste, comm, diff, cmp. */
final class Comparing {
    private static final int MAX_LINES = 2000;

    private Comparing() {}

    static int run(Task task) {
        Flags flags = new Flags(task, task.name().equals("paste") ? "d:s" : "123zqsuabBdiLNrTtwU:");
        List<String> texts = new ArrayList<>();
        for (String file : flags.rest()) {
            String text = file.equals("-") ? standardInput(task) : file(task, file);
            if (text == null) {
                return file.equals("-")
                        ? Applet.WAIT
                        : task.name().equals("diff") || task.name().equals("cmp") ? 2 : 1;
            }
            texts.add(text);
        }
        if (task.name().equals("paste")) {
            return paste(task, flags, texts);
        }
        if (texts.size() < 2) {
            return Usage.show(task);
        }
        return switch (task.name()) {
            case "comm" -> comm(task, flags, texts);
            case "cmp" -> cmp(task, flags, texts);
            default -> diff(task, flags, texts);
        };
    }

    private static String standardInput(Task task) {
        String kept = task.text("input") == null ? "" : task.text("input");
        while (task.number("ended") == 0) {
            String part = task.read(0);
            if (part == null) {
                task.text("input", kept);
                task.await(0);
                return null;
            }
            kept += part;
            task.number("ended", part.isEmpty() ? 1 : 0);
        }
        task.text("input", kept);
        return kept;
    }

    private static String file(Task task, String file) {
        try {
            return Text.of(task.files().read(file));
        } catch (FsError e) {
            task.err(task.name() + ": can't " + (task.name().equals("diff") ? "stat" : "open") + " '" + file + "': "
                    + e.getMessage() + "\n");
            return null;
        }
    }

    private static List<String> rows(String text) {
        return text.isEmpty()
                ? List.of()
                : List.of((text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1));
    }

    private static int paste(Task task, Flags flags, List<String> texts) {
        String separator = dev.kubejar.kubelet.shell.Escapes.decode(flags.value("d", "\t"), true)
                .text();
        if (texts.isEmpty()) {
            String text = standardInput(task);
            if (text == null) {
                return Applet.WAIT;
            }
            texts.add(text);
        }
        if (flags.has("s")) {
            for (String text : texts) {
                task.out(String.join(separator, rows(text)) + "\n");
            }
            return 0;
        }
        int most = 0;
        for (String text : texts) {
            most = Math.max(most, rows(text).size());
        }
        for (int i = 0; i < most; i++) {
            List<String> cells = new ArrayList<>();
            for (String text : texts) {
                cells.add(i < rows(text).size() ? rows(text).get(i) : "");
            }
            task.out(String.join(separator, cells) + "\n");
        }
        return 0;
    }

    private static int comm(Task task, Flags flags, List<String> texts) {
        List<String> left = rows(texts.get(0));
        List<String> right = rows(texts.get(1));
        int i = 0;
        int k = 0;
        while (i < left.size() || k < right.size()) {
            int order =
                    i >= left.size() ? 1 : k >= right.size() ? -1 : left.get(i).compareTo(right.get(k));
            String column = order < 0 ? "1" : order > 0 ? "2" : "3";
            String row = order > 0 ? right.get(k) : left.get(i);
            i += order <= 0 ? 1 : 0;
            k += order >= 0 ? 1 : 0;
            if (!flags.has(column)) {
                String tabs = (order >= 0 && !flags.has("1") ? "\t" : "") + (order == 0 && !flags.has("2") ? "\t" : "");
                task.out(tabs + row + "\n");
            }
        }
        return 0;
    }

    private static int cmp(Task task, Flags flags, List<String> texts) {
        String left = texts.get(0);
        String right = texts.get(1);
        String names = flags.rest().get(0) + " " + flags.rest().get(1);
        int line = 1;
        for (int i = 0; i < Math.min(left.length(), right.length()); i++) {
            if (left.charAt(i) != right.charAt(i)) {
                task.out(flags.has("s") ? "" : names + " differ: char " + (i + 1) + ", line " + line + "\n");
                return 1;
            }
            line += left.charAt(i) == '\n' ? 1 : 0;
        }
        if (left.length() == right.length()) {
            return 0;
        }
        task.err(
                flags.has("s") ? "" : "cmp: EOF on " + flags.rest().get(left.length() < right.length() ? 0 : 1) + "\n");
        return 1;
    }

    /** A unified diff with three lines of context. */
    private static int diff(Task task, Flags flags, List<String> texts) {
        if (texts.get(0).equals(texts.get(1))) {
            return 0;
        }
        String from = flags.rest().get(0);
        String to = flags.rest().get(1);
        List<String> left = rows(texts.get(0));
        List<String> right = rows(texts.get(1));
        if (flags.has("q") || left.size() > MAX_LINES || right.size() > MAX_LINES) {
            task.out("Files " + from + " and " + to + " differ\n");
            return 1;
        }
        task.charge((long) left.size() * right.size() / 8);
        task.out("--- " + from + "\n+++ " + to + "\n" + hunks(edits(left, right)));
        return 1;
    }

    /** All lines in order, each with ' ', '-' or '+' in front. */
    private static List<String> edits(List<String> left, List<String> right) {
        int[][] common = new int[left.size() + 1][right.size() + 1];
        for (int i = left.size() - 1; i >= 0; i--) {
            for (int k = right.size() - 1; k >= 0; k--) {
                common[i][k] = left.get(i).equals(right.get(k))
                        ? common[i + 1][k + 1] + 1
                        : Math.max(common[i + 1][k], common[i][k + 1]);
            }
        }
        List<String> edits = new ArrayList<>();
        int i = 0;
        int k = 0;
        while (i < left.size() || k < right.size()) {
            if (i < left.size() && k < right.size() && left.get(i).equals(right.get(k))) {
                edits.add(" " + left.get(i++));
                k++;
            } else if (i < left.size() && (k == right.size() || common[i + 1][k] >= common[i][k + 1])) {
                edits.add("-" + left.get(i++));
            } else {
                edits.add("+" + right.get(k++));
            }
        }
        return edits;
    }

    private static String hunks(List<String> edits) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        int left = 1;
        int right = 1;
        while (i < edits.size()) {
            int next = i;
            while (next < edits.size() && edits.get(next).charAt(0) == ' ') {
                next++;
            }
            if (next == edits.size()) {
                break;
            }
            int start = Math.max(i, next - 3);
            left += start - i;
            right += start - i;
            int end = next;
            for (int at = next, quiet = 0; at < edits.size() && quiet <= 6; at++) {
                quiet = edits.get(at).charAt(0) == ' ' ? quiet + 1 : 0;
                end = quiet == 0 ? at + 1 : end;
            }
            end = Math.min(edits.size(), end + 3);
            int removed = 0;
            int added = 0;
            for (String edit : edits.subList(start, end)) {
                removed += edit.charAt(0) != '+' ? 1 : 0;
                added += edit.charAt(0) != '-' ? 1 : 0;
            }
            out.append("@@ -").append(removed == 0 ? left - 1 : left).append(removed == 1 ? "" : "," + removed);
            out.append(" +")
                    .append(added == 0 ? right - 1 : right)
                    .append(added == 1 ? "" : "," + added)
                    .append(" @@\n");
            edits.subList(start, end).forEach(edit -> out.append(edit).append('\n'));
            left += removed;
            right += added;
            i = end;
        }
        return out.toString();
    }
}
