package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Signal;
import dev.kubejar.kubelet.shell.Task;
import java.util.List;

/** stress: takes as many CPUs and as much memory as it is told to, and is killed where that is more than the limit. */
public final class Stress implements Applet {
    @Override
    public int run(Task task) {
        if (task.number("started") == 0) {
            task.number("started", 1);
            long cpus = number(task, "cpu", "c", number(task, "cpus", "cpus", 0));
            long workers = number(task, "vm", "m", 0);
            task.number("cpu", cpus * 1000 + workers * 1000);
            task.number(
                    "memory",
                    workers * number(task, "vm-bytes", "vm-bytes", 256L << 20)
                            + number(task, "mem-total", "mem-total", 0));
            task.out("stress: info: [1] dispatching hogs: " + cpus + " cpu, 0 io, " + workers + " vm, 0 hdd\n");
        }
        return task.number("memory") > task.host().memoryLimit() ? task.starve() : task.pause();
    }

    private static long number(Task task, String name, String letter, long absent) {
        List<String> args = task.args();
        for (int i = 0; i + 1 < args.size(); i++) {
            if (args.get(i).replaceFirst("^-+", "").equals(name) || args.get(i).equals("-" + letter)) {
                return size(args.get(i + 1), absent);
            }
        }
        return absent;
    }

    private static long size(String text, long absent) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 15) {
            return absent;
        }
        long value = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits).toUpperCase(java.util.Locale.ROOT)) {
            case "K", "KI" -> value << 10;
            case "M", "MI" -> value << 20;
            case "G", "GI" -> value << 30;
            default -> value;
        };
    }

    @Override
    public long cpu(Task task) {
        return task.number("cpu");
    }

    @Override
    public long memory(Task task) {
        return task.number("memory");
    }

    @Override
    public int stops(Task task, Signal signal) {
        return -1;
    }
}
