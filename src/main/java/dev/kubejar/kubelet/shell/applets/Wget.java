package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Connections;
import dev.kubejar.kubelet.shell.Durations;
import dev.kubejar.kubelet.shell.Network;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;

/** wget, as far as HTTP goes. */
public final class Wget implements Applet {
    private static final int MAX_REDIRECTS = 5;
    /** How long Linux tries to connect. */
    private static final long CONNECT_TIMEOUT = 127_000_000_000L;

    private static final long READ_TIMEOUT = 900_000_000_000L;

    @Override
    public int run(Task task) {
        Flags flags = new Flags(
                task,
                "cqSO:P:T:Y:U:to:",
                "header=Hh:",
                "post-data=Pd:",
                "post-file=Pf:",
                "spider=spider",
                "quiet=q",
                "output-document=O",
                "timeout=T",
                "user-agent=U",
                "server-response=S",
                "no-check-certificate=ncc",
                "tries=tr:",
                "no-verbose=q",
                "method=mt:",
                "body-data=Pd:",
                "proxy=Y",
                "continue=c");
        if (flags.rest().isEmpty()) {
            return Usage.show(task);
        }
        while (task.number("url") < flags.rest().size()) {
            int code = one(task, flags, flags.rest().get((int) task.number("url")));
            if (code != 0) {
                return code;
            }
            task.number("url", task.number("url") + 1);
            task.number("phase", 0);
        }
        return 0;
    }

    /** One URL: look up the name, connect and read, write, each after its time. */
    private int one(Task task, Flags flags, String first) {
        Url url = Url.of(task.text("moved") == null ? first : task.text("moved"));
        if (url == null) {
            task.err("wget: not an http or ftp url: " + first + "\n");
            return 1;
        }
        if (task.number("phase") == 0) {
            task.number("phase", 1);
            Network.Lookup lookup = Connections.lookup(task, url.host());
            task.text(
                    "address",
                    lookup.found() == Network.Found.FOUND ? lookup.addresses().get(0) : null);
            long took = lookup.took().toNanos();
            if (took > 0) {
                return task.sleep(task.now() + took);
            }
        }
        if (task.number("phase") == 1) {
            if (task.text("address") == null) {
                task.err("wget: bad address '" + url.host() + "'\n");
                return 1;
            }
            int code = connect(task, flags, url);
            if (code != 0) {
                return code;
            }
        }
        return finish(task, flags, url);
    }

    private static int connect(Task task, Flags flags, Url url) {
        String address = task.text("address");
        if (!flags.has("q")) {
            task.err("Connecting to " + url.host() + (isPlain(url) ? "" : ":" + url.port()) + " (" + address + ":"
                    + url.port() + ")\n");
        }
        Network.Reply reply = Connections.exchange(task, address, url.port(), Text.bytes(request(task, flags, url)));
        long limit = flags.has("T") ? Math.max(0, Durations.nanos(flags.value("T"))) : READ_TIMEOUT;
        long took = reply.took().toNanos();
        task.text("outcome", reply.outcome().name());
        task.text("data", Text.of(reply.data()));
        if (reply.outcome() == Network.Outcome.TIMEOUT) {
            took = flags.has("T") ? limit : CONNECT_TIMEOUT;
            task.text("outcome", flags.has("T") ? "LATE" : "TIMEOUT");
        } else if (took > limit) {
            took = limit;
            task.text("outcome", "LATE");
        }
        task.number("phase", 2);
        return took > 0 ? task.sleep(task.now() + took) : 0;
    }

    private static boolean isPlain(Url url) {
        return true;
    }

