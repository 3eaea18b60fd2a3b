package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Signal;
import dev.kubejar.kubelet.shell.Task;
import java.util.ArrayList;
import java.util.List;

/** ps, top, pidof, pgrep, kill, killall and pkill. */
public final class Processes implements Applet {
    @Override
    public int run(Task task) {
        return switch (task.name()) {
            case "ps" -> ps(task);
            case "top" -> top(task);
            case "kill" -> task.kill();
            case "pidof" -> pidof(task);
            case "pgrep" -> pgrep(task);
            default -> killByName(task);
        };
    }

    private static String command(Task.Listed process) {
        return process.zombie() ? "[" + base(process) + "]" : String.join(" ", process.argv());
    }

    private static String base(Task.Listed process) {
        String name = process.argv().isEmpty() ? "?" : process.argv().get(0);
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static int ps(Task task) {
        List<String> columns = new ArrayList<>(List.of("pid", "user", "time", "args"));
        for (int i = 0; i < task.args().size(); i++) {
            if (task.args().get(i).equals("-o") && i + 1 < task.args().size()) {
                columns = List.of(task.args().get(i + 1).split(","));
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            out.append(i > 0 ? " " : "").append(cell(columns.get(i), title(columns.get(i)), i == columns.size() - 1));
        }
        out.append('\n');
        for (Task.Listed process : task.processes()) {
            for (int i = 0; i < columns.size(); i++) {
                out.append(i > 0 ? " " : "");
                out.append(cell(columns.get(i), value(task, columns.get(i), process), i == columns.size() - 1));
            }
            out.append('\n');
        }
        task.out(out.toString());
        return 0;
    }

    private static String title(String column) {
        return switch (column) {
            case "args", "comm" -> "COMMAND";
            case "stat" -> "STAT";
            default -> column.toUpperCase(java.util.Locale.ROOT);
        };
    }

    private static String cell(String column, String text, boolean last) {
        return switch (column) {
            case "pid", "ppid" -> text.equals(title(column)) ? left(text, 5) : right(text, 5);
            case "user" -> left(text, 8);
            case "time" -> left(text, 5);
            case "comm" -> last ? text : left(text, 16);
            case "stat" -> left(text, 4);
            default -> text;
        };
    }

    private static String value(Task task, String column, Task.Listed process) {
        return switch (column) {
            case "pid" -> Integer.toString(process.pid());
            case "user" -> Users.name(task, process.uid());
            case "time" -> " 0:00";
            case "args" -> command(process);
            case "comm" -> base(process);
            case "stat" -> process.zombie() ? "Z" : process.pid() == task.pid() ? "R" : "S";
            default -> "0";
        };
    }

    private static int top(Task task) {
        long memory = task.host().memory() / 1024;
        long used = memory / 8;
        StringBuilder out = new StringBuilder(
                "Mem: " + used + "K used, " + (memory - used) + "K free, 0K shrd, 0K buff, 0K cached\n"
                        + "CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq\nLoad average: 0.00 0.00 0.00 1/"
                        + task.processes().size() + " " + task.pid()
                        + "\n  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\n");
        for (Task.Listed process : task.processes()) {
            out.append(right(Integer.toString(process.pid()), 5))
                    .append("     0 ")
                    .append(left(Users.name(task, process.uid()), 8));
            out.append(' ')
                    .append(process.pid() == task.pid() ? "R" : "S")
                    .append("     4404   0%   0   0% ")
                    .append(command(process))
                    .append('\n');
        }
        task.out(out.toString());
        boolean once = task.args().stream().anyMatch(a -> a.contains("n"));
        return once ? 0 : task.sleep(task.now() + 5_000_000_000L);
    }

    private static int pidof(Task task) {
        List<String> found = new ArrayList<>();
        for (Task.Listed process : task.processes()) {
            if (!process.zombie() && task.args().contains(base(process))) {
                found.add(0, Integer.toString(process.pid()));
            }
        }
        task.out(found.isEmpty() ? "" : String.join(" ", found) + "\n");
        return found.isEmpty() ? 1 : 0;
    }

    private static int pgrep(Task task) {
        Flags flags = new Flags(task, "vlafxnos:P:");
        boolean any = false;
        for (Task.Listed process : task.processes()) {
            if (matches(task, flags, process)) {
                any = true;
                task.out(process.pid()
                        + (flags.has("l") ? " " + base(process) : flags.has("a") ? " " + command(process) : "") + "\n");
            }
        }
        return any ? 0 : 1;
    }

    private static boolean matches(Task task, Flags flags, Task.Listed process) {
        if (process.pid() == task.pid() || flags.rest().isEmpty() || process.zombie()) {
            return false;
        }
        String text = flags.has("f") ? command(process) : base(process);
        String wanted = flags.rest().get(0);
        boolean hit = flags.has("x")
                ? text.equals(wanted)
                : dev.kubejar.kubelet.shell.Regex.extended(wanted, false).find(text, 0) != null;
        return hit != flags.has("v");
    }

    private static int killByName(Task task) {
        List<String> args = new ArrayList<>(task.args());
        Signal signal = Signal.TERM;
        if (!args.isEmpty()
                && args.get(0).startsWith("-")
                && Signal.of(args.get(0).substring(1)) != null) {
            signal = Signal.of(args.remove(0).substring(1));
        }
        boolean exact = task.name().equals("killall");
        Flags flags = new Flags(task, args, "qlfxnosv");
        int status = flags.rest().isEmpty() ? 1 : 0;
        boolean any = false;
        for (String name : flags.rest()) {
            boolean one = false;
            for (Task.Listed process : task.processes()) {
                boolean hit = exact
                        ? base(process).equals(name) && process.pid() != task.pid() && !process.zombie()
                        : matches(task, flags, process);
                if (hit) {
                    one = true;
                    task.signal(process.pid(), signal);
                }
            }
            any |= one;
            if (!one && exact) {
                task.err(flags.has("q") ? "" : "killall: " + name + ": no process killed\n");
                status = 1;
            }
        }
        return exact ? status : any ? 0 : 1;
    }
}
