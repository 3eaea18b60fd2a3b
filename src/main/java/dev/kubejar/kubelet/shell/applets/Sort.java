package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Lines;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** sort. */
public final class Sort implements Applet {
    /** A key: from a field and character to another, with its own options. */
    private record Key(int field, int character, int endField, int endCharacter, String options) {}

    @Override
    public int run(Task task) {
        Flags flags = new Flags(task, "nughMcsrbiofdzk:t:T:S:o:Vm", "reverse=r", "numeric-sort=n", "unique=u", "key=k");
        List<String> files = new ArrayList<>(flags.rest());
        Lines lines = task.lines(files);
        StringBuilder all = new StringBuilder();
        for (String part = lines.next(Lines.Complaint.NAME); part != null; part = lines.next(Lines.Complaint.NAME)) {
            all.append(part.endsWith("\n") ? part : part + "\n");
        }
        if (lines.failed()) {
            return 2;
        }
        String kept = (task.text("kept") == null ? "" : task.text("kept")) + all;
        if (lines.waiting()) {
            task.text("kept", kept);
            return lines.await();
        }
        List<String> rows = kept.isEmpty()
                ? new ArrayList<>()
                : new ArrayList<>(List.of(kept.substring(0, kept.length() - 1).split("\n", -1)));
        Comparator<String> order = order(flags);
        if (flags.has("c")) {
            return check(task, rows, order);
        }
        task.charge(rows.size() * 4L);
        rows.sort(order);
        StringBuilder out = new StringBuilder();
        String last = null;
        for (String row : rows) {
            if (!flags.has("u") || last == null || keyed(flags).compare(last, row) != 0) {
                out.append(row).append('\n');
            }
            last = row;
        }
        return write(task, flags, out.toString());
    }

    private static int write(Task task, Flags flags, String text) {
        if (!flags.has("o")) {
            task.out(text);
            return 0;
        }
        try {
            task.write(task.create(flags.value("o"), false), text);
            return 0;
        } catch (FsError e) {
            task.err("sort: can't open '" + flags.value("o") + "': " + e.getMessage() + "\n");
            return 2;
        }
    }

    private static int check(Task task, List<String> rows, Comparator<String> order) {
        for (int i = 1; i < rows.size(); i++) {
            if (order.compare(rows.get(i - 1), rows.get(i)) > 0) {
                task.err("Check line " + i + "\n");
                return 1;
            }
        }
        return 0;
    }

    private static Comparator<String> order(Flags flags) {
        Comparator<String> keyed = keyed(flags);
        boolean last = !flags.has("s") && !flags.has("u");
        Comparator<String> whole = flags.has("r") ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return last ? keyed.thenComparing(whole) : keyed;
    }

    private static Comparator<String> keyed(Flags flags) {
        StringBuilder global = new StringBuilder();
        for (char c : "nghMVbfdir".toCharArray()) {
            global.append(flags.has(String.valueOf(c)) ? c : "");
        }
        if (!flags.has("k")) {
            return one(line -> line, global.toString());
        }
        Comparator<String> order = null;
        for (String text : flags.values("k")) {
            Key key = key(text);
            String options = key.options.isEmpty() ? global.toString() : key.options;
            Comparator<String> next = one(line -> part(line, key, flags.value("t")), options);
            order = order == null ? next : order.thenComparing(next);
        }
        return order;
    }

    private static Comparator<String> one(java.util.function.UnaryOperator<String> part, String options) {
        Comparator<String> order = (a, b) -> compare(part.apply(a), part.apply(b), options);
        return options.contains("r") ? order.reversed() : order;
    }

