package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Exit;
import dev.kubejar.kubelet.shell.Task;

/** busybox' answer to arguments that it does not understand. */
final class Usage {
    private Usage() {}

    /** Prints the usage and gives the exit code 1. */
    static int show(Task task) {
        task.err("BusyBox v1.36.1 multi-call binary.\n\nUsage: " + task.name() + " [OPTIONS] [ARGS]...\n");
        return 1;
    }

    static int fail(Task task, String problem) {
        task.err(task.name() + ": " + problem + "\n");
        return 1;
    }

    static Exit stop(Task task) {
        return new Exit(show(task));
    }
}
