package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Lines;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;

/** Programs that turn each line into another: cut, tr, uniq, rev, nl, fold, and tee. */
public final class Filters implements Applet {
    @Override
    public int run(Task task) {
        return switch (task.name()) {
            case "cut" -> cut(task);
            case "tr" -> tr(task);
            case "uniq" -> uniq(task);
            case "tee" -> tee(task);
            case "nl" -> nl(task);
            case "fold" -> fold(task);
            case "expand" -> lines(task, List.of(), line -> expanded(line));
            case "dos2unix" -> lines(task, task.args(), line -> line.replace("\r\n", "\n"));
            case "strings" -> lines(task, task.args(), line -> line.replaceAll("[^\\x20-\\x7E\\n\\t]+", "\n"));
            default ->
                lines(task, task.args(), line -> {
                    boolean newline = line.endsWith("\n");
                    String text = newline ? line.substring(0, line.length() - 1) : line;
                    return new StringBuilder(text).reverse() + (newline ? "\n" : "");
                });
        };
    }

    private static int lines(Task task, List<String> files, java.util.function.UnaryOperator<String> change) {
        Lines lines = task.lines(files);
        while (!task.tired()) {
            String line = lines.next(Lines.Complaint.NAME);
            if (line == null) {
                return lines.waiting() ? lines.await() : lines.failed() ? 1 : 0;
            }
            task.out(change.apply(line));
        }
        return AGAIN;
    }

