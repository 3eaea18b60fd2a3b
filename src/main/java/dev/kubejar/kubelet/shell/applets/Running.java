package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Durations;
import dev.kubejar.kubelet.shell.Signal;
import dev.kubejar.kubelet.shell.Task;
import java.util.List;

/** Programs that run others: timeout, time, nohup, nice, setsid, su, watch; and yes and which. */
public final class Running implements Applet {
    @Override
    public int run(Task task) {
        return switch (task.name()) {
            case "timeout" -> timeout(task);
            case "time" -> time(task);
            case "watch" -> watch(task);
            case "yes" -> yes(task);
            case "which" -> which(task);
            case "su" -> su(task);
            case "nice", "ionice" -> task.become(new Flags(task, "+n:c:p:").rest(), task.env());
            default -> task.args().isEmpty() ? Usage.show(task) : task.become(new Flags(task, "+c").rest(), task.env());
        };
    }

    private static int timeout(Task task) {
        Flags flags = new Flags(task, "+s:k:t:", "signal=s", "kill-after=k");
        List<String> rest = flags.rest();
        if (task.number("child") == 0) {
            long limit = rest.isEmpty() ? -1 : Durations.nanos(rest.get(0));
            if (rest.size() < 2 || limit < 0) {
                return rest.isEmpty() || limit >= 0
                        ? Usage.show(task)
                        : Usage.fail(task, "invalid number '" + rest.get(0) + "'");
            }
            int child = task.spawn(rest.subList(1, rest.size()));
            if (child < 0) {
                return 127;
            }
            task.number("child", child);
            task.number("until", limit == 0 ? Long.MAX_VALUE : task.now() + limit);
        }
        int child = (int) task.number("child");
        int code = task.ended(child);
        if (code >= 0) {
            Signal killer = code > 128 && task.number("sent") > 0 ? Signal.of(Integer.toString(code - 128)) : null;
            return killer == null ? code : task.die(killer);
        }
        if (task.now() >= task.number("until")) {
            Signal signal = Signal.of(flags.value("s", "TERM"));
            boolean again = task.number("sent") > 0;
            task.signal(child, again || signal == null ? Signal.KILL : signal);
            task.number("sent", 1);
            task.number(
                    "until",
                    flags.has("k") && !again
                            ? task.now() + Math.max(0, Durations.nanos(flags.value("k")))
                            : Long.MAX_VALUE);
            return task.awaitChild(child, task.number("until"));
        }
        return task.awaitChild(child, task.number("until"));
    }

    private static int time(Task task) {
        if (task.number("child") == 0) {
            List<String> rest = new Flags(task, "+pvo:").rest();
            int child = rest.isEmpty() ? -1 : task.spawn(rest);
            if (child < 0) {
                return 127;
            }
            task.number("child", child);
            task.number("begun", task.now());
        }
        int code = task.ended((int) task.number("child"));
        if (code < 0) {
            return task.awaitChild((int) task.number("child"), Long.MAX_VALUE);
        }
        long hundredths = (task.now() - task.number("begun")) / 10_000_000;
        task.err("real\t" + clock(hundredths) + "\nuser\t" + clock(0) + "\nsys\t" + clock(0) + "\n");
        return code;
    }

    private static String clock(long hundredths) {
        long seconds = hundredths / 100 % 60;
        long rest = hundredths % 100;
        return hundredths / 6000 + "m " + seconds + "." + (rest < 10 ? "0" : "") + rest + "s";
    }

    private static int watch(Task task) {
        Flags flags = new Flags(task, "+n:t");
        if (flags.rest().isEmpty()) {
            return Usage.show(task);
        }
        long period = flags.has("n") ? Math.max(100_000_000L, Durations.nanos(flags.value("n"))) : 2_000_000_000L;
        if (task.number("child") > 0) {
            if (task.ended((int) task.number("child")) < 0) {
                return task.awaitChild((int) task.number("child"), Long.MAX_VALUE);
            }
            task.number("child", 0);
            task.number("next", task.now() + period);
        }
        if (task.now() < task.number("next")) {
            return task.sleep(task.number("next"));
        }
        int child = task.spawn(List.of("sh", "-c", String.join(" ", flags.rest())));
        task.number("child", child);
        return child < 0 ? 127 : task.awaitChild(child, Long.MAX_VALUE);
    }

    private static int yes(Task task) {
        String line = (task.args().isEmpty() ? "y" : String.join(" ", task.args())) + "\n";
        String many = line.repeat(Math.max(1, 4096 / line.length()));
        while (!task.tired()) {
            task.out(many);
        }
        return AGAIN;
    }

    private static int which(Task task) {
        int status = 0;
        for (String name : new Flags(task, "a").rest()) {
            String found = null;
            String path = name.contains("/")
                    ? ""
                    : task.env().getOrDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
            for (String directory : path.split(":", -1)) {
                String file = directory.isEmpty() ? name : directory + "/" + name;
                if (found == null && executable(task, file)) {
                    found = file;
                }
            }
            task.out(found == null ? "" : found + "\n");
            status = found == null ? 1 : status;
        }
        return status;
    }

    private static boolean executable(Task task, String file) {
        try {
            return task.files().at(file).node().isFile()
                    && task.files().who().may(task.files().at(file).node(), 1);
        } catch (FsError e) {
            return false;
        }
    }

    private static int su(Task task) {
        Flags flags = new Flags(task, "+c:s:lmp");
        if (flags.has("c")) {
            return task.become(List.of("sh", "-c", flags.value("c")), task.env());
        }
        return task.become(List.of("sh"), task.env());
    }
}
