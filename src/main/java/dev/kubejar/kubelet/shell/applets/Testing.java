package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Task;

/** test and [ as programs. */
public final class Testing implements Applet {
    @Override
    public int run(Task task) {
        return task.test();
    }
}
