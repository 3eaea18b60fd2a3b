package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Inode;
import dev.kubejar.kubelet.fs.Location;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Pattern;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;

/** find: tests, -print, -delete, and -exec, whose commands run one after the other once all files have been found. */
public final class Find implements Applet {
    private static final int MAX_DEPTH = 128;
    private static final long SECOND = 1_000_000_000L;

    private int at;

    @Override
    public int run(Task task) {
        if (task.number("walked") == 0) {
            task.number("walked", 1);
            walk(task);
        }
        return commands(task);
    }

    /** Runs the commands that are due; they wait in memory, words parted by NUL, commands by two. */
    private static int commands(Task task) {
        if (task.number("child") > 0) {
            int code = task.ended((int) task.number("child"));
            if (code < 0) {
                return task.awaitChild((int) task.number("child"), Long.MAX_VALUE);
            }
            task.number("child", 0);
        }
        String due = task.text("due");
        if (due == null || due.isEmpty()) {
            return (int) task.number("code");
        }
        int end = due.indexOf("\0\0");
        task.text("due", due.substring(end + 2));
        int child = task.spawn(List.of(due.substring(0, end).split("\0")));
        task.number("child", Math.max(0, child));
        return child < 0 ? AGAIN : task.awaitChild(child, Long.MAX_VALUE);
    }

    private void walk(Task task) {
        List<String> args = task.args();
        List<String> paths = new ArrayList<>();
        int i = 0;
        while (i < args.size()
                && !args.get(i).startsWith("-")
                && !args.get(i).equals("(")
                && !args.get(i).equals("!")) {
            paths.add(args.get(i++));
        }
        List<String> tests = args.subList(i, args.size());
        Walk walk = new Walk(task, tests);
        for (String path : paths.isEmpty() ? List.of(".") : paths) {
            try {
                walk.visit(path, task.files().link(path), 0);
            } catch (FsError e) {
                task.err("find: " + path + ": " + e.getMessage() + "\n");
                task.number("code", 1);
            }
        }
        walk.finish();
    }

    /** One walk with its tests. */
    private final class Walk {
        private final Task task;
        private final List<String> words;
        private final List<String> gathered = new ArrayList<>();
        private int gatheredFrom = -1;
        private long least;
        private long most = Long.MAX_VALUE;
        private final boolean acts;
        private boolean depthFirst;
        private boolean pruned;

        Walk(Task task, List<String> words) {
            this.task = task;
            this.words = words;
            boolean found = false;
            for (int i = 0; i < words.size(); i++) {
                found |= List.of("-print", "-print0", "-exec", "-delete", "-ok", "-quit")
                        .contains(words.get(i));
                depthFirst |= words.get(i).equals("-depth") || words.get(i).equals("-delete");
                if (words.get(i).equals("-maxdepth") && i + 1 < words.size()) {
                    most = Text.number(words.get(i + 1), most);
                } else if (words.get(i).equals("-mindepth") && i + 1 < words.size()) {
                    least = Text.number(words.get(i + 1), 0);
                }
            }
            this.acts = found;
        }

        void visit(String path, Location place, int depth) throws FsError {
            task.charge(2);
            pruned = false;
            if (!depthFirst && depth >= least) {
                test(path, place);
            }
            boolean enter = place.node().isDirectory() && depth < most && depth < MAX_DEPTH && !pruned;
            if (enter) {
                for (String name : task.files().files().list(place, task.files().who())) {
                    String inner = path.endsWith("/") ? path + name : path + "/" + name;
                    try {
                        visit(inner, task.files().link(inner), depth + 1);
                    } catch (FsError e) {
                        task.err("find: " + inner + ": " + e.getMessage() + "\n");
                        task.number("code", 1);
                    }
                }
            }
            if (depthFirst && depth >= least) {
                test(path, place);
            }
        }

        private void test(String path, Location place) {
            at = 0;
            boolean holds = or(path, place, true);
            if (at < words.size()) {
                throw new IllegalArgumentException("unrecognized: " + words.get(at));
            }
            if (holds && !acts) {
                task.out(path + "\n");
            }
        }

        private boolean or(String path, Location place, boolean live) {
            boolean value = and(path, place, live);
            while (at < words.size()
                    && (words.get(at).equals("-o") || words.get(at).equals("-or"))) {
                at++;
                boolean right = and(path, place, live && !value);
                value = value || right;
            }
            return value;
        }

        private boolean and(String path, Location place, boolean live) {
            boolean value = true;
            while (at < words.size()
                    && !words.get(at).equals("-o")
                    && !words.get(at).equals("-or")
                    && !words.get(at).equals(")")) {
                if (words.get(at).equals("-a") || words.get(at).equals("-and")) {
                    at++;
                    continue;
                }
                boolean right = not(path, place, live && value);
                value = value && right;
            }
            return value;
        }

