package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.FsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The network as applets use it: names from /etc/hosts first, answers that take the time they take. */
public final class Connections {
    /** The descriptor at which a process finds the connection that came to its port. */
    public static final int ACCEPTED = 5;

    private static final int EXCHANGE_STEPS = 500;

    private Connections() {}

    /** Whether a text is an IPv4 address. */
    public static boolean isAddress(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return text.contains(":")
                    && text.chars().allMatch(c -> c == ':' || Character.digit(c, 16) >= 0 || c == '.');
        }
        for (String part : parts) {
            long number = Text.number(part, -1);
            if (number < 0 || number > 255 || part.startsWith("+")) {
                return false;
            }
        }
        return true;
    }

    /** What a name leads to: addresses, an address itself, or how the name server failed. */
    public static Network.Lookup lookup(Task task, String name) {
        if (isAddress(name)) {
            return new Network.Lookup(Network.Found.FOUND, name, List.of(name), Duration.ZERO);
        }
        List<String> local = name.equals("localhost") ? List.of("127.0.0.1") : hosts(task, name);
        if (!local.isEmpty()) {
            return new Network.Lookup(Network.Found.FOUND, name, local, Duration.ZERO);
        }
        List<String> servers = servers(task);
        String server = servers.isEmpty() ? "127.0.0.1" : servers.get(0);
        Network.Lookup last = null;
        for (String candidate : candidates(task, name)) {
            last = task.host().network().lookup(server, Text.java(candidate) + ".", "A");
            if (last.found() != Network.Found.NO_SUCH_NAME && last.found() != Network.Found.NO_DATA) {
                return last;
            }
        }
        return last;
    }

    /** The full names that a resolver tries for a name, in order: resolv.conf(5)'s search list and ndots. */
    private static List<String> candidates(Task task, String name) {
        if (name.endsWith(".")) {
            return List.of(name.substring(0, name.length() - 1));
        }
        List<String> found = new ArrayList<>();
        int ndots = 1;
        for (String[] words : settings(task)) {
            for (int i = 1; i < words.length; i++) {
                if (words[0].equals("search")) {
                    found.add(name + "." + words[i]);
                } else if (words[0].equals("options") && words[i].startsWith("ndots:")) {
                    ndots = (int) Text.number(words[i].substring(6), 1);
                }
            }
        }
        boolean first = name.chars().filter(c -> c == '.').count() >= ndots;
        found.add(first ? 0 : found.size(), name);
        return found;
    }

    /** The lines of /etc/resolv.conf, in words. */
    private static List<String[]> settings(Task task) {
        List<String[]> lines = new ArrayList<>();
        try {
            for (String line : Text.of(task.files().read("/etc/resolv.conf")).split("\n")) {
                lines.add(line.trim().split("[ \t]+"));
            }
        } catch (FsError e) {
            return List.of();
        }
        return lines;
    }

    private static List<String> hosts(Task task, String name) {
        List<String> found = new ArrayList<>();
        try {
            for (String line : Text.of(task.files().read("/etc/hosts")).split("\n")) {
                String[] words = line.replaceFirst("#.*", "").trim().split("[ \t]+");
                for (int i = 1; i < words.length; i++) {
                    if (words[i].equals(name) && !words[0].contains(":")) {
                        found.add(words[0]);
                    }
                }
            }
        } catch (FsError e) {
            return found;
        }
        return found;
    }

    /** The name servers of /etc/resolv.conf. */
    public static List<String> servers(Task task) {
        List<String> found = new ArrayList<>();
        try {
            for (String line : Text.of(task.files().read("/etc/resolv.conf")).split("\n")) {
                if (line.startsWith("nameserver ")) {
                    found.add(line.substring(11).trim());
                }
            }
        } catch (FsError e) {
            return found;
        }
        return found;
    }

    /** Opens a connection, sends and reads to the end; to the pod itself without leaving the machine. */
    public static Network.Reply exchange(Task task, String address, int port, byte[] request) {
        task.charge(EXCHANGE_STEPS);
        boolean own = address.startsWith("127.") || address.equals(task.host().address()) || address.equals("0.0.0.0");
        if (own && task.machine().listening().contains(port)) {
            byte[] answer = task.machine().exchange(port, request);
            return answer == null
                    ? Network.Reply.failed(Network.Outcome.REFUSED)
                    : new Network.Reply(Network.Outcome.CONNECTED, answer, Duration.ZERO);
        }
        return task.host().network().exchange(address, port, request);
    }

    /** Takes a port for the task's process; false where somebody has it. */
    public static boolean listen(Task task, int port) {
        return task.machine().serving.listen(task.process(), port);
    }

    public static void unlisten(Task task, int port) {
        task.machine().serving.close(port);
    }

    /** Whether a connection has come. */
    public static boolean accepted(Task task) {
        return task.process().channel(ACCEPTED) != null;
    }
}
