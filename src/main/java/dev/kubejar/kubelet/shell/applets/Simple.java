package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Formats;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.List;
import java.util.Map;

/** Programs that only print something at once: true, false, echo, printf, env, hostname and the like. */
public final class Simple implements Applet {
    @Override
    public int run(Task task) {
        List<String> args = task.args();
        return switch (task.name()) {
            case "false" -> 1;
            case "echo" -> print(task, Formats.echo(task.argv()));
            case "printf" -> printf(task);
            case "printenv" -> printenv(task, args);
            case "hostname" -> hostname(task);
            case "whoami" -> print(task, Users.name(task, task.files().who().uid()) + "\n");
            case "logname" -> print(task, Users.name(task, task.files().who().uid()) + "\n");
            case "groups" -> print(task, Users.groups(task) + "\n");
            case "pwd" -> print(task, task.cwd() + "\n");
            case "uname" -> uname(task);
            case "arch" -> print(task, "x86_64\n");
            case "nproc" -> print(task, task.host().cpus() + "\n");
            case "tty" -> tty(task);
            case "basename" -> basename(task, args);
            case "dirname" -> dirname(task, args);
            case "clear", "reset" -> print(task, "\033[H\033[J");
            case "uptime" -> uptime(task);
            default -> 0;
        };
    }

    private static int print(Task task, String text) {
        task.out(text);
        return 0;
    }

    private static int printf(Task task) {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        int status = Formats.printf(task.argv(), task.name(), out, err);
        task.out(out.toString());
        task.err(err.toString());
        return status;
    }

    private static int printenv(Task task, List<String> args) {
        if (args.isEmpty()) {
            StringBuilder out = new StringBuilder();
            for (Map.Entry<String, String> each : task.env().entrySet()) {
                out.append(each.getKey()).append('=').append(each.getValue()).append('\n');
            }
            return print(task, out.toString());
        }
        int status = 0;
        for (String name : args) {
            String value = task.env().get(name);
            if (value == null) {
                status = 1;
            } else {
                task.out(value + "\n");
            }
        }
        return status;
    }

    private static int hostname(Task task) {
        Flags flags = new Flags(task, "sifdIF:");
        if (!flags.rest().isEmpty() || flags.has("F")) {
            task.err("hostname: sethostname: Operation not permitted\n");
            return 1;
        }
        String own = task.host().hostname();
        String name = flags.has("f") || flags.has("d") ? canonical(task, own) : own;
        int dot = name.indexOf('.');
        if (flags.has("i") || flags.has("I")) {
            return print(task, task.host().address() + (flags.has("I") ? " \n" : "\n"));
        }
        if (flags.has("d")) {
            return print(task, dot < 0 ? "\n" : name.substring(dot + 1) + "\n");
        }
        return print(task, (flags.has("s") && dot > 0 ? name.substring(0, dot) : name) + "\n");
    }

    /** The first name on the line of /etc/hosts that has the host's name. */
    private static String canonical(Task task, String name) {
        try {
            for (String line : Text.of(task.files().read("/etc/hosts")).split("\n")) {
                List<String> words = List.of(line.trim().split("[ \t]+"));
                if (words.indexOf(name) > 0) {
                    return words.get(1);
                }
            }
        } catch (FsError e) {
            return name;
        }
        return name;
    }

    private static int uname(Task task) {
        Flags flags = new Flags(task, "amnrspvio");
        String[] values = {
            "Linux",
            task.host().hostname(),
            "6.8.0",
            "#1 SMP PREEMPT_DYNAMIC",
            "x86_64",
            "unknown",
            "unknown",
            "GNU/Linux"
        };
        String letters = "snrvmpio";
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            boolean all = flags.has("a") && !values[i].equals("unknown");
            boolean plain = i == 0 && "asnrvmpio".chars().noneMatch(c -> flags.has(String.valueOf((char) c)));
            if (all || plain || flags.has(String.valueOf(letters.charAt(i)))) {
                out.append(out.length() > 0 ? " " : "").append(values[i]);
            }
        }
        return print(task, out.append('\n').toString());
    }

    private static int tty(Task task) {
        boolean terminal = task.isTerminal(0);
        task.out(terminal ? "/dev/pts/0\n" : "not a tty\n");
        return terminal ? 0 : 1;
    }

    private static int basename(Task task, List<String> args) {
        if (args.isEmpty()) {
            return Usage.show(task);
        }
        String path = args.get(0);
        while (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String name = path.equals("/") ? "/" : path.substring(path.lastIndexOf('/') + 1);
        if (args.size() > 1
                && name.endsWith(args.get(1))
                && name.length() > args.get(1).length()) {
            name = name.substring(0, name.length() - args.get(1).length());
        }
        return print(task, name + "\n");
    }

    private static int dirname(Task task, List<String> args) {
        if (args.isEmpty()) {
            return Usage.show(task);
        }
        String path = args.get(0);
        while (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        int slash = path.lastIndexOf('/');
        while (slash > 0 && path.charAt(slash - 1) == '/') {
            slash--;
        }
        return print(task, (slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash)) + "\n");
    }

    private static int uptime(Task task) {
        long seconds = task.now() / 1_000_000_000L;
        String clock = Dates.format("%H:%M:%S", seconds, 0, "UTC");
        return print(task, " " + clock + " up 0 min,  0 users,  load average: 0.00, 0.00, 0.00\n");
    }
}
