package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Lines;
import dev.kubejar.kubelet.shell.Regex;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;

/** sed. What it remembers between two lines: hold space, line number, open ranges, the line it has read ahead. */
public final class Sed implements Applet {
    private static final int MAX_STEPS = 100_000;

    /** What the arguments ask for. */
    private record Job(Flags flags, SedScript script, List<String> files, boolean inPlace) {}

    /** The pattern space while one cycle lasts. */
    private static final class Cycle {
        String space;
        boolean replaced;
        boolean deleted;
        boolean quit;
        int code;
        StringBuilder out = new StringBuilder();
        StringBuilder after = new StringBuilder();
    }

    @Override
    public int run(Task task) {
        Job job = task.scratch() instanceof Job known ? known : prepare(task);
        task.scratch(job);
        Lines lines = task.lines(job.files);
        while (!task.tired()) {
            // one line is read ahead, so that $ is known
            if (task.text("next") == null && task.number("ended") == 0) {
                String line = lines.next(Lines.Complaint.NAME);
                if (line == null && lines.waiting()) {
                    return lines.await();
                }
                if (line == null) {
                    task.number("ended", 1);
                } else {
                    task.text("next", line);
                    task.text("nextFile", lines.file());
                }
            }
            if (task.text("current") == null) {
                if (task.text("next") == null) {
                    finishFile(task, job);
                    return lines.failed() ? 1 : 0;
                }
                advance(task, job);
                continue;
            }
            int code = cycle(task, job);
            if (code >= 0) {
                return code;
            }
        }
        return AGAIN;
    }

    private static Job prepare(Task task) {
        Flags flags = new Flags(
                task,
                "i::nrEe:f:sz",
                "quiet=n",
                "silent=n",
                "expression=e",
                "file=f",
                "regexp-extended=E",
                "in-place=i");
        List<String> rest = new ArrayList<>(flags.rest());
        List<String> scripts = new ArrayList<>(flags.values("e"));
        try {
            for (String file : flags.values("f")) {
                scripts.add(Text.of(task.files().read(file)));
            }
        } catch (FsError e) {
            throw new IllegalArgumentException(flags.value("f") + ": " + e.getMessage());
        }
        if (scripts.isEmpty()) {
            if (rest.isEmpty()) {
                throw Usage.stop(task);
            }
            scripts.add(rest.remove(0));
        }
        SedScript script = new SedScript(String.join("\n", scripts), flags.has("r") || flags.has("E"));
        return new Job(flags, script, rest, flags.has("i"));
    }

    /** Makes the line that was read ahead the present one. */
    private static void advance(Task task, Job job) {
        if (job.inPlace && !task.text("nextFile").equals(task.text("file"))) {
            finishFile(task, job);
            task.number("line", 0);
        }
        task.text("file", task.text("nextFile"));
        task.text("current", task.text("next"));
        task.text("next", null);
        task.number("line", task.number("line") + 1);
    }

    private static void finishFile(Task task, Job job) {
        if (job.inPlace && task.text("file") != null) {
            try {
                String file = task.text("file");
                if (!job.flags.value("i").isEmpty()) {
                    task.files().write(file + job.flags.value("i"), task.files().read(file), false);
                }
                task.files().write(file, Text.bytes(task.text("output") == null ? "" : task.text("output")), false);
            } catch (FsError e) {
                task.err("sed: " + task.text("file") + ": " + e.getMessage() + "\n");
            }
            task.text("output", null);
        }
    }

    private int cycle(Task task, Job job) {
        Cycle cycle = new Cycle();
        String line = task.text("current");
        boolean newline = line.endsWith("\n");
        String kept = task.text("carried");
        cycle.space = (kept == null ? "" : kept) + (newline ? line.substring(0, line.length() - 1) : line);
        task.text("carried", null);
        int resume = (int) task.number("resume");
        task.number("resume", 0);
        int next = commands(task, job, cycle, resume);
        boolean prints = !cycle.deleted && !job.flags.has("n");
        if (next < 0 && prints) {
            cycle.out.append(cycle.space).append(newline ? "\n" : "");
        }
        emit(task, job, cycle.out.append(cycle.after).toString());
        task.text("current", null);
        if (next >= 0) {
            // N and n go on with the next line at this command
            task.number("resume", next);
        }
        if (cycle.quit) {
            finishFile(task, job);
            return cycle.code;
        }
        return -1;
    }

