package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Signal;
import dev.kubejar.kubelet.shell.Task;

/** A server of an image about which nothing is known but that it runs and stops at once when it is told to. */
public final class Daemon implements Applet {
    @Override
    public int run(Task task) {
        return task.pause();
    }

    @Override
    public int stops(Task task, Signal signal) {
        return signal == Signal.TERM || signal == Signal.INT || signal == Signal.QUIT ? 0 : -1;
    }
}
