package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Connections;
import dev.kubejar.kubelet.shell.Network;
import dev.kubejar.kubelet.shell.Pattern;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;

/** The part of nginx' configuration that tutorials use: servers with ports, roots, returns and proxies. */
final class NginxConfig {
    private static final int MAX_INCLUDES = 50;

    /** A location with what it does. */
    private static final class Place {
        String prefix = "/";
        boolean exact;
        String root;
        String alias;
        List<String> index;
        List<String> back;
        String proxy;
    }

    private static final class Server {
        final List<Integer> ports = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        final Place own = new Place();
        final List<Place> places = new ArrayList<>();
    }

    private final List<Server> servers = new ArrayList<>();
    private int includes;

    static NginxConfig read(Task task) {
        NginxConfig config = new NginxConfig();
        config.file(task, "/etc/nginx/nginx.conf");
        return config;
    }

    private void file(Task task, String path) {
        if (++includes > MAX_INCLUDES) {
            return;
        }
        try {
            block(task, WebServer.words(Text.of(task.files().read(path))), 0, null, null);
        } catch (FsError e) {
            return;
        }
    }

    /** Reads directives up to a closing brace; the position after it. */
    private int block(Task task, List<String> words, int from, Server server, Place place) {
        int i = from;
        List<String> line = new ArrayList<>();
        while (i < words.size()) {
            String word = words.get(i++);
            switch (word) {
                case "}" -> {
                    return i;
                }
                case ";" -> {
                    directive(task, line, server, place);
                    line.clear();
                }
                case "{" -> {
                    String kind = line.isEmpty() ? "" : line.get(0);
                    if (kind.equals("server")) {
                        Server inner = new Server();
                        servers.add(inner);
                        i = block(task, words, i, inner, inner.own);
                    } else if (kind.equals("location") && server != null) {
                        Place inner = location(line);
                        server.places.add(inner);
                        i = block(task, words, i, server, inner);
                    } else {
                        i = block(task, words, i, server, place);
                    }
                    line.clear();
                }
                default -> line.add(word);
            }
        }
        return i;
    }

    private static Place location(List<String> line) {
        Place place = new Place();
        place.exact = line.size() > 2 && line.get(1).equals("=");
        place.prefix = line.get(line.size() - 1);
        return place;
    }

    private void directive(Task task, List<String> line, Server server, Place place) {
        if (line.size() < 2) {
            return;
        }
        String value = line.get(1);
        switch (line.get(0)) {
            case "include" -> include(task, value.startsWith("/") ? value : "/etc/nginx/" + value);
            case "listen" -> {
                int port = (int) Text.number(value.substring(value.lastIndexOf(':') + 1), 80);
                if (server != null && !server.ports.contains(port)) {
                    server.ports.add(port);
                }
            }
            case "server_name" -> {
                if (server != null) {
                    server.names.addAll(line.subList(1, line.size()));
                }
            }
            default -> {
                if (place != null) {
                    setting(line, value, place);
                }
            }
        }
    }

    private static void setting(List<String> line, String value, Place place) {
        switch (line.get(0)) {
            case "root" -> place.root = value;
            case "alias" -> place.alias = value;
            case "index" -> place.index = List.copyOf(line.subList(1, line.size()));
            case "return" -> place.back = List.copyOf(line.subList(1, line.size()));
            case "proxy_pass" -> place.proxy = value;
            default -> {}
        }
    }

    private void include(Task task, String pattern) {
        int slash = pattern.lastIndexOf('/');
        String directory = pattern.substring(0, slash);
        try {
            for (String name : task.files()
                    .files()
                    .list(task.files().at(directory), task.files().who())) {
                if (Pattern.matches(pattern.substring(slash + 1), name)) {
                    file(task, directory + "/" + name);
                }
            }
        } catch (FsError e) {
            return;
        }
    }

    List<Integer> ports() {
        List<Integer> ports = new ArrayList<>();
        for (Server server : servers) {
            for (int port : server.ports.isEmpty() ? List.of(80) : server.ports) {
                if (!ports.contains(port)) {
                    ports.add(port);
                }
            }
        }
        return ports;
    }

