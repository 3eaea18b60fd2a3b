package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Connections;
import dev.kubejar.kubelet.shell.Network;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.List;

/** nslookup as busybox 1.28 has it: the resolver's search list, and the name behind each address. */
final class OldNslookup {
    private OldNslookup() {}

    /** Whether the server is there at all. */
    static boolean answers(Task task, String server) {
        Network.Found found =
                task.host().network().lookup(server, "localhost.", "A").found();
        return found != Network.Found.TIMEOUT && found != Network.Found.REFUSED;
    }

    static int run(Task task, String server, String name) {
        StringBuilder out = new StringBuilder("Server:    " + server + "\n");
        address(task, server, 1, server, out);
        out.append('\n');
        Network.Lookup lookup = Connections.lookup(task, name);
        if (lookup.found() != Network.Found.FOUND) {
            task.out(out.toString());
            task.err("nslookup: can't resolve '" + name + "'\n");
            return 1;
        }
        out.append("Name:      ").append(name).append('\n');
        int number = 0;
        for (String each : lookup.addresses()) {
            address(task, server, ++number, each, out);
        }
        task.out(out.toString());
        return 0;
    }

    private static void address(Task task, String server, int number, String address, StringBuilder out) {
        List<String> names = task.host()
                .network()
                .lookup(server, Nslookup.reversed(address) + ".", "PTR")
                .addresses();
        out.append("Address ").append(number).append(": ").append(address);
        out.append(names.isEmpty() ? "" : " " + Text.of(names.get(0))).append('\n');
    }
}
