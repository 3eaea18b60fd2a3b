package dev.kubejar.kubelet.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builtins about processes and signals. */
final class JobBuiltins {
    private JobBuiltins() {}

    static int trap(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        List<String> rest = new ArrayList<>(args.subList(1, args.size()));
        if (!rest.isEmpty() && rest.get(0).equals("--")) {
            rest.remove(0);
        }
        if (rest.isEmpty() || rest.get(0).equals("-p")) {
            StringBuilder out = new StringBuilder();
            for (Map.Entry<String, String> each : shell.traps.entrySet()) {
                out.append("trap -- ")
                        .append(Text.quoted(each.getValue()))
                        .append(' ')
                        .append(each.getKey())
                        .append('\n');
            }
            return Builtins.print(interpreter, out.toString());
        }
        String action = null;
        if (rest.size() > 1 || name(rest.get(0)) == null) {
            action = rest.remove(0);
        }
        int status = 0;
        for (String each : rest) {
            String signal = name(each);
            if (signal == null) {
                shell.error(interpreter.process, each + ": invalid signal specification");
                status = 1;
            } else if (action == null || action.equals("-")) {
                shell.traps.remove(signal);
            } else {
                shell.traps.put(signal, action);
            }
        }
        return status;
    }

    private static String name(String text) {
        if (text.equals("0") || text.equalsIgnoreCase("EXIT")) {
            return "EXIT";
        }
        Signal signal = Signal.of(text);
        return signal == null ? null : signal.name();
    }

    static int await(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        Process process = interpreter.process;
        if (!shell.pending.isEmpty()) {
            return 128 + shell.pending.get(0).number();
        }
        shell.collect(process);
        if (args.size() == 1) {
            shell.remembered.clear();
            for (Process each : process.machine.processes.values()) {
                if (each.parent == process.pid) {
                    process.wait = Wait.child(0);
                    return Builtin.WAIT;
                }
            }
            return 0;
        }
        int status = 0;
        for (int i = Math.max(1, frame.status); i < args.size(); i++) {
            String text = args.get(i);
            int pid = text.startsWith("%") ? shell.background : (int) Text.number(text, -1);
            Integer known = shell.remembered.get(pid);
            if (known != null) {
                status = known;
                if (known > 128 && known <= 128 + 31) {
                    String obituary = Signal.of(Integer.toString(known - 128)).obituary();
                    process.complain(obituary.isEmpty() ? "" : obituary + "\n");
                    shell.remembered.remove(pid);
                }
                continue;
            }
            Process child = process.machine.processes.get(pid);
            if (child != null && child.parent == process.pid) {
                process.wait = Wait.child(pid);
                return Builtin.WAIT;
            }
            status = 127;
        }
        return status;
    }

    static int kill(Interpreter interpreter, Frame frame, List<String> args) {
        List<String> changed = new ArrayList<>(args);
        for (int i = 1; i < changed.size(); i++) {
            if (changed.get(i).startsWith("%")) {
                changed.set(i, Integer.toString(interpreter.shell.background));
            }
        }
        StringBuilder out = new StringBuilder();
        int status = Kill.run(changed, interpreter.process, "sh", out);
        Builtins.print(interpreter, out.toString());
        return interpreter.process.ended() ? Builtin.JUMPED : status;
    }

    static int times(Interpreter interpreter, Frame frame, List<String> args) {
        return Builtins.print(interpreter, "0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n");
    }

    static int ulimit(Interpreter interpreter, Frame frame, List<String> args) {
        if (args.size() > 2) {
            return 0;
        }
        if (args.size() < 2 || !args.get(1).equals("-a")) {
            boolean files = args.size() > 1 && args.get(1).equals("-n");
            return Builtins.print(interpreter, files ? "1048576\n" : "unlimited\n");
        }
        return Builtins.print(
                interpreter,
                "core file size (blocks)         (-c) unlimited\n"
                        + "data seg size (kb)              (-d) unlimited\n"
                        + "scheduling priority             (-e) 0\n"
                        + "file size (blocks)              (-f) unlimited\n"
                        + "pending signals                 (-i) 95932\n"
                        + "max locked memory (kb)          (-l) 8192\n"
                        + "max memory size (kb)            (-m) unlimited\n"
                        + "open files                      (-n) 1048576\n"
                        + "POSIX message queues (bytes)    (-q) 819200\n"
                        + "real-time priority              (-r) 0\n"
                        + "stack size (kb)                 (-s) 8192\n"
                        + "cpu time (seconds)              (-t) unlimited\n"
                        + "max user processes              (-u) unlimited\n"
                        + "virtual memory (kb)             (-v) unlimited\n"
                        + "file locks                      (-x) unlimited\n");
    }
}