    private static void emit(Task task, Job job, String text) {
        if (job.inPlace) {
            task.text("output", (task.text("output") == null ? "" : task.text("output")) + text);
        } else {
            task.out(text);
        }
    }

    /** Runs the commands from one on; where it needs a further line, the command to go on with, else -1. */
    private int commands(Task task, Job job, Cycle cycle, int from) {
        List<SedScript.Command> all = job.script.commands;
        int steps = 0;
        for (int i = from; i < all.size(); i++) {
            task.charge(1);
            if (++steps > MAX_STEPS) {
                throw new IllegalArgumentException("endless loop");
            }
            SedScript.Command command = all.get(i);
            boolean chosen = selects(task, command, i, cycle) != command.negated;
            if (!chosen) {
                i = command.name == '{' ? command.target : i;
                continue;
            }
            boolean last = task.text("next") == null;
            if (command.name == 'n' || command.name == 'N') {
                if (last) {
                    cycle.quit = true;
                    return -1;
                }
                if (command.name == 'n') {
                    if (!job.flags.has("n")) {
                        cycle.out.append(cycle.space).append('\n');
                    }
                } else {
                    task.text("carried", cycle.space + "\n");
                }
                cycle.deleted = true;
                return i + 1;
            }
            if ("btT".indexOf(command.name) >= 0) {
                if (command.name == 'b' || cycle.replaced == (command.name == 't')) {
                    i = command.target - 1;
                }
                cycle.replaced = command.name == 'b' && cycle.replaced;
                continue;
            }
            apply(task, command, cycle, last);
            if (cycle.deleted || cycle.quit) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean selects(Task task, SedScript.Command command, int index, Cycle cycle) {
        if (command.from == null) {
            return true;
        }
        String range = "range" + index;
        if (command.to == null && command.more < 0) {
            return fits(task, command.from, cycle);
        }
        long line = task.number("line");
        if (task.number(range) == 0) {
            if (!fits(task, command.from, cycle)) {
                return false;
            }
            boolean single =
                    command.more == 0 || command.to != null && command.to.line() > 0 && command.to.line() <= line;
            task.number(range, single ? 0 : command.more > 0 ? line + command.more : -1);
            return true;
        }
        long end = task.number(range);
        boolean over = end > 0
                ? line >= end
                : command.to.line() > 0 ? line >= command.to.line() : fits(task, command.to, cycle);
        if (over) {
            task.number(range, 0);
        }
        return end > 0 || command.to.line() <= 0 || line <= command.to.line();
    }

    private static boolean fits(Task task, SedScript.Address address, Cycle cycle) {
        if (address.pattern() != null) {
            return address.pattern().find(cycle.space, 0) != null;
        }
        long line = task.number("line");
        if (address.step() > 0) {
            return line >= address.line() && (line - address.line()) % address.step() == 0;
        }
        return address.line() == -1 ? task.text("next") == null : address.line() == line;
    }

    private static void apply(Task task, SedScript.Command command, Cycle cycle, boolean last) {
        String hold = task.text("hold") == null ? "" : task.text("hold");
        switch (command.name) {
            case 's' -> substitute(task, command, cycle);
            case 'y' -> {
                StringBuilder out = new StringBuilder();
                for (char c : cycle.space.toCharArray()) {
                    int place = command.text.indexOf(c);
                    out.append(place < 0 ? c : command.replacement.charAt(place));
                }
                cycle.space = out.toString();
            }
            case 'p' -> cycle.out.append(cycle.space).append('\n');
            case 'P' -> cycle.out.append(cycle.space.split("\n", 2)[0]).append('\n');
            case 'd' -> cycle.deleted = true;
            case 'D' -> {
                int end = cycle.space.indexOf('\n');
                cycle.deleted = true;
                if (end >= 0 && task.text("next") != null) {
                    task.text("carried", cycle.space.substring(end + 1) + "\n");
                }
            }
            case 'a' -> cycle.after.append(command.text);
            case 'i' -> cycle.out.append(command.text);
            case 'c' -> {
                boolean middle = command.to != null && !last && task.number("range" + 0) != 0;
                cycle.out.append(middle ? "" : command.text);
                cycle.deleted = true;
            }
            case '=' -> cycle.out.append(task.number("line")).append('\n');
            case 'g' -> cycle.space = hold;
            case 'G' -> cycle.space = cycle.space + "\n" + hold;
            case 'h' -> task.text("hold", cycle.space);
            case 'H' -> task.text("hold", hold + "\n" + cycle.space);
            case 'x' -> {
                task.text("hold", cycle.space);
                cycle.space = hold;
            }
            case 'l' ->
                cycle.out
                        .append(cycle.space.replace("\\", "\\\\").replace("\t", "\\t"))
                        .append("$\n");
            case 'q', 'Q' -> {
                cycle.quit = true;
                cycle.deleted = command.name == 'Q';
                cycle.code = command.which;
            }
            case 'r' -> {
                try {
                    cycle.after.append(Text.of(task.files().read(command.file)));
                } catch (FsError e) {
                    return;
                }
            }
            case 'w' -> write(task, command.file, cycle.space + "\n");
            default -> {}
        }
    }

    private static void write(Task task, String file, String text) {
        if (file.equals("/dev/stdout")) {
            task.out(text);
            return;
        }
        try {
            task.files().write(file, Text.bytes(text), task.number("wrote" + file) == 1);
            task.number("wrote" + file, 1);
        } catch (FsError e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage());
        }
    }

    private static void substitute(Task task, SedScript.Command command, Cycle cycle) {
        String text = cycle.space;
        StringBuilder out = new StringBuilder();
        int at = 0;
        int count = 0;
        boolean changed = false;
        while (at <= text.length()) {
            Regex.Found found = command.pattern.find(text, at);
            if (found == null) {
                break;
            }
            count++;
            boolean now = count == command.which || command.global && count >= command.which;
            out.append(text, at, found.begin());
            out.append(
                    now ? replacement(command.replacement, text, found) : text.substring(found.begin(), found.end()));
            changed |= now;
            at = found.end();
            if (found.end() == found.begin()) {
                if (at < text.length()) {
                    out.append(text.charAt(at));
                }
                at++;
            }
            if (now && !command.global) {
                break;
            }
        }
        if (!changed) {
            return;
        }
        out.append(text, Math.min(at, text.length()), text.length());
        cycle.space = out.toString();
        cycle.replaced = true;
        if (command.prints) {
            cycle.out.append(cycle.space).append('\n');
        }
        if (command.file != null) {
            write(task, command.file, cycle.space + "\n");
        }
    }

    private static String replacement(String template, String text, Regex.Found found) {
        StringBuilder out = new StringBuilder();
        char mode = 'E';
        boolean once = false;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            String piece = String.valueOf(c);
            if (c == '&') {
                piece = found.group(text, 0);
            } else if (c == '\\' && i + 1 < template.length()) {
                char next = template.charAt(++i);
                if ("ULEul".indexOf(next) >= 0) {
                    once = next == 'u' || next == 'l';
                    mode = Character.toUpperCase(next);
                    continue;
                }
                piece = Character.isDigit(next)
                        ? found.group(text, next - '0')
                        : next == 'n' ? "\n" : next == 't' ? "\t" : String.valueOf(next);
            }
            if (mode != 'E' && !piece.isEmpty()) {
                String head = once ? piece.substring(0, 1) : piece;
                head = mode == 'U' ? head.toUpperCase(java.util.Locale.ROOT) : head.toLowerCase(java.util.Locale.ROOT);
                piece = once ? head + piece.substring(1) : head;
                mode = once ? 'E' : mode;
            }
            out.append(piece);
        }
        return out.toString();
    }
}
