package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Connections;
import dev.kubejar.kubelet.shell.Signal;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.List;

/** The little servers that courses deploy: each says who it is, or what it was told to say. */
public final class SampleServer implements Applet {
    /** The tutorials' first image; its second version has another name here. */
    private static final String BOOTCAMP = "kubernetes-bootcamp";

    /** How long agnhost's {@code liveness} is well. */
    private static final long WELL = 10_000_000_000L;

    @Override
    public int run(Task task) {
        if (task.number("listening") == 0) {
            int port = port(task);
            if (!Connections.listen(task, port)) {
                task.err("listen tcp :" + port + ": bind: address already in use\n");
                return 1;
            }
            task.number("listening", port);
            task.number("since", task.now());
            if (task.name().startsWith(BOOTCAMP)) {
                task.out("Kubernetes Bootcamp App Started At: " + instant(task) + " | Running On:  "
                        + task.host().hostname() + " \n\n");
            }
            task.err(
                    switch (task.name()) {
                        case "hello-app" -> time(task) + " Server listening on port " + port + "\n";
                        case "http-echo" -> time(task) + " [INFO] server is listening on :" + port + "\n";
                        case "echo-server" -> "Echo server listening on port " + port + ".\n";
                        case "whoami-server" -> time(task) + " Starting up on port " + port + "\n";
                        default -> "";
                    });
        }
        long ill = task.number("since") + WELL;
        return task.name().equals("agnhost") && task.args().contains("liveness") && task.now() < ill
                ? task.sleep(ill)
                : task.pause();
    }

    private static String instant(Task task) {
        return Dates.format("%Y-%m-%dT%H:%M:%S.000Z", task.now() / 1_000_000_000L, 0, "UTC");
    }

    private static String time(Task task) {
        return Dates.format("%Y/%m/%d %H:%M:%S", task.now() / 1_000_000_000L, 0, "UTC");
    }

    /** The value of {@code -NAME=VALUE}, {@code --NAME VALUE} and the like. */
    private static String option(Task task, String name, String absent) {
        List<String> args = task.args();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i).replaceFirst("^--?", "");
            if (arg.startsWith(name + "=")) {
                return arg.substring(name.length() + 1);
            }
            if (arg.equals(name) && args.get(i).startsWith("-") && i + 1 < args.size()) {
                return args.get(i + 1);
            }
        }
        return absent;
    }

    private static int port(Task task) {
        return switch (task.name()) {
            case "http-echo" -> {
                String listen = option(task, "listen", ":5678");
                yield (int) Text.number(listen.substring(listen.lastIndexOf(':') + 1), 5678);
            }
            case "whoami-server" -> (int) Text.number(option(task, "port", "80"), 80);
            case "serve_hostname" -> (int) Text.number(option(task, "port", "9376"), 9376);
            case "agnhost" ->
                task.args().contains("serve-hostname")
                        ? (int) Text.number(option(task, "port", "9376"), 9376)
                        : (int) Text.number(option(task, "http-port", "8080"), 8080);
            default -> {
                String port = task.env().get("PORT");
                yield (int) Text.number(port == null ? "8080" : port, 8080);
            }
        };
    }

    @Override
    public int stops(Task task, Signal signal) {
        return signal == Signal.TERM || signal == Signal.INT ? 0 : -1;
    }

    @Override
    public byte[] answer(Task task, int port, byte[] bytes) {
        HttpMessage request = HttpMessage.parse(Text.of(bytes));
        if (request == null) {
            return new byte[0];
        }
        String host = task.host().hostname();
        if (task.name().equals("agnhost") && task.args().contains("liveness")) {
            return liveness(task);
        }
        String body =
                switch (task.name()) {
                    case "hello-app" -> "Hello, world!\nVersion: " + version(task) + "\nHostname: " + host + "\n";
                    case "http-echo" -> option(task, "text", "hello-world") + "\n";
                    case BOOTCAMP, BOOTCAMP + "-2" -> bootcamp(task, host);
                    case "whoami-server" ->
                        "Hostname: " + host + "\nIP: 127.0.0.1\nIP: "
                                + task.host().address() + "\n" + echoed(request);
                    case "echo-server" -> "Request served by " + host + "\n\n" + echoed(request);
                    case "agnhost" ->
                        request.path().equals("/") && !task.args().contains("serve-hostname")
                                ? "NOW: "
                                        + Dates.format(
                                                "%Y-%m-%d %H:%M:%S.000000000 +0000 UTC",
                                                task.now() / 1_000_000_000L, 0, "UTC")
                                : host;
                    default -> host;
                };
        return Text.bytes(HttpMessage.answer("200 OK", "Content-Type: text/plain; charset=utf-8\r\n", body));
    }

    private static byte[] liveness(Task task) {
        long lived = task.now() - task.number("since");
        if (lived < WELL) {
            return Text.bytes(HttpMessage.answer("200 OK", "Content-Type: text/plain; charset=utf-8\r\n", "ok"));
        }
        return Text.bytes(HttpMessage.answer(
                "500 Internal Server Error", "Content-Type: text/plain; charset=utf-8\r\n", "error: " + lived / 1e9));
    }

    private static String bootcamp(Task task, String host) {
        task.number("requests", task.number("requests") + 1);
        task.out("Running On: " + host + " | Total Requests: " + task.number("requests") + " | App Uptime: "
                + (task.now() - task.number("since")) / 1_000_000L / 1000.0 + " seconds | Log Time: " + instant(task)
                + "\n");
        return "Hello Kubernetes bootcamp! | Running on: " + host + " | v="
                + (task.name().equals(BOOTCAMP) ? 1 : 2) + "\n";
    }

    private static String version(Task task) {
        String told = task.env().get("HELLO_APP_VERSION");
        return told == null ? "1.0.0" : told;
    }

    private static String echoed(HttpMessage request) {
        return request.startLine() + "\n" + String.join("\n", request.headers()) + "\n\n";
    }
}
