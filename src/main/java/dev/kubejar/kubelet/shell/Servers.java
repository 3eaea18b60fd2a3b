package dev.kubejar.kubelet.shell;

import java.util.List;
import java.util.Map;

/** What the well-known images run by themselves. */
public final class Servers {
    private Servers() {}

    /**
     * What an image starts with and where.
     *
     * @param entrypoint runs before the arguments; empty for none
     * @param command the arguments unless the container has its own
     * @param env the image's variables besides PATH
     */
    public record Defaults(
            List<String> entrypoint, List<String> command, String directory, int user, Map<String, String> env) {}

    /** The defaults of the image with this last name of a repository. */
    public static Defaults defaults(String name) {
        if (Components.known(name)) {
            return Components.defaults(name);
        }
        return switch (name) {
            case "busybox", "alpine", "bash", "debian", "ubuntu", "perl" -> of(List.of(), List.of("sh"), "/");
            case "nginx", "nginx-slim" ->
                of(List.of("/docker-entrypoint.sh"), List.of("nginx", "-g", "daemon off;"), "/");
            case "httpd" -> of(List.of(), List.of("httpd-foreground"), "/usr/local/apache2");
            case "hpa-example" -> of(List.of(), List.of("apache2-foreground"), "/var/www/html");
            case "hello-app", "http-echo", "whoami", "agnhost", "serve_hostname" ->
                of(List.of("/" + name), name.equals("agnhost") ? List.of("pause") : List.of(), "/");
            case "kubernetes-bootcamp" -> of(List.of(), List.of("/bin/kubernetes-bootcamp"), "/");
            case "dnsutils", "jessie-dnsutils" -> of(List.of(), List.of("sleep", "infinity"), "/");
            case "echo-server", "echoserver" -> of(List.of(), List.of("/bin/echo-server"), "/");
            case "stress" -> of(List.of(), List.of("/bin/sh"), "/");
            case "pause" -> of(List.of("/pause"), List.of(), "/");
            default ->
                of(List.of("docker-entrypoint.sh"), List.of(program(name)), name.equals("redis") ? "/data" : "/");
        };
    }

    /** Whether of an image of this name nothing is known but that it serves: on the ports that its container names. */
    public static boolean opaque(String name) {
        return switch (name) {
            case "busybox", "busybox-1.28", "alpine", "bash", "debian", "ubuntu", "perl", "nginx", "nginx-slim" ->
                false;
            case "httpd", "pause", "mc-user" -> false;
            case "hpa-example", "hello-app", "http-echo", "whoami", "agnhost", "serve_hostname" -> false;
            case "echo-server", "echoserver", "stress" -> false;
            case "kubernetes-bootcamp", "dnsutils", "jessie-dnsutils" -> false;
            default -> !Components.known(name);
        };
    }

    /** Whether not even its programs are known, so that it may have any. */
    public static boolean guessed(String name) {
        return opaque(name) && clients(name).isEmpty();
    }

    /** What an image has beside its server. */
    static List<String> clients(String name) {
        return switch (name) {
            case "redis" -> List.of("redis-cli", "redis-benchmark");
            case "mysql" -> List.of("mysql", "mysqladmin", "mysqldump");
            case "postgres" -> List.of("psql", "pg_isready", "pg_dump", "createdb");
            case "mongo" -> List.of("mongo", "mongosh", "mongodump");
            default -> List.of();
        };
    }

    /** Whether an image starts a shell unless it is told otherwise. */
    public static boolean shell(String name) {
        return defaults(name).command().equals(List.of("sh"));
    }

    private static Defaults of(List<String> entrypoint, List<String> command, String directory) {
        return new Defaults(entrypoint, command, directory, 0, Map.of());
    }

    /** The server that an image of this name has besides busybox. */
    static String program(String name) {
        return switch (name) {
            case "redis" -> "redis-server";
            case "mysql" -> "mysqld";
            case "mongo" -> "mongod";
            default -> name;
        };
    }
}
