package dev.kubejar.kinds.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The difference of two texts, as Go's difflib shows it: what it matches is what Python's does, down to its dislike of
 * lines that are frequent in long texts.
 */
final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final int LONG = 200;

    private record Match(int a, int b, int size) {}

    private record Op(char tag, int a1, int a2, int b1, int b2) {}

    private final String[] a;
    private final String[] b;
    private final Map<String, List<Integer>> places = new HashMap<>();

    private UnifiedDiff(String[] a, String[] b) {
        this.a = a;
        this.b = b;
        for (int i = 0; i < b.length; i++) {
            places.computeIfAbsent(b[i], key -> new ArrayList<>()).add(i);
        }
        if (b.length >= LONG) {
            int most = b.length / 100 + 1;
            places.values().removeIf(each -> each.size() > most);
        }
    }

    static String of(String before, String now) {
        UnifiedDiff diff = new UnifiedDiff(before.split("\n", -1), now.split("\n", -1));
        StringBuilder out = new StringBuilder();
        for (List<Op> group : diff.groups(diff.ops())) {
            diff.write(group, out);
        }
        return out.toString();
    }

    private void write(List<Op> group, StringBuilder out) {
        Op first = group.get(0);
        Op last = group.get(group.size() - 1);
        out.append("@@ -").append(range(first.a1, last.a2)).append(" +").append(range(first.b1, last.b2));
        out.append(" @@\n");
        for (Op op : group) {
            if (op.tag == '=') {
                lines(" ", a, op.a1, op.a2, out);
            } else {
                lines("-", a, op.a1, op.a2, out);
                lines("+", b, op.b1, op.b2, out);
            }
        }
    }

    private static void lines(String sign, String[] lines, int from, int to, StringBuilder out) {
        for (int i = from; i < to; i++) {
            out.append(sign).append(lines[i]).append('\n');
        }
    }

    private static String range(int start, int stop) {
        int length = stop - start;
        if (length == 1) {
            return String.valueOf(start + 1);
        }
        return (length == 0 ? start : start + 1) + "," + length;
    }

    private List<List<Op>> groups(List<Op> ops) {
        List<List<Op>> groups = new ArrayList<>();
        List<Op> group = new ArrayList<>();
        for (int i = 0; i < ops.size(); i++) {
            Op op = ops.get(i);
            if (op.tag == '=') {
                boolean isFirst = i == 0;
                boolean isLast = i == ops.size() - 1;
                int start = isFirst ? Math.max(0, op.a2 - op.a1 - CONTEXT) : 0;
                int stop = isLast ? Math.min(op.a2 - op.a1, start + CONTEXT) : op.a2 - op.a1;
                if (!isFirst && !isLast && stop > CONTEXT + CONTEXT) {
                    group.add(new Op('=', op.a1, op.a1 + CONTEXT, op.b1, op.b1 + CONTEXT));
                    groups.add(group);
                    group = new ArrayList<>();
                    start = stop - CONTEXT;
                }
                group.add(new Op('=', op.a1 + start, op.a1 + stop, op.b1 + start, op.b1 + stop));
            } else {
                group.add(op);
            }
        }
        if (!group.isEmpty() && !(group.size() == 1 && group.get(0).tag == '=')) {
            groups.add(group);
        }
        return groups;
    }

    private List<Op> ops() {
        List<Match> matches = new ArrayList<>();
        match(0, a.length, 0, b.length, matches);
        List<Match> joined = new ArrayList<>();
        for (Match each : matches) {
            Match last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.a + last.size == each.a && last.b + last.size == each.b) {
                joined.set(joined.size() - 1, new Match(last.a, last.b, last.size + each.size));
            } else {
                joined.add(each);
            }
        }
        joined.add(new Match(a.length, b.length, 0));
        List<Op> ops = new ArrayList<>();
        int i = 0;
        int j = 0;
        for (Match each : joined) {
            if (i < each.a || j < each.b) {
                ops.add(new Op('!', i, each.a, j, each.b));
            }
            i = each.a + each.size;
            j = each.b + each.size;
            if (each.size > 0) {
                ops.add(new Op('=', each.a, i, each.b, j));
            }
        }
        return ops;
    }

    private void match(int alo, int ahi, int blo, int bhi, List<Match> found) {
        Match match = longest(alo, ahi, blo, bhi);
        if (match.size == 0) {
            return;
        }
        if (alo < match.a && blo < match.b) {
            match(alo, match.a, blo, match.b, found);
        }
        found.add(match);
        int i = match.a + match.size;
        int j = match.b + match.size;
        if (i < ahi && j < bhi) {
            match(i, ahi, j, bhi, found);
        }
    }

    private Match longest(int alo, int ahi, int blo, int bhi) {
        int besti = alo;
        int bestj = blo;
        int size = 0;
        Map<Integer, Integer> lengths = new HashMap<>();
        for (int i = alo; i < ahi; i++) {
            Map<Integer, Integer> next = new HashMap<>();
            for (int j : places.getOrDefault(a[i], List.of())) {
                if (j < blo || j >= bhi) {
                    continue;
                }
                int length = lengths.getOrDefault(j - 1, 0) + 1;
                next.put(j, length);
                if (length > size) {
                    besti = i - length + 1;
                    bestj = j - length + 1;
                    size = length;
                }
            }
            lengths = next;
        }
        while (besti > alo && bestj > blo && a[besti - 1].equals(b[bestj - 1])) {
            besti--;
            bestj--;
            size++;
        }
        while (besti + size < ahi && bestj + size < bhi && a[besti + size].equals(b[bestj + size])) {
            size++;
        }
        return new Match(besti, bestj, size);
    }
}
