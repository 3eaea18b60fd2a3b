package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Lines;
import dev.kubejar.kubelet.shell.Regex;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;

/** grep, egrep and fgrep. */
public final class Grep implements Applet {
    /** What the arguments ask for. */
    private static final class Search {
        Flags flags;
        List<Regex> patterns = new ArrayList<>();
        List<String> files = new ArrayList<>();
        boolean names;
        long most;
        int before;
        int after;
    }

    @Override
    public int run(Task task) {
        Search search = task.scratch() instanceof Search known ? known : prepare(task);
        task.scratch(search);
        Lines lines = task.lines(search.files);
        while (!task.tired()) {
            String line = lines.next(search.flags.has("s") ? Lines.Complaint.SILENT : Lines.Complaint.NAME);
            if (line == null) {
                if (lines.waiting()) {
                    return lines.await();
                }
                summary(task, search, lines);
                return lines.failed() ? 2 : task.number("found") > 0 ? 0 : 1;
            }
            if (task.number("file") != lines.index()) {
                if (task.number("file") > 0) {
                    summary(task, search, lines);
                }
                task.number("file", lines.index());
                task.number("line", 0);
                task.number("count", 0);
                task.number("after", 0);
                task.text("name", lines.file());
                task.text("before", null);
            }
            int code = line(task, search, lines, line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
            if (code >= 0) {
                return code;
            }
        }
        return AGAIN;
    }

    private static Search prepare(Task task) {
        Search search = new Search();
        Flags flags = new Flags(
                task,
                "HhnlLoqvsriRwFEzm:A:B:C:e:f:xcayP",
                "color=color",
                "ignore-case=i",
                "invert-match=v",
                "count=c",
                "quiet=q",
                "line-number=n",
                "only-matching=o",
                "extended-regexp=E",
                "fixed-strings=F",
                "recursive=r",
                "max-count=m",
                "word-regexp=w",
                "line-regexp=x",
                "no-filename=h",
                "files-with-matches=l",
                "regexp=e",
                "colour=color",
                "line-buffered=lb",
                "include=in:");
        search.flags = flags;
        List<String> texts = new ArrayList<>(flags.values("e"));
        List<String> rest = new ArrayList<>(flags.rest());
        try {
            for (String file : flags.values("f")) {
                texts.addAll(List.of(Text.of(task.files().read(file)).split("\n")));
            }
        } catch (FsError e) {
            task.err("grep: " + flags.value("f") + ": " + e.getMessage() + "\n");
            throw new dev.kubejar.kubelet.shell.Exit(2);
        }
        if (texts.isEmpty() && !flags.has("f")) {
            if (rest.isEmpty()) {
                Usage.show(task);
                throw new dev.kubejar.kubelet.shell.Exit(2);
            }
            texts.addAll(List.of(rest.remove(0).split("\n", -1)));
        }
        boolean extended = flags.has("E") || flags.has("P") || task.name().equals("egrep");
        boolean literal = flags.has("F") || task.name().equals("fgrep");
        boolean ignoreCase = flags.has("i") || flags.has("y");
        for (String text : texts) {
            search.patterns.add(pattern(task, text, extended, literal, ignoreCase));
        }
        boolean recursive = flags.has("r") || flags.has("R");
        if (recursive) {
            for (String file : rest.isEmpty() ? List.of(".") : rest) {
                gather(task, file, rest.isEmpty(), flags.value("in"), search.files, 0);
            }
            if (search.files.isEmpty()) {
                search.files.add("/dev/null");
            }
        } else {
            search.files.addAll(rest);
        }
        search.names = flags.has("H") || !flags.has("h") && (rest.size() > 1 || recursive);
        search.most = flags.has("m") ? Text.number(flags.value("m"), Long.MAX_VALUE) : Long.MAX_VALUE;
        int context = (int) Text.number(flags.value("C", "0"), 0);
        search.before = (int) Text.number(flags.value("B", Integer.toString(context)), 0);
        search.after = (int) Text.number(flags.value("A", Integer.toString(context)), 0);
        return search;
    }

    private static Regex pattern(Task task, String text, boolean extended, boolean literal, boolean ignoreCase) {
        try {
            return literal
                    ? Regex.literal(text, ignoreCase)
                    : extended ? Regex.extended(text, ignoreCase) : Regex.basic(text, ignoreCase);
        } catch (IllegalArgumentException e) {
            task.err("grep: bad regex '" + text + "': " + e.getMessage() + "\n");
            throw new dev.kubejar.kubelet.shell.Exit(2);
        }
    }

    private static void gather(Task task, String path, boolean bare, String include, List<String> files, int depth) {
        try {
            if (!task.files().at(path).node().isDirectory()) {
                if (include == null
                        || dev.kubejar.kubelet.shell.Pattern.matches(
                                include, path.substring(path.lastIndexOf('/') + 1))) {
                    files.add(path);
                }
                return;
            }
            for (String name : task.files()
                    .files()
                    .list(task.files().at(path), task.files().who())) {
                task.charge(1);
                if (depth < 64) {
                    gather(task, bare && depth == 0 ? name : path + "/" + name, bare, include, files, depth + 1);
                }
            }
        } catch (FsError e) {
            task.err("grep: " + path + ": " + e.getMessage() + "\n");
        }
    }

    /** One line; a number where the search is over. */
    private static int line(Task task, Search search, Lines lines, String line) {
        Flags flags = search.flags;
        task.number("line", task.number("line") + 1);
        Regex.Found found = match(search, line, 0);
        boolean hit = (found != null) != flags.has("v");
        String prefix =
                (search.names ? lines.file() + "SEP" : "") + (flags.has("n") ? task.number("line") + "SEP" : "");
        if (!hit) {
            context(task, search, line, prefix);
            return -1;
        }
        task.number("found", 1);
        task.number("count", task.number("count") + 1);
        if (flags.has("q")) {
            return 0;
        }
        if (flags.has("l") || flags.has("L")) {
            if (flags.has("l")) {
                task.out(lines.file().equals("-") ? "(standard input)\n" : lines.file() + "\n");
            }
            lines.skip();
        } else if (!flags.has("c")) {
            show(task, search, line, found, prefix);
        }
        if (task.number("count") >= search.most) {
            if (search.files.size() < 2) {
                summary(task, search, lines);
                return 0;
            }
            lines.skip();
        }
        return -1;
    }

    private static void context(Task task, Search search, String line, String prefix) {
        if (task.number("after") > 0) {
            task.number("after", task.number("after") - 1);
            task.out(prefix.replace("SEP", "-") + line + "\n");
            task.number("last", task.number("line"));
        } else if (search.before > 0) {
            String kept =
                    (task.text("before") == null ? "" : task.text("before")) + prefix.replace("SEP", "-") + line + "\n";
            task.text("before", kept.substring(Head.lineStart(kept, search.before)));
        }
    }

    private static void show(Task task, Search search, String line, Regex.Found found, String prefix) {
        String head = prefix.replace("SEP", ":");
        if (search.flags.has("o")) {
            if (!search.flags.has("v")) {
                only(task, search, line, found, head);
            }
            return;
        }
        if (search.before + search.after > 0) {
            String kept = task.text("before") == null ? "" : task.text("before");
            long first =
                    task.number("line") - kept.chars().filter(c -> c == '\n').count();
            if (task.number("last") > 0 && first > task.number("last") + 1) {
                task.out("--\n");
            }
            task.out(kept);
            task.text("before", null);
            task.number("last", task.number("line"));
            task.number("after", search.after);
        }
        task.out(head + line + "\n");
    }

    private static void only(Task task, Search search, String line, Regex.Found first, String head) {
        Regex.Found found = first;
        while (found != null) {
            if (found.end() > found.begin()) {
                task.out(head + line.substring(found.begin(), found.end()) + "\n");
            }
            found = match(search, line, Math.max(found.end(), found.begin() + 1));
        }
    }

    private static Regex.Found match(Search search, String line, int from) {
        Regex.Found best = null;
        for (Regex each : search.patterns) {
            Regex.Found found = each.find(line, from);
            while (found != null && !fits(search.flags, line, found)) {
                found = each.find(line, found.begin() + 1);
            }
            if (found != null && (best == null || found.begin() < best.begin())) {
                best = found;
            }
        }
        return best;
    }

    private static boolean fits(Flags flags, String line, Regex.Found found) {
        if (flags.has("x")) {
            return found.begin() == 0 && found.end() == line.length();
        }
        if (flags.has("w")) {
            return (found.begin() == 0 || !isWord(line.charAt(found.begin() - 1)))
                    && (found.end() == line.length() || !isWord(line.charAt(found.end())));
        }
        return true;
    }

    private static boolean isWord(char c) {
        return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static void summary(Task task, Search search, Lines lines) {
        if (search.flags.has("L") && task.number("count") == 0 && task.text("name") != null) {
            task.out(task.text("name") + "\n");
        }
        if (search.flags.has("c")) {
            String name = task.text("name") == null ? lines.file() : task.text("name");
            task.out((search.names ? name + ":" : "") + task.number("count") + "\n");
        }
    }
}
