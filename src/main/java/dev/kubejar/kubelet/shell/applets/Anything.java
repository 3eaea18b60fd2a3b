package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Signal;
import dev.kubejar.kubelet.shell.Task;

/**
 * A program of an image of which nothing is known: as a container's own it goes on until it is told to stop; where the container is
 * meant to come to its end, and as a further command, it has done its work at once.
 */
public final class Anything implements Applet {
    @Override
    public int run(Task task) {
        return task.main() && task.host().serves() ? task.pause() : 0;
    }

    @Override
    public int stops(Task task, Signal signal) {
        return signal == Signal.TERM || signal == Signal.INT || signal == Signal.QUIT ? 0 : -1;
    }
}
