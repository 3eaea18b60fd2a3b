package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Escapes;
import dev.kubejar.kubelet.shell.Lines;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** awk: a record at a time. Between two records its variables and arrays are kept in the task's memory. */
public final class Awk implements Applet {
    private AwkMachine machine;
    private AwkParser program;
    private List<String> files;

    @Override
    public int run(Task task) {
        if (task.scratch() instanceof Awk known) {
            machine = known.machine;
            program = known.program;
            files = known.files;
        } else {
            prepare(task);
            task.scratch(this);
        }
        try {
            return records(task);
        } catch (AwkMachine.Leave leave) {
            if (leave.kind.equals("exit")) {
                return exit(task, leave);
            }
            throw new IllegalArgumentException("'" + leave.kind + "' in a place where it means nothing");
        }
    }

    private int exit(Task task, AwkMachine.Leave leave) {
        int code = leave.value == null ? (int) task.number("code") : (int) AwkValue.number(leave.value);
        if (task.number("ending") == 0) {
            task.number("ending", 1);
            task.number("code", code);
            try {
                program.end.forEach(machine::run);
            } catch (AwkMachine.Leave again) {
                code = again.value == null ? code : (int) AwkValue.number(again.value);
            }
        }
        return code & 0xFF;
    }

    private void prepare(Task task) {
        Flags flags = new Flags(task, "+F:v:f:e:");
        List<String> rest = new ArrayList<>(flags.rest());
        StringBuilder text = new StringBuilder(String.join("\n", flags.values("e")));
        try {
            for (String file : flags.values("f")) {
                text.append(Text.of(task.files().read(file))).append('\n');
            }
        } catch (FsError e) {
            throw new IllegalArgumentException("can't open '" + flags.value("f") + "': " + e.getMessage(), e);
        }
        if (!flags.has("f") && !flags.has("e")) {
            if (rest.isEmpty()) {
                throw Usage.stop(task);
            }
            text.append(rest.remove(0));
        }
        program = new AwkParser(text.toString());
        machine = new AwkMachine(task, program);
        List<String> inputs = new ArrayList<>();
        if (flags.has("F")) {
            String separator = flags.value("F").equals("t")
                    ? "\t"
                    : Escapes.decode(flags.value("F"), true).text();
            machine.globals.put("FS", separator);
        }
        flags.values("v").forEach(this::assignment);
        machine.array("ARGV").put("0", "awk");
        for (String each : rest) {
            if (each.matches("[A-Za-z_][A-Za-z0-9_]*=.*")) {
                assignment(each);
            } else {
                inputs.add(each);
            }
            machine.array("ARGV").put(Integer.toString(machine.array("ARGV").size()), AwkValue.input(each));
        }
        machine.globals.put("ARGC", (double) machine.array("ARGV").size());
        task.env().forEach((name, value) -> machine.array("ENVIRON").put(name, AwkValue.input(value)));
        files = inputs;
        load(task);
    }

    private void assignment(String text) {
        int equals = text.indexOf('=');
        machine.globals.put(
                text.substring(0, equals),
                AwkValue.input(Escapes.decode(text.substring(equals + 1), true).text()));
    }

    private int records(Task task) {
        if (task.number("begun") == 0) {
            task.number("begun", 1);
            machine.record("");
            program.begin.forEach(machine::run);
        }
        if (program.rules.isEmpty() && program.end.isEmpty()) {
            return 0;
        }
        Lines lines = task.lines(files);
        while (!task.tired()) {
            String line = lines.next(Lines.Complaint.NAME);
            if (line == null) {
                if (lines.waiting()) {
                    save(task);
                    return lines.await();
                }
                String rest = task.text("paragraph");
                if (rest != null) {
                    task.text("paragraph", null);
                    record(task, rest.substring(0, rest.length() - 1));
                }
                throw new AwkMachine.Leave("exit", null);
            }
            if (task.number("file") != lines.index()) {
                task.number("file", lines.index());
                machine.globals.put("FNR", 0.0);
                machine.globals.put("FILENAME", lines.file().equals("-") ? "" : lines.file());
            }
            separate(task, line);
        }
        save(task);
        return AGAIN;
    }

    /** Lines are records, unless RS is empty: then paragraphs are, or another character: then what lies between two of it. */
    private void separate(Task task, String line) {
        String separator = AwkValue.text(machine.globals.get("RS"));
        String plain = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
        if (separator.equals("\n")) {
            record(task, plain);
        } else if (separator.isEmpty()) {
            String before = task.text("paragraph");
            if (!plain.isEmpty()) {
                task.text("paragraph", (before == null ? "" : before) + plain + "\n");
            } else if (before != null) {
                task.text("paragraph", null);
                record(task, before.substring(0, before.length() - 1));
            }
        } else {
            String all = (task.text("paragraph") == null ? "" : task.text("paragraph")) + line;
            int end = all.indexOf(separator);
            while (end >= 0) {
                record(task, all.substring(0, end));
                all = all.substring(end + separator.length());
                end = all.indexOf(separator);
            }
            task.text("paragraph", all.isEmpty() ? null : all);
        }
    }

    private void record(Task task, String text) {
        task.charge(5);
        machine.record(text);
        machine.globals.merge("NR", 1.0, (a, b) -> AwkValue.number(a) + 1);
        machine.globals.merge("FNR", 1.0, (a, b) -> AwkValue.number(a) + 1);
        try {
            for (int i = 0; i < program.rules.size(); i++) {
                AwkNode.Rule rule = program.rules.get(i);
                if (applies(task, rule, "range" + i)) {
                    machine.run(rule.action() == null ? new AwkNode.Print(false, List.of(), "", null) : rule.action());
                }
            }
        } catch (AwkMachine.Leave leave) {
            if (!leave.kind.equals("next")) {
                throw leave;
            }
        }
    }

    private boolean applies(Task task, AwkNode.Rule rule, String range) {
        if (rule.pattern() == null) {
            return true;
        }
        if (rule.end() == null) {
            return machine.holds(rule.pattern());
        }
        boolean inside = task.number(range) == 1 || machine.holds(rule.pattern());
        task.number(range, inside && !machine.holds(rule.end()) ? 1 : 0);
        return inside;
    }

    private void save(Task task) {
        task.texts().keySet().removeIf(key -> key.startsWith("@"));
        machine.globals.forEach((name, value) -> task.text("@" + name, kept(value)));
        machine.arrays.forEach(
                (name, array) -> array.forEach((key, value) -> task.text("@" + name + "[" + key, kept(value))));
    }

    private String kept(Object value) {
        String kind = value instanceof Double ? "n" : value instanceof AwkValue.Numeric ? "i" : "s";
        return kind + (value instanceof Double d ? Double.toString(d) : AwkValue.text(value));
    }

    private void load(Task task) {
        for (Map.Entry<String, String> each : new TreeMap<>(task.texts()).entrySet()) {
            if (!each.getKey().startsWith("@")) {
                continue;
            }
            String text = each.getValue().substring(1);
            Object value =
                    switch (each.getValue().charAt(0)) {
                        case 'n' -> Double.valueOf(text);
                        case 'i' -> AwkValue.input(text);
                        default -> text;
                    };
            int bracket = each.getKey().indexOf('[');
            if (bracket < 0) {
                machine.globals.put(each.getKey().substring(1), value);
            } else {
                machine.array(each.getKey().substring(1, bracket))
                        .put(each.getKey().substring(bracket + 1), value);
            }
        }
    }
}
