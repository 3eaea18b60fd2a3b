package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Connections;
import dev.kubejar.kubelet.shell.Durations;
import dev.kubejar.kubelet.shell.Network;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.List;

/** nc and telnet: sends all of standard input over one connection and prints what comes back, or listens for one. */
public final class Nc implements Applet {
    private static final long CONNECT_TIMEOUT = 127_000_000_000L;

    @Override
    public int run(Task task) {
        boolean telnet = task.name().equals("telnet");
        Flags flags = new Flags(task, telnet ? "+aEl:" : "+lkzvunNw:i:p:s:e:q:");
        if (flags.has("l")) {
            return listen(task, flags);
        }
        List<String> rest = flags.rest();
        if (rest.isEmpty() || rest.size() < 2 && !telnet) {
            return Usage.show(task);
        }
        if (task.number("phase") == 0) {
            int code = prepare(task, flags, rest, telnet);
            if (code != 0) {
                return code > 0 ? 1 : code;
            }
        }
        if (task.number("phase") == 1) {
            connect(task, flags, rest, telnet);
            if (task.now() < task.number("until")) {
                return task.sleep(task.number("until"));
            }
        }
        return finish(task, flags, rest, telnet);
    }

    /** Looks the name up, and reads all that is to be sent. */
    private static int prepare(Task task, Flags flags, List<String> rest, boolean telnet) {
        if (task.text("address") == null) {
            Network.Lookup lookup = Connections.lookup(task, rest.get(0));
            if (lookup.found() != Network.Found.FOUND) {
                task.err(task.name() + ": bad address '" + rest.get(0) + "'\n");
                return 1;
            }
            task.text("address", lookup.addresses().get(0));
        }
        Network.Reply probe = Connections.exchange(task, task.text("address"), port(rest, telnet), null);
        if (probe.outcome() != Network.Outcome.CONNECTED || flags.has("z")) {
            task.number("phase", 1);
            return 0;
        }
        while (task.number("ended") == 0) {
            String part = task.read(0);
            if (part == null) {
                return task.await(0);
            }
            task.text("request", (task.text("request") == null ? "" : task.text("request")) + part);
            task.number("ended", part.isEmpty() ? 1 : 0);
        }
        task.number("phase", 1);
        return 0;
    }

    private static int port(List<String> rest, boolean telnet) {
        return (int) Text.number(rest.size() > 1 ? rest.get(1) : "23", telnet ? 23 : 0);
    }

    private static void connect(Task task, Flags flags, List<String> rest, boolean telnet) {
        String request = task.text("request");
        boolean udp = flags.has("u");
        byte[] bytes = request == null ? null : Text.bytes(request);
        Network.Reply reply = udp
                ? task.host()
                        .network()
                        .datagram(task.text("address"), port(rest, telnet), bytes == null ? new byte[0] : bytes)
                : Connections.exchange(task, task.text("address"), port(rest, telnet), flags.has("z") ? null : bytes);
        long limit = flags.has("w") ? Math.max(0, Durations.nanos(flags.value("w"))) : CONNECT_TIMEOUT;
        long took = reply.outcome() == Network.Outcome.TIMEOUT
                ? limit
                : Math.min(limit, reply.took().toNanos());
        task.text("outcome", reply.outcome().name());
        task.text("answer", Text.of(reply.data()));
        task.number("until", task.now() + took);
        task.number("phase", 2);
    }

    private static int finish(Task task, Flags flags, List<String> rest, boolean telnet) {
        String where = task.text("address") + ":" + port(rest, telnet);
        if (task.text("outcome").equals("CONNECTED")) {
            if (flags.has("v")) {
                task.err(rest.get(0) + " (" + where + ") open\n");
            }
            if (telnet) {
                task.out("Connected to " + rest.get(0) + "\n");
            }
            task.out(task.text("answer"));
            if (telnet) {
                task.out("Connection closed by foreign host\n");
                return 1;
            }
            return 0;
        }
        String why =
                switch (task.text("outcome")) {
                    case "REFUSED" -> "Connection refused";
                    case "UNREACHABLE" -> "No route to host";
                    default -> flags.has("w") ? "timed out" : "Connection timed out";
                };
        if (why.equals("timed out")) {
            task.err(flags.has("z") && !flags.has("v") ? "" : "nc: timed out\n");
        } else if (telnet) {
            task.err("telnet: can't connect to remote host (" + task.text("address") + "): " + why + "\n");
        } else if (!flags.has("z") || flags.has("v")) {
            task.err("nc: " + rest.get(0) + " (" + where + "): " + why + "\n");
        }
        return 1;
    }

    /** Takes one connection: prints what came, answers with standard input. */
    private static int listen(Task task, Flags flags) {
        int port = (int) Text.number(
                flags.value(
                        "p",
                        flags.rest().isEmpty()
                                ? "0"
                                : flags.rest().get(flags.rest().size() - 1)),
                0);
        if (!Connections.listen(task, port)) {
            task.err("nc: bind: Address in use\n");
            return 1;
        }
        if (!Connections.accepted(task)) {
            return task.pause();
        }
        if (flags.has("e")) {
            String command = flags.value("e");
            return task.serve(new java.util.ArrayList<>(List.of(command.split(" +"))));
        }
        String part = task.read(Connections.ACCEPTED);
        while (part != null && !part.isEmpty()) {
            task.out(part);
            part = task.read(Connections.ACCEPTED);
        }
        while (!task.tired()) {
            String answer = task.read(0);
            if (answer == null) {
                return task.await(0);
            }
            if (answer.isEmpty()) {
                task.close(Connections.ACCEPTED);
                if (flags.has("k")) {
                    return task.pause();
                }
                return 0;
            }
            task.write(Connections.ACCEPTED, answer);
        }
        return AGAIN;
    }
}
