package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Connections;
import dev.kubejar.kubelet.shell.Network;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

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
        /** A pattern instead of a prefix. */
        Pattern matcher;
        /** What the path becomes before it is passed on: a pattern and its replacement. */
        List<String> rewrite;

        final List<List<String>> headers = new ArrayList<>();
    }

    private static final class Server {
        final List<Integer> ports = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        final Place own = new Place();
        final List<Place> places = new ArrayList<>();
    }

    private final List<Server> servers = new ArrayList<>();
    private final Map<String, List<String>> upstreams = new TreeMap<>();
    private String upstream;
    private int includes;

    static NginxConfig read(Task task) {
        NginxConfig config = new NginxConfig();
        config.file(task, "/etc/nginx/nginx.conf");
        return config;
    }

    /** A configuration that is no file of the container's. */
    static NginxConfig parse(Task task, String text) {
        NginxConfig config = new NginxConfig();
        config.block(task, WebServer.words(text), 0, null, null);
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
                        String outer = upstream;
                        upstream = kind.equals("upstream") && line.size() > 1 ? line.get(1) : outer;
                        i = block(task, words, i, server, place);
                        upstream = outer;
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
        if (line.size() > 2 && line.get(1).startsWith("~")) {
            place.matcher = pattern(place.prefix, line.get(1).equals("~*"));
        }
        return place;
    }

    /** Null for what is no pattern. */
    private static Pattern pattern(String text, boolean anyCase) {
        try {
            return Pattern.compile(text, anyCase ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private void directive(Task task, List<String> line, Server server, Place place) {
        if (line.size() < 2) {
            return;
        }
        String value = line.get(1);
        switch (line.get(0)) {
            case "server" -> {
                if (upstream != null) {
                    upstreams
                            .computeIfAbsent(upstream, key -> new ArrayList<>())
                            .add(value);
                }
            }
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
            case "rewrite" -> place.rewrite = List.copyOf(line.subList(1, line.size()));
            case "proxy_set_header" -> place.headers.add(List.copyOf(line.subList(1, line.size())));
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
                if (dev.kubejar.kubelet.shell.Pattern.matches(pattern.substring(slash + 1), name)) {
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
        boolean patterned = false;
        for (Place place : server.places) {
            if (place.matcher != null) {
                boolean found = !patterned
                        && (best == null || !best.exact)
                        && place.matcher.matcher(request.path()).find();
                best = found ? place : best;
                patterned |= found;
                continue;
            }
            boolean fits = (!patterned || place.exact)
                    && (place.exact
                            ? request.path().equals(place.prefix)
                            : request.path().startsWith(place.prefix));
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
        Server wild = null;
        for (Server server : servers) {
            if (server.ports.contains(port) || server.ports.isEmpty() && port == 80) {
                if (server.names.contains(name)) {
                    return server;
                }
                if (wild == null && server.names.stream().anyMatch(each -> covers(each, name))) {
                    wild = server;
                }
                boolean any = server.names.contains("_");
                first = first == null || any ? server : first;
            }
        }
        return wild != null ? wild : first == null ? new Server() : first;
    }

    /** Whether a name of the form {@code *.example.com} covers another. */
    private static boolean covers(String name, String host) {
        return name.startsWith("*.")
                && host.endsWith(name.substring(1))
                && host.indexOf('.') == host.length() - name.length() + 1;
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
                    case 308 -> "Permanent Redirect";
                    case 302 -> "Moved Temporarily";
                    case 404 -> "Not Found";
                    case 403 -> "Forbidden";
                    case 500 -> "Internal Server Error";
                    case 503 -> "Service Temporarily Unavailable";
                    default -> "Status";
                };
        if (status == 301 || status == 302 || status == 308) {
            return HttpMessage.answer(status + " " + title, "Server: nginx\r\nLocation: " + text + "\r\n", "");
        }
        return text.isEmpty() && status != 200
                ? WebServer.error(task, status, title, "")
                : HttpMessage.answer(
                        status + " " + title, "Server: nginx\r\nContent-Type: application/octet-stream\r\n", text);
    }

    private String proxy(Task task, Place place, HttpMessage request) {
        Url url = Url.of(place.proxy);
        if (url == null) {
            return WebServer.error(task, 502, "Bad Gateway", "");
        }
        List<String> members = upstreams.get(url.host());
        String address;
        int port = url.port();
        if (members == null) {
            Network.Lookup lookup = Connections.lookup(task, url.host());
            if (lookup.found() != Network.Found.FOUND) {
                return WebServer.error(task, 502, "Bad Gateway", "");
            }
            address = lookup.addresses().get(0);
        } else {
            String turn = "upstream/" + url.host();
            long next = task.number(turn);
            task.number(turn, next + 1);
            String member = members.get((int) (next % members.size()));
            int colon = member.lastIndexOf(':');
            address = colon < 0 ? member : member.substring(0, colon);
            port = colon < 0 ? 80 : (int) Text.number(member.substring(colon + 1), 80);
        }
        boolean hasPath = place.proxy.indexOf('/', place.proxy.indexOf("://") + 3) > 0;
        String path = hasPath
                ? url.path()
                        + request.path()
                                .substring(Math.min(
                                        place.prefix.length(), request.path().length()))
                : request.path();
        String sent = request.method() + " " + rewritten(place, path) + query(request) + " HTTP/1.1\r\n"
                + headers(task, place, request, url) + "Connection: close\r\n\r\n" + request.body();
        Network.Reply reply = Connections.exchange(task, address, port, Text.bytes(sent));
        return switch (reply.outcome()) {
            case CONNECTED -> Text.of(reply.data());
            case TIMEOUT -> WebServer.error(task, 504, "Gateway Time-out", "");
            default -> WebServer.error(task, 502, "Bad Gateway", "");
        };
    }

    private static String query(HttpMessage request) {
        String[] words = request.startLine().split(" ");
        int question = words.length > 1 ? words[1].indexOf('?') : -1;
        return question < 0 ? "" : words[1].substring(question);
    }

    private static String rewritten(Place place, String path) {
        Pattern pattern =
                place.rewrite == null || place.rewrite.size() < 2 ? null : pattern(place.rewrite.get(0), false);
        if (pattern == null) {
            return path;
        }
        java.util.regex.Matcher found = pattern.matcher(path);
        if (!found.find()) {
            return path;
        }
        String to = place.rewrite.get(1);
        for (int i = found.groupCount(); i > 0; i--) {
            to = to.replace("$" + i, found.group(i) == null ? "" : found.group(i));
        }
        return to.isEmpty() || to.charAt(0) != '/' ? "/" + to : to;
    }

    /** The headers that are passed on: those that the location sets, then the client's. */
    private static String headers(Task task, Place place, HttpMessage request, Url url) {
        StringBuilder out = new StringBuilder();
        java.util.TreeSet<String> set = new java.util.TreeSet<>(List.of("connection", "content-length"));
        String host = request.header("host") == null ? "" : request.header("host");
        for (List<String> header : place.headers) {
            String name = header.get(0);
            if (header.size() < 2 || !set.add(name.toLowerCase(java.util.Locale.ROOT))) {
                continue;
            }
            String value = String.join(" ", header.subList(1, header.size()))
                    .replace("$best_http_host", host)
                    .replace("$http_host", host)
                    .replace("$host", host)
                    .replace("$remote_addr", task.host().address())
                    .replace("$pass_access_scheme", "http")
                    .replace("$pass_port", "80");
            if (!value.contains("$")) {
                out.append(name).append(": ").append(value).append("\r\n");
            }
        }
        if (set.add("host")) {
            out.append("Host: ").append(url.authority()).append("\r\n");
        }
        for (String header : request.headers()) {
            int colon = header.indexOf(':');
            if (colon > 0 && set.add(header.substring(0, colon).toLowerCase(java.util.Locale.ROOT))) {
                out.append(header).append("\r\n");
            }
        }
        return out.append(
                        request.body().isEmpty()
                                ? ""
                                : "Content-Length: " + request.body().length() + "\r\n")
                .toString();
    }
}
