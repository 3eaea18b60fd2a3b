package dev.kubejar.cli.troubleshooting;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Disk;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.rest.RestAnswer;
import dev.kubejar.cli.rest.RestApi;
import dev.kubejar.cli.rest.RestCall;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code kubectl proxy}: the REST API on a port of the host, as long as the command lives. */
public final class Proxy implements Command {
    private static final String HOSTS = "^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$";
    private static final String REJECTED = "^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach";

    private Invocation call;
    private Flags flags;

    @Override
    public void flags(Flags declared) {
        declared.string("accept-hosts", HOSTS)
                .string("accept-paths", "^.*")
                .string("address", "127.0.0.1")
                .string("api-prefix", "/")
                .bool("append-server-path", false)
                .bool("disable-filter", false)
                .duration("keepalive", "0s")
                .integer("port", 'p', 8001)
                .string("reject-methods", "^$")
                .string("reject-paths", REJECTED)
                .string("unix-socket", 'u', "")
                .string("www", 'w', "")
                .string("www-prefix", 'P', "/static/");
    }

    @Override
    public int run(Invocation invocation) {
        call = invocation;
        flags = call.flags();
        if (!flags.text("unix-socket").isEmpty()) {
            if (flags.number("port") != 8001) {
                throw new CliError("cannot set --unix-socket and --port at the same time");
            }
            throw new CliError("--unix-socket is not supported; use --port");
        }
        for (String each : List.of("accept-hosts", "accept-paths", "reject-methods", "reject-paths")) {
            patterns(each);
        }
        call.cluster();
        HttpServer server = listen(flags.text("address"), (int) flags.number("port"));
        InetSocketAddress at = server.getAddress();
        String host = at.getAddress().getHostAddress();
        call.out()
                .println("Starting to serve on " + (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort());
        call.session().flush();
        server.createContext("/", this::handle);
        server.start();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            server.stop(0);
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static HttpServer listen(String address, int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
        } catch (BindException e) {
            boolean used = e.getMessage() != null && e.getMessage().contains("in use");
            throw new CliError("listen tcp " + address + ":" + port + ": bind: "
                    + (used ? "address already in use" : "cannot assign requested address"));
        } catch (IOException | IllegalArgumentException e) {
            throw new CliError("listen tcp: address " + port + ": invalid port");
        }
    }

    private List<Pattern> patterns(String flag) {
        List<Pattern> all = new ArrayList<>();
        try {
            for (String each : flags.text(flag).split(",")) {
                if (!each.isEmpty()) {
                    all.add(Pattern.compile(each));
                }
            }
        } catch (PatternSyntaxException e) {
            throw new CliError("Error compiling re: error parsing regexp: " + e.getDescription());
        }
        return all;
    }

    private boolean matches(String flag, String text) {
        return patterns(flag).stream().anyMatch(pattern -> pattern.matcher(text).find());
    }

    private boolean accepts(String method, String path, String host) {
        return flags.on("disable-filter")
                || !matches("reject-paths", path)
                        && !matches("reject-methods", method)
                        && matches("accept-paths", path)
                        && matches("accept-hosts", host);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            RestAnswer answer = answer(exchange);
            if (!answer.contentType().isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            }
            boolean bodiless = exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0;
            exchange.sendResponseHeaders(answer.code(), bodiless ? -1 : answer.body().length);
            if (!bodiless) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    private RestAnswer answer(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String path = uri.getPath();
        String folder = flags.text("www");
        String prefix = slashed(flags.text("www-prefix"));
        if (!folder.isEmpty() && path.startsWith(prefix)) {
            return file(call.session().path(folder), path.substring(prefix.length()));
        }
        String api = slashed(flags.text("api-prefix"));
        if (!path.startsWith(api)) {
            return plain(404, "404 page not found\n");
        }
        String inner = api.startsWith("/api") ? path : "/" + path.substring(api.length());
        if (!accepts(exchange.getRequestMethod(), inner, host(header(exchange, "Host")))) {
            return plain(403, "Forbidden\n");
        }
        RestCall request = new RestCall(
                exchange.getRequestMethod(),
                inner,
                RestCall.query(uri.getRawQuery()),
                header(exchange, "Content-Type"),
                header(exchange, "Accept"),
                header(exchange, "User-Agent"),
                exchange.getRequestBody().readAllBytes());
        return served(request);
    }

    private synchronized RestAnswer served(RestCall request) {
        RestAnswer answer = new RestApi(call).answer(request);
        // what was written comes to rest before it is acknowledged, as after a command
        if (!request.method().equals("GET")) {
            call.cluster().settle();
        }
        call.cluster().commit();
        return answer;
    }

    private static String slashed(String prefix) {
        return prefix.endsWith("/") ? prefix : prefix + "/";
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static String host(String header) {
        int colon = header.lastIndexOf(':');
        return colon > header.lastIndexOf(']') ? header.substring(0, colon) : header;
    }

    private static RestAnswer plain(int code, String text) {
        return new RestAnswer(code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static RestAnswer file(Path folder, String name) {
        Path root = folder.toAbsolutePath().normalize();
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root)) {
            return plain(404, "404 page not found\n");
        }
        try {
            Path shown = Files.isDirectory(path) ? path.resolve("index.html") : path;
            String type = Files.probeContentType(shown);
            byte[] bytes = Files.readAllBytes(shown);
            return new RestAnswer(200, type == null ? "text/plain; charset=utf-8" : type, bytes);
        } catch (IOException e) {
            return plain(404, Disk.reason(e).equals("permission denied") ? "403 Forbidden\n" : "404 page not found\n");
        }
    }
}
