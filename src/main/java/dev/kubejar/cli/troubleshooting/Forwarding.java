package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.Klog;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Listeners on the host whose connections end in a pod. Each connection is served by a thread of its own; whoever speaks
 * to the cluster or prints holds {@code this}.
 */
final class Forwarding {
    private static final long LOOK_MILLIS = 1_000;

    private final Invocation call;
    private final Ref pod;
    private final String uid;
    private final CountDownLatch lost = new CountDownLatch(1);
    private final List<ServerSocket> listeners = new ArrayList<>();

    Forwarding(Invocation call, Ref pod, String uid) {
        this.call = call;
        this.pod = pod;
        this.uid = uid;
    }

    /** Forwards until the pod is gone. */
    int run(List<String> addresses, List<PortPair> ports) {
        Set<String> wanted = addresses(addresses);
        boolean local = addresses.contains("localhost");
        boolean listens = false;
        for (PortPair port : ports) {
            listens |= listen(port, wanted, local);
        }
        if (!listens) {
            throw new CliError("unable to listen on any of the requested ports: " + text(ports));
        }
        try {
            while (!lost.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && there()) {
                continue;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } finally {
            listeners.forEach(Forwarding::close);
        }
        throw new CliError("lost connection to pod");
    }

    private static String text(List<PortPair> ports) {
        List<String> all = new ArrayList<>();
        ports.forEach(port -> all.add("{" + port.local() + " " + port.remote() + "}"));
        return "[" + String.join(" ", all) + "]";
    }

    private synchronized boolean there() {
        try {
            Obj now = call.call(Request.get(Resources.PODS, pod.namespace(), pod.name()))
                    .object();
            return now.uid().equals(uid) && now.text("status.phase").equals("Running");
        } catch (ApiError e) {
            return false;
        }
    }

    private static Set<String> addresses(List<String> given) {
        Set<String> all = new TreeSet<>();
        for (String each : given) {
            if (each.equals("localhost")) {
                all.add("127.0.0.1");
                all.add("::1");
            } else if (isAddress(each)) {
                all.add(each);
            } else {
                throw new CliError(each + " is not a valid IP");
            }
        }
        return all;
    }

    private static boolean isAddress(String text) {
        return text.contains(":")
                ? text.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0)
                : text.matches("(\\d{1,3}\\.){3}\\d{1,3}");
    }

    /** Of localhost's two addresses one is enough; of others each is needed. */
    private boolean listen(PortPair port, Set<String> addresses, boolean local) {
        List<String> faults = new ArrayList<>();
        int[] bound = {port.local()};
        boolean localBound = false;
        boolean failed = false;
        for (String address : addresses) {
            boolean isLocal = local && (address.equals("127.0.0.1") || address.equals("::1"));
            String fault = bind(address, bound, port.remote());
            if (fault != null) {
                faults.add(fault);
                failed |= !isLocal;
            } else {
                localBound |= isLocal;
            }
        }
        if (failed || local && !localBound) {
            call.err()
                    .println("Unable to listen on port " + bound[0]
                            + ": Listeners failed to create with the following errors: [" + String.join(" ", faults)
                            + "]");
            call.session().flush();
            return false;
        }
        call.session().flush();
        return true;
    }

    private String bind(String address, int[] port, int remote) {
        String shown = address.contains(":") ? "[" + address + "]" : address;
        ServerSocket listener = null;
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getByName(address), port[0]));
        } catch (IOException e) {
            close(listener);
            return "unable to create listener: Error listen tcp" + (address.contains(":") ? "6 " : "4 ") + shown + ":"
                    + port[0] + ": bind: " + reason(e);
        }
        port[0] = listener.getLocalPort();
        listeners.add(listener);
        call.out().println("Forwarding from " + shown + ":" + port[0] + " -> " + remote);
        PortPair pair = new PortPair(port[0], remote);
        ServerSocket accepting = listener;
        background(() -> accept(accepting, pair));
        return null;
    }

    private static String reason(IOException e) {
        String text = e.getMessage() == null ? "" : e.getMessage();
        if (text.contains("in use")) {
            return "address already in use";
        }
        return text.contains("ermission") ? "permission denied" : "cannot assign requested address";
    }

    private static void close(java.io.Closeable thing) {
        try {
            if (thing != null) {
                thing.close();
            }
        } catch (IOException e) {
            // nobody is left to be told
        }
    }

    private static void background(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket listener, PortPair port) {
        while (true) {
            try {
                Socket socket = listener.accept();
                background(() -> handle(socket, port));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void handle(Socket socket, PortPair port) {
        try (socket) {
            say("Handling connection for " + port.local());
            byte[] request = new SocketRequest(socket).read();
            byte[] answer = exchange(port, request);
            if (answer != null) {
                socket.getOutputStream().write(answer);
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            // the other side has hung up
        }
    }

    private synchronized void say(String line) {
        call.out().println(line);
        call.session().flush();
    }

    private synchronized byte[] exchange(PortPair port, byte[] request) {
        try {
            byte[] answer = call.cluster().streams().exchange(pod, port.remote(), request);
            call.cluster().commit();
            if (answer != null) {
                return answer;
            }
            refused(port);
        } catch (ApiError e) {
            lost.countDown();
        }
        return null;
    }

    /** Nothing listens there: the whole session ends, as a runtime's own connection to the pod breaks. */
    private void refused(PortPair port) {
        String at = "localhost:" + port.remote();
        String dial = ":" + port.remote() + ": connect: connection refused";
        String message = "an error occurred forwarding " + port.local() + " -> " + port.remote()
                + ": error forwarding port " + port.remote() + " to pod " + uid
                + ", uid : failed to execute portforward"
                + " in network namespace \\\"/var/run/netns/cni-" + uid + "\\\": failed to connect to " + at
                + " inside namespace \\\"" + uid + "\\\", IPv4: dial tcp4 127.0.0.1" + dial + " IPv6 dial tcp6 [::1]"
                + dial + " ";
        call.err()
                .println(Klog.line(
                        'E', call.now(), "portforward.go:424", "\"Unhandled Error\" err=\"" + message + "\""));
        call.session().flush();
        lost.countDown();
    }
}