    private static String request(Task task, Flags flags, Url url) {
        String body = flags.value("Pd");
        if (body == null && flags.has("Pf")) {
            try {
                body = Text.of(task.files().read(flags.value("Pf")));
            } catch (FsError e) {
                body = "";
            }
        }
        String method = flags.value("mt", body != null ? "POST" : flags.has("spider") ? "HEAD" : "GET");
        StringBuilder out =
                new StringBuilder(method).append(' ').append(url.path()).append(" HTTP/1.1\r\n");
        out.append("Host: ").append(url.authority()).append("\r\nUser-Agent: ").append(flags.value("U", "Wget"));
        out.append("\r\nConnection: close\r\n");
        for (String header : flags.values("Hh")) {
            out.append(header).append("\r\n");
        }
        if (body != null) {
            out.append("Content-Type: application/x-www-form-urlencoded\r\n");
            out.append("Content-Length: ")
                    .append(body.length())
                    .append("\r\n\r\n")
                    .append(body);
        } else {
            out.append("\r\n");
        }
        return out.toString();
    }

    private int finish(Task task, Flags flags, Url url) {
        String address = task.text("address");
        String failure =
                switch (task.text("outcome")) {
                    case "CONNECTED" -> null;
                    case "LATE" -> "download timed out";
                    case "RESET" -> "error getting response: Connection reset by peer";
                    case "REFUSED" -> "can't connect to remote host (" + address + "): Connection refused";
                    case "UNREACHABLE" -> "can't connect to remote host (" + address + "): No route to host";
                    default -> "can't connect to remote host (" + address + "): Connection timed out";
                };
        if (failure != null) {
            task.err("wget: " + failure + "\n");
            return 1;
        }
        HttpMessage answer = HttpMessage.parse(task.text("data"));
        if (answer == null) {
            task.err("wget: error getting response\n");
            return 1;
        }
        if (flags.has("S")) {
            task.err("  " + answer.startLine() + "\n");
            answer.headers().forEach(header -> task.err("  " + header + "\n"));
        }
        int status = answer.status();
        String location = answer.header("location");
        if (status >= 300 && status < 400 && location != null) {
            if (task.number("moves") >= MAX_REDIRECTS) {
                task.err("wget: too many redirections\n");
                return 1;
            }
            task.number("moves", task.number("moves") + 1);
            task.text("moved", location.startsWith("/") ? "http://" + url.authority() + location : location);
            task.number("phase", 0);
            return one(task, flags, task.text("moved"));
        }
        if (status < 200 || status > 299) {
            task.err("wget: server returned error: " + answer.startLine() + "\n");
            return 1;
        }
        return flags.has("spider") ? spider(task, flags) : save(task, flags, url, answer.body());
    }

    private static int spider(Task task, Flags flags) {
        if (!flags.has("q")) {
            task.err("remote file exists\n");
        }
        return 0;
    }

    private static int save(Task task, Flags flags, Url url, String body) {
        String file = flags.value("O", url.fileName());
        if (flags.has("P") && !flags.has("O")) {
            file = flags.value("P") + "/" + file;
        }
        boolean quiet = flags.has("q");
        if (file.equals("-")) {
            if (!quiet) {
                task.err("writing to stdout\n");
            }
            task.out(body);
        } else {
            try {
                if (!flags.has("O") && task.files().exists(file)) {
                    task.err("wget: can't open '" + file + "': File exists\n");
                    return 1;
                }
                int descriptor = task.create(file, false);
                if (!quiet) {
                    task.err("saving to '" + file + "'\n");
                }
                task.write(descriptor, body);
                task.close(descriptor);
            } catch (FsError e) {
                task.err("wget: can't open '" + file + "': " + e.getMessage() + "\n");
                return 1;
            }
        }
        if (!quiet) {
            progress(task, file, body.length());
        }
        return 0;
    }

    /** What the bar shows when it is full. */
    private static void progress(Task task, String file, int size) {
        String name = file.length() > 20 ? file.substring(0, 20) : file + " ".repeat(20 - file.length());
        String count = Integer.toString(size);
        task.err("\r" + name + " 100% |********************************| " + " ".repeat(Math.max(0, 5 - count.length()))
                + count + "  0:00:00 ETA\n");
        task.err(file.equals("-") ? "written to stdout\n" : "'" + file + "' saved\n");
    }
}
