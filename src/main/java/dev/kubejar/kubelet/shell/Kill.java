package dev.kubejar.kubelet.shell;

import java.util.List;

/** The command kill, as a builtin and as a program. */
public final class Kill {
    private Kill() {}

    static int run(List<String> args, Process process, String who, StringBuilder out) {
        int i = 1;
        Signal signal = Signal.TERM;
        if (args.size() > 1 && args.get(1).startsWith("-") && args.get(1).length() > 1) {
            String option = args.get(1).substring(1);
            i = 2;
            if (option.startsWith("l")) {
                return list(args, out);
            }
            if (option.equals("s") || option.equals("n")) {
                option = args.size() > 2 ? args.get(2) : "";
                i = 3;
            }
            signal = option.equals("-") ? Signal.TERM : Signal.of(option);
            if (signal == null && !option.equals("0")) {
                process.complain(who + ": bad signal name '" + option + "'\n");
                return 1;
            }
        }
        if (i < args.size() && args.get(i).equals("--")) {
            i++;
        }
        if (i >= args.size()) {
            process.complain(who + ": you need to specify whom to kill\n");
            return 1;
        }
        int failed = 0;
        for (; i < args.size(); i++) {
            failed |= one(args.get(i), signal, process, who);
        }
        return failed;
    }

    private static int one(String target, Signal signal, Process process, String who) {
        long pid = Text.number(target, Long.MIN_VALUE);
        if (pid == Long.MIN_VALUE) {
            process.complain(who + ": invalid number '" + target + "'\n");
            return 1;
        }
        if (pid == -1) {
            for (Process each : List.copyOf(process.machine.processes.values())) {
                if (each != process && each.pid != 1 && signal != null) {
                    process.machine.deliver(each, signal, true);
                }
            }
            return 0;
        }
        Process found = process.machine.processes.get((int) Math.abs(pid));
        if (found == null) {
            process.complain(who + ": can't kill pid " + pid + ": No such process\n");
            return 1;
        }
        if (process.user.uid() != 0 && process.user.uid() != found.user.uid()) {
            process.complain(who + ": can't kill pid " + pid + ": Operation not permitted\n");
            return 1;
        }
        if (signal != null) {
            process.machine.deliver(found, signal, true);
        }
        return 0;
    }

    private static int list(List<String> args, StringBuilder out) {
        if (args.size() > 2) {
            Signal signal = Signal.of(Integer.toString((int) Text.number(args.get(2), 0) & 0x7F));
            Signal named = Signal.of(args.get(2));
            out.append(signal != null ? signal.name() : named != null ? Integer.toString(named.number()) : args.get(2))
                    .append('\n');
            return 0;
        }
        for (Signal each : Signal.values()) {
            out.append(each.number() < 10 ? " " : "")
                    .append(each.number())
                    .append(") ")
                    .append(each.name())
                    .append('\n');
        }
        return 0;
    }
}
