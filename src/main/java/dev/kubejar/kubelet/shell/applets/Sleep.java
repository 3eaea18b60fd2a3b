package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Durations;
import dev.kubejar.kubelet.shell.Task;

/** sleep and usleep. */
public final class Sleep implements Applet {
    @Override
    public int run(Task task) {
        if (task.number("until") == 0) {
            if (task.args().isEmpty()) {
                return Usage.show(task);
            }
            long total = 0;
            for (String arg : task.args()) {
                long one = Durations.nanos(arg);
                if (one < 0) {
                    task.err(task.name() + ": invalid number '" + arg + "'\n");
                    return 1;
                }
                total = Math.min(Long.MAX_VALUE / 4, total + (task.name().equals("usleep") ? one / 1_000_000 : one));
            }
            task.number("until", task.now() + total);
        }
        return task.now() >= task.number("until") ? 0 : task.sleep(task.number("until"));
    }
}
