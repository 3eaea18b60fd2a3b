package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.ByteReader;
import dev.kubejar.kubelet.fs.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The ports that processes of a machine listen on, and the connections that come to them. */
final class Serving {
    private final Machine machine;
    /** Process numbers by port. */
    private final TreeMap<Integer, Integer> ports = new TreeMap<>();

    Serving(Machine machine) {
        this.machine = machine;
    }

    List<Integer> ports() {
        return new ArrayList<>(ports.keySet());
    }

    /** Takes a port for a process; false where it is taken. */
    boolean listen(Process process, int port) {
        Integer owner = ports.get(port);
        if (owner != null) {
            return owner == process.pid;
        }
        if (!machine.host().network().listen(port)) {
            return false;
        }
        ports.put(port, process.pid);
        return true;
    }

    void close(int port) {
        if (ports.remove(port) != null) {
            machine.host().network().close(port);
        }
    }

    /** A process takes over another's ports. */
    void move(Process from, Process to) {
        ports.replaceAll((port, pid) -> pid == from.pid ? to.pid : pid);
    }

    /** A process has ended. */
    void closed(Process process) {
        for (int port : ports()) {
            if (ports.get(port) == process.pid) {
                close(port);
            }
        }
    }

    byte[] exchange(int port, byte[] request) {
        Integer pid = ports.get(port);
        Process process = pid == null ? null : machine.processes.get(pid);
        if (process == null || process.stopped || !(process.program instanceof Task task)) {
            return null;
        }
        byte[] answer = task.applet().answer(task, port, request == null ? new byte[0] : request);
        if (answer != null) {
            return answer;
        }
        return accept(process, port, request == null ? new byte[0] : request);
    }

    /** Hands the connection to the process itself, as descriptor 3 where it looks for it, and lets the machine run. */
    private byte[] accept(Process process, int port, byte[] request) {
        if (process.channel(Connections.ACCEPTED) != null) {
            return null;
        }
        Channels.Socket socket = new Channels.Socket(Text.of(request));
        socket.hold();
        process.put(Connections.ACCEPTED, socket);
        process.wait = null;
        machine.run();
        socket.drop();
        return Text.bytes(socket.answer());
    }

    void save(ByteWriter out) {
        out.number(ports.size());
        ports.forEach((port, pid) -> out.number(port).number(pid));
    }

    void load(ByteReader in) {
        for (int i = in.integer(); i > 0; i--) {
            int port = in.integer();
            ports.put(port, in.integer());
        }
    }
}