    private static int compare(String a, String b, String options) {
        String x = options.contains("b") ? a.stripLeading() : a;
        String y = options.contains("b") ? b.stripLeading() : b;
        if (options.contains("n") || options.contains("g") || options.contains("h")) {
            return Double.compare(number(x, options), number(y, options));
        }
        if (options.contains("M")) {
            return Integer.compare(month(x), month(y));
        }
        if (options.contains("V")) {
            return version(x, y);
        }
        if (options.contains("d")) {
            x = x.replaceAll("[^A-Za-z0-9 \t]", "");
            y = y.replaceAll("[^A-Za-z0-9 \t]", "");
        }
        return options.contains("f")
                ? x.toUpperCase(Locale.ROOT).compareTo(y.toUpperCase(Locale.ROOT))
                : x.compareTo(y);
    }

    private static double number(String text, String options) {
        String plain = text.stripLeading();
        int end = 0;
        while (end < plain.length()
                && (Character.isDigit(plain.charAt(end))
                        || plain.charAt(end) == '.'
                        || plain.charAt(end) == '-' && end == 0)) {
            end++;
        }
        double value;
        try {
            value = end == 0 ? 0 : Double.parseDouble(plain.substring(0, end));
        } catch (NumberFormatException e) {
            return 0;
        }
        int unit = options.contains("h") && end < plain.length()
                ? "KMGTP".indexOf(Character.toUpperCase(plain.charAt(end)))
                : -1;
        return unit < 0 ? value : value * Math.pow(1024, unit + 1.0);
    }

    private static int month(String text) {
        String plain = text.strip();
        int index = plain.length() < 3
                ? -1
                : "janfebmaraprmayjunjulaugsepoctnovdec"
                        .indexOf(plain.substring(0, 3).toLowerCase(Locale.ROOT));
        return index < 0 ? 0 : index / 3 + 1;
    }

    private static int version(String a, String b) {
        String[] x = a.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");
        String[] y = b.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");
        for (int i = 0; i < Math.min(x.length, y.length); i++) {
            long left = Text.number(x[i], -1);
            long right = Text.number(y[i], -1);
            int order = left >= 0 && right >= 0 ? Long.compare(left, right) : x[i].compareTo(y[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(x.length, y.length);
    }

    private static Key key(String text) {
        String[] ends = text.split(",", 2);
        String options = text.replaceAll("[0-9.,]", "");
        int[] begin = place(ends[0]);
        int[] end = ends.length > 1 ? place(ends[1]) : new int[] {0, 0};
        return new Key(Math.max(1, begin[0]), Math.max(1, begin[1]), end[0], end[1], options);
    }

    private static int[] place(String text) {
        String[] parts = text.replaceAll("[^0-9.]", "").split("\\.");
        return new int[] {
            parts.length > 0 ? (int) Text.number(parts[0], 0) : 0, parts.length > 1 ? (int) Text.number(parts[1], 0) : 0
        };
    }

    private static String part(String line, Key key, String separator) {
        int start = fieldStart(line, key.field, separator);
        start = Math.min(line.length(), start + key.character - 1);
        int end = line.length();
        if (key.endField > 0) {
            end = key.endCharacter > 0
                    ? fieldStart(line, key.endField, separator) + key.endCharacter
                    : fieldEnd(line, key.endField, separator);
        }
        return start >= end ? "" : line.substring(start, Math.min(end, line.length()));
    }

    private static int fieldStart(String line, int field, String separator) {
        int at = 0;
        for (int i = 1; i < field; i++) {
            at = fieldEndFrom(line, at, separator);
            if (at >= line.length()) {
                return line.length();
            }
            at += separator == null ? 0 : 1;
        }
        return at;
    }

    private static int fieldEnd(String line, int field, String separator) {
        return fieldEndFrom(line, fieldStart(line, field, separator), separator);
    }

    private static int fieldEndFrom(String line, int from, String separator) {
        int at = from;
        if (separator != null && !separator.isEmpty()) {
            int end = line.indexOf(separator.charAt(0), at);
            return end < 0 ? line.length() : end;
        }
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        while (at < line.length() && line.charAt(at) != ' ' && line.charAt(at) != '\t') {
            at++;
        }
        return at;
    }
}
