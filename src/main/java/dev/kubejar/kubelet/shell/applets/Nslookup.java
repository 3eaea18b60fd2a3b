package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Connections;
import dev.kubejar.kubelet.shell.Network;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;

/** nslookup. A name without dots is asked for in every search domain, one with dots as it is, as busybox does it. */
public final class Nslookup implements Applet {
    /** The program of busybox 1.28 and before, which the documentation's DNS pages use. */
    static final String OLD = "nslookup-1.28";

    /** The program of BIND, which the images for DNS debugging have: it goes through the search list. */
    static final String BIND = "nslookup-bind";

    private static final long TIMEOUT = 5_000_000_000L;

    @Override
    public int run(Task task) {
        List<String> types = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (String arg : task.args()) {
            if (arg.startsWith("-type=") || arg.startsWith("-querytype=") || arg.startsWith("-q=")) {
                types.add(arg.substring(arg.indexOf('=') + 1).toUpperCase(java.util.Locale.ROOT));
            } else if (!arg.startsWith("-")) {
                rest.add(arg);
            }
        }
        if (rest.isEmpty()) {
            return Usage.show(task);
        }
        List<String> servers = rest.size() > 1 ? List.of(rest.get(1)) : Connections.servers(task);
        String server = servers.isEmpty() ? "127.0.0.1" : servers.get(0);
        String name = rest.get(0);
        boolean reverse = Connections.isAddress(name) && types.isEmpty();
        if (types.isEmpty()) {
            types.addAll(reverse ? List.of("PTR") : List.of("A", "AAAA"));
        }
        if (task.number("late") > 0) {
            return timedOut(task);
        }
        if (task.name().equals(OLD) && OldNslookup.answers(task, server)) {
            return OldNslookup.run(task, server, name);
        }
        StringBuilder out = new StringBuilder();
        int code = 0;
        boolean bind = task.name().equals(BIND);
        if (bind && types.size() > 1) {
            Network.Lookup found = Connections.lookup(task, name);
            if (found.found() == Network.Found.FOUND) {
                answer(found, Text.of(found.name()), "A", out);
            } else if (found.found() == Network.Found.NO_SUCH_NAME) {
                code = answer(found, name, "A", out);
            }
            types = out.length() > 0 ? List.of() : types;
        }
        for (String type : types) {
            for (String full : names(task, reverse ? reversed(name) : name, type)) {
                Network.Lookup lookup = task.host().network().lookup(server, full + ".", type);
                if (lookup.found() == Network.Found.TIMEOUT) {
                    task.number("late", 1);
                    return task.sleep(task.now() + TIMEOUT);
                }
                if (lookup.found() == Network.Found.REFUSED) {
                    task.err("nslookup: write to '" + server + "': Connection refused\n");
                    return timedOut(task);
                }
                code |= answer(lookup, full, type, out);
            }
        }
        task.out("Server:\t\t" + server + "\nAddress:\t" + server + (bind ? "#" : ":") + "53\n\n" + out);
        return code;
    }

    private static int timedOut(Task task) {
        task.out(";; connection timed out; no servers could be reached\n\n");
        return 1;
    }

    static String reversed(String address) {
        List<String> parts = new ArrayList<>(List.of(address.split("\\.")));
        java.util.Collections.reverse(parts);
        return String.join(".", parts) + ".in-addr.arpa";
    }

    private static List<String> names(Task task, String name, String type) {
        List<String> search = search(task);
        if (name.contains(".") || search.isEmpty() || type.equals("PTR")) {
            return List.of(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        }
        List<String> names = new ArrayList<>();
        search.forEach(domain -> names.add(name + "." + domain));
        return names;
    }

    private static List<String> search(Task task) {
        try {
            for (String line : Text.of(task.files().read("/etc/resolv.conf")).split("\n")) {
                if (line.startsWith("search ")) {
                    return List.of(line.substring(7).trim().split("[ \t]+"));
                }
            }
        } catch (FsError e) {
            return List.of();
        }
        return List.of();
    }

    private static int answer(Network.Lookup lookup, String name, String type, StringBuilder out) {
        if (lookup.found() == Network.Found.NO_SUCH_NAME) {
            out.append("** server can't find ").append(name).append(": NXDOMAIN\n\n");
            return 1;
        }
        boolean alias = (type.equals("A") || type.equals("AAAA"))
                && !Text.of(lookup.name()).equals(name)
                && !lookup.name().endsWith(".");
        if (alias) {
            out.append(name)
                    .append("\tcanonical name = ")
                    .append(Text.of(lookup.name()))
                    .append('\n');
        }
        for (String address : lookup.addresses()) {
            switch (type) {
                case "A", "AAAA" ->
                    out.append("Name:\t")
                            .append(Text.of(lookup.name()))
                            .append("\nAddress: ")
                            .append(address)
                            .append('\n');
                case "PTR" ->
                    out.append(name).append("\tname = ").append(address).append('\n');
                case "SRV" ->
                    out.append(name).append("\tservice = ").append(address).append('\n');
                case "CNAME" ->
                    out.append(name)
                            .append("\tcanonical name = ")
                            .append(address)
                            .append('\n');
                default ->
                    out.append(name).append("\ttext = \"").append(address).append("\"\n");
            }
        }
        out.append('\n');
        return 0;
    }
}
