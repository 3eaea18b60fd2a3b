package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Connections;
import dev.kubejar.kubelet.shell.Durations;
import dev.kubejar.kubelet.shell.Escapes;
import dev.kubejar.kubelet.shell.Network;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;

/** curl, as far as HTTP goes. */
public final class Curl implements Applet {
    private static final int MAX_REDIRECTS = 10;
    private static final long CONNECT_TIMEOUT = 134_000_000_000L;

    @Override
    public int run(Task task) {
        Flags flags = new Flags(
                task,
                "sSfvLIikgo:Ow:X:H:d:m:A:u:G",
                "silent=s",
                "show-error=S",
                "fail=f",
                "verbose=v",
                "location=L",
                "head=I",
                "include=i",
                "insecure=k",
                "output=o",
                "remote-name=O",
                "write-out=w",
                "request=X",
                "header=H",
                "data=d",
                "max-time=m",
                "connect-timeout=ct:",
                "user-agent=A",
                "retry=rt:",
                "data-raw=d",
                "no-progress-meter=s",
                "url=url:");
        String first = flags.has("url")
                ? flags.value("url")
                : flags.rest().isEmpty() ? null : flags.rest().get(0);
        if (first == null) {
            task.err("curl: try 'curl --help' for more information\n");
            return 2;
        }
        Url url = Url.of(task.text("moved") == null ? first : task.text("moved"));
        if (url == null) {
            return fail(task, flags, 1, "Protocol \"" + first.split(":")[0] + "\" not supported");
        }
        if (task.number("phase") == 0) {
            Network.Lookup lookup = Connections.lookup(task, url.host());
            if (lookup.found() != Network.Found.FOUND) {
                return fail(task, flags, 6, "Could not resolve host: " + url.host());
            }
            request(task, flags, url, lookup.addresses().get(0));
        }
        if (task.now() < task.number("until")) {
            return task.sleep(task.number("until"));
        }
        return finish(task, flags, url);
    }

    private static void request(Task task, Flags flags, Url url, String address) {
        String body = flags.has("d") ? String.join("&", flags.values("d")) : null;
        String method = flags.value("X", flags.has("I") ? "HEAD" : body != null ? "POST" : "GET");
        StringBuilder out = new StringBuilder(method + " " + url.path() + " HTTP/1.1\r\n");
        if (flags.values("H").stream()
                .noneMatch(h -> h.toLowerCase(java.util.Locale.ROOT).startsWith("host:"))) {
            out.append("Host: ").append(url.authority()).append("\r\n");
        }
        out.append("User-Agent: ")
                .append(flags.value("A", "curl/8.5.0"))
                .append("\r\nAccept: */*\r\nConnection: close\r\n");
        flags.values("H").forEach(header -> out.append(header).append("\r\n"));
        out.append(
                body == null
                        ? ""
                        : "Content-Length: " + body.length()
                                + "\r\nContent-Type: application/x-www-form-urlencoded\r\n");
        out.append("\r\n").append(body == null ? "" : body);
        Network.Reply reply = Connections.exchange(task, address, url.port(), Text.bytes(out.toString()));
        String limit = flags.has("m") ? flags.value("m") : flags.value("ct");
        long most = limit == null ? CONNECT_TIMEOUT : Math.max(0, Durations.nanos(limit));
        boolean late = reply.outcome() == Network.Outcome.TIMEOUT
                || flags.has("m") && reply.took().toNanos() > most;
        task.text("outcome", late ? "TIMEOUT" : reply.outcome().name());
        task.text("data", Text.of(reply.data()));
        task.number("until", task.now() + (late ? most : reply.took().toNanos()));
        task.number("took", late ? most / 1_000_000 : reply.took().toMillis());
        task.number("phase", 1);
    }

    private static int fail(Task task, Flags flags, int code, String message) {
        if (!flags.has("s") || flags.has("S")) {
            task.err("curl: (" + code + ") " + message + "\n");
        }
        writeOut(task, flags, null);
        return code;
    }

    private int finish(Task task, Flags flags, Url url) {
        long took = task.number("took");
        String target = url.host() + " port " + url.port();
        switch (task.text("outcome")) {
            case "CONNECTED" -> {}
            case "TIMEOUT" -> {
                return fail(
                        task,
                        flags,
                        28,
                        flags.has("m")
                                ? "Connection timed out after " + took + " milliseconds"
                                : "Failed to connect to " + target + " after " + took
                                        + " ms: Couldn't connect to server");
            }
            case "RESET" -> {
                return fail(task, flags, 56, "Recv failure: Connection reset by peer");
            }
            default -> {
                return fail(
                        task,
                        flags,
                        7,
                        "Failed to connect to " + target + " after " + took + " ms: Couldn't connect to server");
            }
        }
        HttpMessage answer = HttpMessage.parse(task.text("data"));
        if (answer == null) {
            return fail(task, flags, 52, "Empty reply from server");
        }
        String location = answer.header("location");
        if (flags.has("L") && answer.status() / 100 == 3 && location != null && task.number("moves") < MAX_REDIRECTS) {
            task.number("moves", task.number("moves") + 1);
            task.text("moved", location.startsWith("/") ? "http://" + url.authority() + location : location);
            task.number("phase", 0);
            return AGAIN;
        }
        if (flags.has("f") && answer.status() >= 400) {
            return fail(task, flags, 22, "The requested URL returned error: " + answer.status());
        }
        String head = answer.startLine() + "\r\n" + String.join("\r\n", answer.headers()) + "\r\n\r\n";
        String text = (flags.has("I") || flags.has("i") ? head : "") + (flags.has("I") ? "" : answer.body());
        return output(task, flags, url, text, answer);
    }

    private static int output(Task task, Flags flags, Url url, String text, HttpMessage answer) {
        String file = flags.has("O") ? url.fileName() : flags.value("o", "-");
        if (file.equals("-")) {
            task.out(text);
        } else {
            try {
                int descriptor = task.create(file, false);
                task.write(descriptor, text);
                task.close(descriptor);
            } catch (FsError e) {
                return fail(task, flags, 23, "Failure writing output to destination");
            }
        }
        writeOut(task, flags, answer);
        return 0;
    }

    private static void writeOut(Task task, Flags flags, HttpMessage answer) {
        if (flags.has("w")) {
            String status = Integer.toString(answer == null ? 0 : answer.status());
            String code = "0".repeat(3 - status.length()) + status;
            task.out(Escapes.decode(flags.value("w"), true)
                    .text()
                    .replace("%{http_code}", code)
                    .replace("%{response_code}", code)
                    .replace(
                            "%{size_download}",
                            Integer.toString(answer == null ? 0 : answer.body().length()))
                    .replace("%{time_total}", "0.000000"));
        }
    }
}
