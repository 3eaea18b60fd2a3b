package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Connections;
import dev.kubejar.kubelet.shell.Durations;
import dev.kubejar.kubelet.shell.Network;
import dev.kubejar.kubelet.shell.Signal;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;

/** ping: an answer takes 0.1 ms. */
public final class Ping implements Applet {
    private static final long SECOND = 1_000_000_000L;

    @Override
    public int run(Task task) {
        Flags flags = new Flags(task, "46c:s:i:W:w:t:I:p:qnA");
        if (flags.rest().isEmpty()) {
            return Usage.show(task);
        }
        String name = flags.rest().get(0);
        if (task.text("address") == null) {
            Network.Lookup lookup = Connections.lookup(task, name);
            if (lookup.found() != Network.Found.FOUND) {
                task.err("ping: bad address '" + name + "'\n");
                return 1;
            }
            task.text("address", lookup.addresses().get(0));
            task.out("PING " + name + " (" + task.text("address") + "): 56 data bytes\n");
            task.number(
                    "end",
                    flags.has("w") ? task.now() + Math.max(0, Durations.nanos(flags.value("w"))) : Long.MAX_VALUE);
        }
        long count = flags.has("c") ? Text.number(flags.value("c"), 1) : Long.MAX_VALUE;
        long interval = flags.has("i") ? Math.max(1_000_000, Durations.nanos(flags.value("i"))) : SECOND;
        String address = task.text("address");
        boolean own = address.equals(task.host().address()) || address.startsWith("127.");
        while (task.number("sent") < count && task.now() < task.number("end")) {
            if (task.now() < task.number("next")) {
                return task.sleep(Math.min(task.number("next"), task.number("end")));
            }
            boolean back = own || task.host().network().reachable(address);
            if (back) {
                task.number("back", task.number("back") + 1);
                task.out(
                        flags.has("q")
                                ? ""
                                : "64 bytes from " + address + ": seq=" + task.number("sent") + " ttl="
                                        + (own ? 64 : 62) + " time=0.100 ms\n");
            }
            task.number("sent", task.number("sent") + 1);
            boolean last = task.number("sent") >= count;
            long wait = back ? 0 : flags.has("W") ? Math.max(0, Durations.nanos(flags.value("W"))) : 10 * SECOND;
            task.number("next", task.now() + (last ? wait : interval));
        }
        if (task.now() < task.number("next")
                && task.number("back") < task.number("sent")
                && task.now() < task.number("end")) {
            return task.sleep(Math.min(task.number("next"), task.number("end")));
        }
        return summary(task, name);
    }

    private static int summary(Task task, String name) {
        long sent = task.number("sent");
        long back = task.number("back");
        task.out("\n--- " + name + " ping statistics ---\n" + sent + " packets transmitted, " + back
                + " packets received, "
                + (sent == 0 ? 0 : (sent - back) * 100 / sent) + "% packet loss\n"
                + (back > 0 ? "round-trip min/avg/max = 0.100/0.100/0.100 ms\n" : ""));
        return back > 0 ? 0 : 1;
    }

    @Override
    public int stops(Task task, Signal signal) {
        return signal == Signal.INT ? 0 : -1;
    }
}
