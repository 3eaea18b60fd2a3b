package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.shell.applets.Cat;
import dev.kubejar.kubelet.shell.applets.Date;
import dev.kubejar.kubelet.shell.applets.Env;
import dev.kubejar.kubelet.shell.applets.Id;
import dev.kubejar.kubelet.shell.applets.Simple;
import dev.kubejar.kubelet.shell.applets.Sleep;
import dev.kubejar.kubelet.shell.applets.Testing;
import dev.kubejar.kubelet.shell.applets.Wget;

/** The list of programs. */
final class Applets {
    private Applets() {}

    /** The program of a name, or null. */
    static Applet find(String name) {
        return switch (name) {
            case "sleep", "usleep" -> new Sleep();
            case "cat" -> new Cat();
            case "date" -> new Date();
            case "env" -> new Env();
            case "id" -> new Id();
            case "test", "[", "[[" -> new Testing();
            case "wget" -> new Wget();
            case "true", "false", "echo", "printf", "printenv", "hostname", "whoami", "logname", "groups", "pwd", "uname", "arch",
                    "nproc", "tty", "basename", "dirname", "clear", "reset", "uptime", "sync" -> new Simple();
            default -> null;
        };
    }
}