        private boolean not(String path, Location place, boolean live) {
            String word = words.get(at++);
            if (word.equals("!") || word.equals("-not")) {
                return !not(path, place, live);
            }
            if (word.equals("(")) {
                boolean value = or(path, place, live);
                at++;
                return value;
            }
            return primary(word, path, place, live);
        }

        private String argument(String test) {
            if (at >= words.size()) {
                throw new IllegalArgumentException(test + ": missing argument");
            }
            return words.get(at++);
        }

        private boolean primary(String test, String path, Location place, boolean live) {
            Inode node = place.node();
            String name = path.equals("/") ? "/" : path.substring(path.lastIndexOf('/') + 1);
            switch (test) {
                case "-name":
                    return Pattern.matches(argument(test), name);
                case "-iname":
                    return Pattern.matches(
                            argument(test).toLowerCase(java.util.Locale.ROOT), name.toLowerCase(java.util.Locale.ROOT));
                case "-path":
                    return Pattern.matches(argument(test), path);
                case "-type":
                    String letter = argument(test);
                    return letter.equals("f") ? node.isFile() : letter.charAt(0) == node.type().letter;
                case "-size":
                    return size(argument(test), node);
                case "-empty":
                    return node.isDirectory()
                            ? !place.volume().names(place.id()).iterator().hasNext()
                            : node.isFile() && node.size() == 0;
                case "-mtime":
                    return compare(argument(test), (task.now() - node.mtime()) / SECOND / 86400);
                case "-mmin":
                    return compare(argument(test), (task.now() - node.mtime()) / SECOND / 60);
                case "-newer":
                    return newer(argument(test), node);
                case "-user":
                    return Users.uid(task, argument(test)) == node.uid();
                case "-group":
                    return Users.gid(task, argument(test)) == node.gid();
                case "-perm":
                    String bits = argument(test);
                    int wanted = Integer.parseInt(bits.replaceFirst("^[-/+]", ""), 8);
                    return bits.startsWith("-")
                            ? (node.mode() & wanted) == wanted
                            : bits.startsWith("/") || bits.startsWith("+")
                                    ? (node.mode() & wanted) != 0
                                    : node.mode() == wanted;
                case "-maxdepth", "-mindepth":
                    argument(test);
                    return true;
                case "-depth", "-xdev", "-mount", "-follow", "-true", "-noleaf":
                    return true;
                case "-prune":
                    pruned |= live;
                    return true;
                default:
                    return action(test, path, live);
            }
        }

        private boolean action(String test, String path, boolean live) {
            switch (test) {
                case "-print", "-print0":
                    if (live) {
                        task.out(path + (test.equals("-print") ? "\n" : "\0"));
                    }
                    return true;
                case "-delete":
                    return !live || path.equals(".") || Removal.remove(task, path, true, false, 0);
                case "-exec", "-ok":
                    return exec(path, live);
                default:
                    throw new IllegalArgumentException("unrecognized: " + test);
            }
        }

        private boolean exec(String path, boolean live) {
            int begin = at;
            while (at < words.size()
                    && !words.get(at).equals(";")
                    && !(words.get(at).equals("+") && words.get(at - 1).equals("{}"))) {
                at++;
            }
            if (at >= words.size()) {
                throw new IllegalArgumentException("-exec: missing argument");
            }
            boolean together = words.get(at++).equals("+");
            if (!live) {
                return false;
            }
            if (together) {
                gatheredFrom = begin;
                gathered.add(path);
            } else {
                List<String> command = new ArrayList<>();
                for (String word : words.subList(begin, at - 1)) {
                    command.add(word.replace("{}", path));
                }
                due(command);
            }
            return true;
        }

        private void due(List<String> command) {
            task.text("due", (task.text("due") == null ? "" : task.text("due")) + String.join("\0", command) + "\0\0");
        }

        void finish() {
            if (gatheredFrom < 0) {
                return;
            }
            List<String> command = new ArrayList<>();
            for (int i = gatheredFrom; !words.get(i).equals("{}"); i++) {
                command.add(words.get(i));
            }
            command.addAll(gathered);
            due(command);
        }

        private boolean newer(String file, Inode node) {
            try {
                return node.mtime() > task.files().at(file).node().mtime();
            } catch (FsError e) {
                throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
            }
        }

        private boolean size(String text, Inode node) {
            boolean unit = !Character.isDigit(text.charAt(text.length() - 1));
            String plain = text.replaceFirst("^[-+]", "");
            long size = unit ? Sizes.parse(plain) : Text.number(plain, 0) * 512;
            long one = unit ? Math.max(1, Sizes.parse("1" + text.charAt(text.length() - 1))) : 512;
            long units = (node.size() + one - 1) / one;
            return compare((text.startsWith("+") ? "+" : text.startsWith("-") ? "-" : "") + size / one, units);
        }

        private boolean compare(String text, long value) {
            long wanted = Text.number(text.replaceFirst("^[-+]", ""), 0);
            return text.startsWith("+") ? value > wanted : text.startsWith("-") ? value < wanted : value == wanted;
        }
    }
}