    private static String expanded(String line) {
        StringBuilder out = new StringBuilder();
        for (char c : line.toCharArray()) {
            if (c == '\t') {
                out.append(" ".repeat(8 - out.length() % 8));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static int cut(Task task) {
        Flags flags = new Flags(task, "b:c:d:f:snD", "fields=f", "delimiter=d", "characters=c", "only-delimited=s");
        String list = flags.value("f", flags.value("c", flags.value("b")));
        if (list == null) {
            task.err("cut: expected a list of bytes, characters, or fields\n");
            return 1;
        }
        List<int[]> ranges = new ArrayList<>();
        for (String part : list.split(",")) {
            String[] ends = part.split("-", -1);
            int from = ends[0].isEmpty() ? 1 : (int) Text.number(ends[0], -1);
            int to = ends.length == 1 ? from : ends[1].isEmpty() ? Integer.MAX_VALUE : (int) Text.number(ends[1], -1);
            if (from < 1 || to < from) {
                task.err("cut: invalid range " + part + "\n");
                return 1;
            }
            ranges.add(new int[] {from, to});
        }
        char separator =
                flags.value("d", "\t").isEmpty() ? 0 : flags.value("d", "\t").charAt(0);
        return lines(task, flags.rest(), line -> {
            boolean newline = line.endsWith("\n");
            String text = newline ? line.substring(0, line.length() - 1) : line;
            if (flags.has("f") && text.indexOf(separator) < 0) {
                return flags.has("s") ? "" : text + "\n";
            }
            return (flags.has("f") ? fields(text, separator, ranges) : characters(text, ranges)) + "\n";
        });
    }

    private static boolean within(List<int[]> ranges, int number) {
        for (int[] range : ranges) {
            if (number >= range[0] && number <= range[1]) {
                return true;
            }
        }
        return false;
    }

    private static String fields(String text, char separator, List<int[]> ranges) {
        String[] fields = text.split(java.util.regex.Pattern.quote(String.valueOf(separator)), -1);
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            if (within(ranges, i + 1)) {
                wanted.add(fields[i]);
            }
        }
        return String.join(String.valueOf(separator), wanted);
    }

    private static String characters(String text, List<int[]> ranges) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (within(ranges, i + 1)) {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    private static int tr(Task task) {
        Flags flags = new Flags(task, "+cdsCt");
        List<String> rest = flags.rest();
        if (rest.isEmpty()) {
            return Usage.show(task);
        }
        Translation translation = new Translation(
                rest.get(0),
                rest.size() > 1 ? rest.get(1) : "",
                flags.has("c") || flags.has("C"),
                flags.has("d"),
                flags.has("s"));
        Lines lines = task.lines(List.of());
        int last = (int) task.number("last") - 1;
        while (!task.tired()) {
            String part = lines.piece(Lines.Complaint.NAME);
            if (part == null) {
                task.number("last", last + 1L);
                return lines.waiting() ? lines.await() : 0;
            }
            StringBuilder out = new StringBuilder();
            last = translation.apply(part, last, out);
            task.out(out.toString());
        }
        task.number("last", last + 1L);
        return AGAIN;
    }

    private static int uniq(Task task) {
        Flags flags = new Flags(task, "cduif:s:w:", "count=c", "repeated=d", "unique=u", "ignore-case=i");
        Lines lines =
                task.lines(flags.rest().isEmpty() ? List.of() : flags.rest().subList(0, 1));
        while (!task.tired()) {
            String line = lines.next(Lines.Complaint.CANNOT_OPEN);
            if (line == null && lines.waiting()) {
                return lines.await();
            }
            String plain = line == null ? null : line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
            String last = task.text("last");
            if (last != null && plain != null && key(flags, last).equals(key(flags, plain))) {
                task.number("count", task.number("count") + 1);
                continue;
            }
            if (last != null) {
                long count = task.number("count");
                boolean shown = !(flags.has("d") && count < 2) && !(flags.has("u") && count > 1);
                String number = Long.toString(count);
                task.out(
                        shown
                                ? (flags.has("c") ? " ".repeat(Math.max(0, 7 - number.length())) + number + " " : "")
                                        + last + "\n"
                                : "");
            }
            if (plain == null) {
                return lines.failed() ? 1 : 0;
            }
            task.text("last", plain);
            task.number("count", 1);
        }
        return AGAIN;
    }

    private static String key(Flags flags, String line) {
        int at = 0;
        for (long i = Text.number(flags.value("f", "0"), 0); i > 0; i--) {
            while (at < line.length() && line.charAt(at) == ' ') {
                at++;
            }
            while (at < line.length() && line.charAt(at) != ' ') {
                at++;
            }
        }
        at = (int) Math.min(line.length(), at + Text.number(flags.value("s", "0"), 0));
        int end = (int) Math.min(line.length(), at + Text.number(flags.value("w", "100000"), 100_000));
        String key = line.substring(at, end);
        return flags.has("i") ? key.toLowerCase(java.util.Locale.ROOT) : key;
    }

    private static int tee(Task task) {
        Flags flags = new Flags(task, "ai", "append=a", "ignore-interrupts=i");
        if (task.number("begun") == 0) {
            task.number("begun", 1);
            StringBuilder opened = new StringBuilder();
            for (String file : flags.rest()) {
                try {
                    opened.append(file.equals("-") ? 1 : task.create(file, flags.has("a")))
                            .append(' ');
                } catch (FsError e) {
                    task.err("tee: " + file + ": " + e.getMessage() + "\n");
                    task.number("failed", 1);
                }
            }
            task.text("opened", opened.toString().trim());
        }
        String[] opened = task.text("opened").isEmpty()
                ? new String[0]
                : task.text("opened").split(" ");
        while (!task.tired()) {
            String part = task.read(0);
            if (part == null) {
                return task.await(0);
            }
            if (part.isEmpty()) {
                return (int) task.number("failed");
            }
            for (String each : opened) {
                task.write(Integer.parseInt(each), part);
            }
            task.out(part);
        }
        return AGAIN;
    }

    private static int nl(Task task) {
        Flags flags = new Flags(task, "b:w:s:v:n:i:");
        boolean all = flags.value("b", "t").equals("a");
        int width = (int) Text.number(flags.value("w", "6"), 6);
        return lines(task, flags.rest(), line -> {
            if (line.equals("\n") && !all) {
                return " ".repeat(width + 1) + line;
            }
            task.number("line", task.number("line") + 1);
            String number = Long.toString(task.number("line") - 1 + Text.number(flags.value("v", "1"), 1));
            return " ".repeat(Math.max(0, width - number.length())) + number + flags.value("s", "\t") + line;
        });
    }

    private static int fold(Task task) {
        Flags flags = new Flags(task, Head.modern(task.args()), "bsw:n:", "width=w");
        int width = (int) Math.max(1, Text.number(flags.value("w", flags.value("n", "80")), 80));
        return lines(task, flags.rest(), line -> {
            StringBuilder out = new StringBuilder();
            String rest = line;
            while (rest.length() > width + (rest.endsWith("\n") ? 1 : 0)) {
                int end = flags.has("s") && rest.lastIndexOf(' ', width - 1) > 0
                        ? rest.lastIndexOf(' ', width - 1) + 1
                        : width;
                out.append(rest, 0, end).append('\n');
                rest = rest.substring(end);
            }
            return out.append(rest).toString();
        });
    }
}