    String answer(Task task, int port, HttpMessage request) {
        Server server = server(port, request.header("host"));
        Place best = null;
        for (Place place : server.places) {
            boolean fits = place.exact
                    ? request.path().equals(place.prefix)
                    : request.path().startsWith(place.prefix);
            if (fits && (best == null || place.exact || place.prefix.length() > best.prefix.length() && !best.exact)) {
                best = place;
            }
        }
        Place place = best == null ? server.own : best;
        List<String> back = server.own.back != null ? server.own.back : place.back;
        if (back != null) {
            return back(task, back, request);
        }
        if (place.proxy != null) {
            return proxy(task, place, request);
        }
        List<String> indexes =
                place.index != null ? place.index : server.own.index != null ? server.own.index : List.of("index.html");
        if (place.alias != null) {
            String rest = request.path().substring(place.prefix.length());
            return WebServer.file(
                    task,
                    place.alias.replaceFirst("/$", ""),
                    new HttpMessage("GET /" + rest + " HTTP/1.1", request.headers(), ""),
                    indexes);
        }
        String root = place.root != null ? place.root : server.own.root != null ? server.own.root : "/etc/nginx/html";
        return WebServer.file(task, root, request, indexes);
    }

    private Server server(int port, String host) {
        String name = host == null ? "" : host.replaceFirst(":[0-9]+$", "");
        Server first = null;
        for (Server server : servers) {
            if (server.ports.contains(port) || server.ports.isEmpty() && port == 80) {
                if (server.names.contains(name)) {
                    return server;
                }
                first = first == null ? server : first;
            }
        }
        return first == null ? new Server() : first;
    }

    private static String back(Task task, List<String> words, HttpMessage request) {
        int status = (int) Text.number(words.get(0), 302);
        String text = words.size() > 1 ? words.get(1) : status == 302 ? words.get(0) : "";
        text = text.replace("$hostname", task.host().hostname())
                .replace("$uri", request.path())
                .replace("$request_uri", request.path())
                .replace("$host", request.header("host") == null ? "" : request.header("host"))
                .replace("$server_addr", task.host().address());
        String title =
                switch (status) {
                    case 200 -> "OK";
                    case 301 -> "Moved Permanently";
                    case 302 -> "Moved Temporarily";
                    case 404 -> "Not Found";
                    case 403 -> "Forbidden";
                    case 500 -> "Internal Server Error";
                    case 503 -> "Service Temporarily Unavailable";
                    default -> "Status";
                };
        if (status == 301 || status == 302) {
            return HttpMessage.answer(status + " " + title, "Server: nginx\r\nLocation: " + text + "\r\n", "");
        }
        return text.isEmpty() && status != 200
                ? WebServer.error(task, status, title, "")
                : HttpMessage.answer(
                        status + " " + title, "Server: nginx\r\nContent-Type: application/octet-stream\r\n", text);
    }

    private static String proxy(Task task, Place place, HttpMessage request) {
        Url url = Url.of(place.proxy);
        if (url == null) {
            return WebServer.error(task, 502, "Bad Gateway", "");
        }
        Network.Lookup lookup = Connections.lookup(task, url.host());
        if (lookup.found() != Network.Found.FOUND) {
            return WebServer.error(task, 502, "Bad Gateway", "");
        }
        boolean hasPath = place.proxy.indexOf('/', place.proxy.indexOf("://") + 3) > 0;
        String path = hasPath
                ? url.path()
                        + request.path()
                                .substring(Math.min(
                                        place.prefix.length(), request.path().length()))
                : request.path();
        String sent = request.method() + " " + path + " HTTP/1.1\r\nHost: " + url.authority()
                + "\r\nConnection: close\r\n\r\n" + request.body();
        Network.Reply reply = Connections.exchange(task, lookup.addresses().get(0), url.port(), Text.bytes(sent));
        return switch (reply.outcome()) {
            case CONNECTED -> Text.of(reply.data());
            case TIMEOUT -> WebServer.error(task, 504, "Gateway Time-out", "");
            default -> WebServer.error(task, 502, "Bad Gateway", "");
        };
    }
}
