package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Location;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Connections;
import dev.kubejar.kubelet.shell.Signal;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;

/** busybox' httpd, nginx, and Apache's httpd: they listen and serve files; nginx and Apache stop in good order. */
public final class WebServer implements Applet {
    @Override
    public int run(Task task) {
        if (task.number("listening") == 0) {
            for (int port : ports(task)) {
                if (!Connections.listen(task, port)) {
                    task.err(inUse(task, port));
                    return 1;
                }
            }
            task.number("listening", 1);
            if (task.name().equals("httpd") && !flags(task).has("f")) {
                return task.daemon();
            }
        }
        return task.pause();
    }

    @Override
    public int stops(Task task, Signal signal) {
        if (task.name().equals("httpd")) {
            return -1;
        }
        return signal == Signal.TERM || signal == Signal.QUIT || signal == Signal.INT || signal == Signal.WINCH
                ? 0
                : -1;
    }

    private static String inUse(Task task, int port) {
        return task.name().equals("nginx")
                ? "nginx: [emerg] bind() to 0.0.0.0:" + port + " failed (98: Address already in use)\n"
                : task.name() + ": bind: Address already in use\n";
    }

    private static Flags flags(Task task) {
        return new Flags(task, "ifvp:u:h:r:c:e:d:m:M:");
    }

    private static List<Integer> ports(Task task) {
        if (task.name().equals("apache")) {
            return List.of(80);
        }
        if (task.name().equals("nginx")) {
            return NginxConfig.read(task).ports();
        }
        String port = flags(task).value("p", "80");
        return List.of((int) Text.number(port.substring(port.lastIndexOf(':') + 1), 80));
    }

    @Override
    public byte[] answer(Task task, int port, byte[] bytes) {
        HttpMessage request = HttpMessage.parse(Text.of(bytes));
        if (bytes.length == 0) {
            return new byte[0];
        }
        if (request == null) {
            return Text.bytes(error(task, 400, "Bad Request", "Unsupported method"));
        }
        String answer =
                switch (task.name()) {
                    case "nginx" -> NginxConfig.read(task).answer(task, port, request);
                    case "apache" -> file(task, "/usr/local/apache2/htdocs", request, List.of("index.html"));
                    default -> file(task, absolute(task, flags(task).value("h", ".")), request, List.of("index.html"));
                };
        if (request.method().equals("HEAD")) {
            int end = answer.indexOf("\r\n\r\n");
            answer = end < 0 ? answer : answer.substring(0, end + 4);
        }
        return Text.bytes(answer);
    }

    private static String absolute(Task task, String path) {
        return path.startsWith("/") ? path : task.cwd() + "/" + path;
    }

    /** A file below a directory, or the error page. */
    static String file(Task task, String root, HttpMessage request, List<String> indexes) {
        String path = decoded(request.path());
        if (List.of(path.split("/")).contains("..")) {
            return error(task, 400, "Bad Request", "Unsupported method");
        }
        try {
            String full = root + (path.startsWith("/") ? path : "/" + path);
            Location there = task.files().at(full);
            if (there.node().isDirectory()) {
                if (!path.endsWith("/")) {
                    return HttpMessage.answer("301 Moved Permanently", "Location: " + path + "/\r\n", "");
                }
                for (String index : indexes) {
                    if (task.files().exists(full + index)) {
                        return content(task, full + index);
                    }
                }
                return task.name().equals("httpd")
                        ? error(task, 404, "Not Found", "The requested URL was not found")
                        : error(task, 403, "Forbidden", "");
            }
            return content(task, full);
        } catch (FsError e) {
            return e.is(dev.kubejar.kubelet.fs.Errno.EACCES)
                    ? error(task, 403, "Forbidden", "")
                    : error(task, 404, "Not Found", "The requested URL was not found");
        }
    }

    private static String content(Task task, String path) throws FsError {
        String body = Text.of(task.files().read(path));
        long modified = Math.floorDiv(task.files().at(path).node().mtime(), 1_000_000_000L);
        String headers = server(task) + "Content-Type: " + type(path) + "\r\nLast-Modified: "
                + Dates.format("%a, %d %b %Y %H:%M:%S GMT", modified, 0, "UTC") + "\r\n";
        return HttpMessage.answer("200 OK", headers, body);
    }

    private static String server(Task task) {
        String date =
                "Date: " + Dates.format("%a, %d %b %Y %H:%M:%S GMT", task.now() / 1_000_000_000L, 0, "UTC") + "\r\n";
        return (task.name().equals("nginx")
                        ? "Server: nginx\r\n"
                        : task.name().equals("apache") ? "Server: Apache\r\n" : "")
                + date;
    }

    private static String type(String path) {
        String end = path.substring(path.lastIndexOf('.') + 1);
        return switch (end) {
            case "html", "htm" -> "text/html";
            case "txt" -> "text/plain";
            case "css" -> "text/css";
            case "js" -> "application/javascript";
            case "json" -> "application/json";
            case "png" -> "image/png";
            default -> "application/octet-stream";
        };
    }

    /** An error page in the server's own words. */
    static String error(Task task, int status, String title, String text) {
        String line = status + " " + title;
        String body =
                switch (task.name()) {
                    case "nginx", "nginx-ingress-controller" ->
                        "<html>\r\n<head><title>" + line + "</title></head>\r\n<body>\r\n<center><h1>" + line
                                + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
                    case "apache" ->
                        "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>" + line
                                + "</title>\n</head><body>\n<h1>" + title + "</h1>\n</body></html>\n";
                    default ->
                        "<HTML><HEAD><TITLE>" + line + "</TITLE></HEAD>\n<BODY><H1>" + line + "</H1>\n" + text
                                + "\n</BODY></HTML>\n";
                };
        return HttpMessage.answer(line, server(task) + "Content-Type: text/html\r\n", body);
    }

    private static String decoded(String path) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean code = c == '%'
                    && i + 2 < path.length()
                    && Character.digit(path.charAt(i + 1), 16) >= 0
                    && Character.digit(path.charAt(i + 2), 16) >= 0;
            out.append(code ? (char) Integer.parseInt(path.substring(i + 1, i + 3), 16) : c);
            i += code ? 2 : 0;
        }
        return out.toString();
    }

    /** Words of a text, for configuration files. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean open = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\' && i + 1 < text.length()) {
                    char next = text.charAt(++i);
                    word.append(
                            next == 'n'
                                    ? "\n"
                                    : next == 't'
                                            ? "\t"
                                            : next == quote || next == '\\' ? String.valueOf(next) : "\\" + next);
                } else if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
                continue;
            }
            if (c == '#' && !open) {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end;
                continue;
            }
            if (c == '"' || c == '\'') {
                quote = c;
                open = true;
            } else if (" \t\r\n;{}".indexOf(c) >= 0) {
                if (open) {
                    words.add(word.toString());
                    word.setLength(0);
                    open = false;
                }
                if (";{}".indexOf(c) >= 0) {
                    words.add(String.valueOf(c));
                }
            } else {
                open = true;
                word.append(c);
            }
        }
        return words;
    }
}
