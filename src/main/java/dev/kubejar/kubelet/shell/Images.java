package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.Image;
import java.util.HashMap;
import java.util.Map;

/** Root file systems of well-known images, laid out when they are first asked for. */
public final class Images {
    /** 2023-05-18T22:34:17Z, when busybox 1.36.1 came out. */
    private static final long MADE = 1_684_449_257L * 1_000_000_000L;

    private static final String[] BIN = {
        "[",
        "[[",
        "arch",
        "ash",
        "awk",
        "base64",
        "basename",
        "bzcat",
        "cat",
        "chgrp",
        "chmod",
        "chown",
        "clear",
        "cmp",
        "comm",
        "cp",
        "cut",
        "date",
        "dd",
        "df",
        "diff",
        "dirname",
        "dos2unix",
        "du",
        "echo",
        "egrep",
        "env",
        "expand",
        "expr",
        "factor",
        "false",
        "fgrep",
        "find",
        "fold",
        "free",
        "getopt",
        "grep",
        "groups",
        "gunzip",
        "gzip",
        "head",
        "hexdump",
        "hostname",
        "httpd",
        "id",
        "install",
        "ip",
        "kill",
        "killall",
        "less",
        "link",
        "ln",
        "logger",
        "logname",
        "ls",
        "md5sum",
        "mkdir",
        "mkfifo",
        "mktemp",
        "more",
        "mount",
        "mv",
        "nc",
        "netstat",
        "nice",
        "nl",
        "nohup",
        "nproc",
        "nslookup",
        "od",
        "paste",
        "pgrep",
        "pidof",
        "ping",
        "pkill",
        "printenv",
        "printf",
        "ps",
        "pwd",
        "readlink",
        "realpath",
        "renice",
        "reset",
        "rev",
        "rm",
        "rmdir",
        "sed",
        "seq",
        "setsid",
        "sh",
        "sha1sum",
        "sha256sum",
        "sha512sum",
        "shuf",
        "sleep",
        "sort",
        "split",
        "stat",
        "strings",
        "stty",
        "su",
        "sum",
        "sync",
        "tac",
        "tail",
        "tar",
        "tee",
        "telnet",
        "test",
        "time",
        "timeout",
        "top",
        "touch",
        "tr",
        "true",
        "truncate",
        "tty",
        "uname",
        "uniq",
        "unlink",
        "uptime",
        "usleep",
        "vi",
        "watch",
        "wc",
        "wget",
        "which",
        "whoami",
        "xargs",
        "xxd",
        "yes",
        "zcat"
    };

    private static final Map<String, Image> LAID_OUT = new HashMap<>();

    private Images() {}

    /** The image behind a repository's last name; every one has the busybox programs. */
    public static synchronized Image root(String name) {
        Image known = LAID_OUT.get(name);
        if (known == null) {
            known = laidOut(name);
            LAID_OUT.put(name, known);
        }
        return known;
    }

    private static Image laidOut(String name) {
        if (Components.known(name)) {
            return Components.lay(name, Components.hasShell(name) ? base() : new Image.Layout(MADE));
        }
        if (name.equals("busybox-1.28")) {
            return base("nslookup").program("/bin/nslookup", "nslookup-1.28").build();
        }
        return name.startsWith("nginx") ? nginx() : name.equals("busybox") ? base().build() : other(name);
    }

    private static Image.Layout base() {
        return base("");
    }

    /** Busybox with what every image has, but for one program. */
    private static Image.Layout base(String without) {
        Image.Layout layout = new Image.Layout(MADE);
        layout.program("/bin/busybox", "busybox");
        for (String each : BIN) {
            if (!each.equals(without)) {
                layout.same("/bin/" + each, "/bin/busybox");
            }
        }
        layout.directories(
                "/dev",
                "/etc",
                "/home",
                "/lib",
                "/proc",
                "/root",
                "/sys",
                "/usr/bin",
                "/usr/sbin",
                "/var/log",
                "/var/run");
        layout.directory("/root", 0700, 0, 0).directory("/tmp", 01777, 0, 0).directory("/var/tmp", 01777, 0, 0);
        layout.link("/lib64", "lib");
        layout.same("/usr/bin/env", "/bin/busybox");
        for (String device : new String[] {"null", "zero", "full", "random", "urandom"}) {
            layout.device("/dev/" + device, device);
        }
        layout.device("/dev/tty", "null");
        layout.link("/dev/fd", "/proc/self/fd").link("/dev/stdin", "/proc/self/fd/0");
        layout.link("/dev/stdout", "/proc/self/fd/1").link("/dev/stderr", "/proc/self/fd/2");
        layout.directory("/dev/shm", 01777, 0, 0).directories("/dev/pts", "/dev/mqueue");
        layout.file(
                "/etc/passwd",
                0644,
                "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nbin:x:2:2:bin:/bin:/bin/false\n"
                        + "sys:x:3:3:sys:/dev:/bin/false\nsync:x:4:100:sync:/bin:/bin/sync\nmail:x:8:8:mail:/var/spool/mail:/bin/false\n"
                        + "www-data:x:33:33:www-data:/var/www:/bin/false\noperator:x:37:37:Operator:/var:/bin/false\n"
                        + "nobody:x:65534:65534:nobody:/home:/bin/false\n");
        layout.file(
                "/etc/group",
                0644,
                "root:x:0:\ndaemon:x:1:\nbin:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\ndisk:x:6:\nlp:x:7:\nmail:x:8:\nkmem:x:9:\n"
                        + "wheel:x:10:root\ncdrom:x:11:\ndialout:x:18:\nfloppy:x:19:\nvideo:x:28:\naudio:x:29:\ntape:x:32:\n"
                        + "www-data:x:33:\noperator:x:37:\nutmp:x:43:\nplugdev:x:46:\nstaff:x:50:\nlock:x:54:\nnetdev:x:82:\n"
                        + "users:x:100:\nnobody:x:65534:\n");
        layout.file("/etc/shadow", 0640, "root:*:::::::\n");
        layout.file("/etc/localtime", 0644, "TZif2");
        layout.file("/etc/hostname", 0644, "").file("/etc/hosts", 0644, "").file("/etc/resolv.conf", 0644, "");
        return layout;
    }

    private static Image nginx() {
        Image.Layout layout = base();
        layout.program("/usr/sbin/nginx", "nginx");
        layout.program("/usr/bin/curl", "curl");
        layout.file("/docker-entrypoint.sh", 0755, "#!/bin/sh\nexec \"$@\"\n");
        layout.file("/usr/share/nginx/html/index.html", 0644, page("Welcome to nginx!"));
        layout.file("/usr/share/nginx/html/50x.html", 0644, page("An error occurred."));
        layout.file("/etc/nginx/nginx.conf", 0644, NGINX_CONF)
                .file("/etc/nginx/conf.d/default.conf", 0644, DEFAULT_CONF);
        layout.file("/etc/nginx/mime.types", 0644, "types {\n    text/html html htm shtml;\n}\n");
        layout.link("/var/log/nginx/access.log", "/dev/stdout").link("/var/log/nginx/error.log", "/dev/stderr");
        layout.directory("/var/cache/nginx", 0755, 101, 101);
        return layout.build();
    }

    private static String page(String title) {
        return "<!DOCTYPE html>\n<html>\n<head>\n<title>" + title + "</title>\n</head>\n<body>\n<h1>" + title
                + "</h1>\n</body>\n</html>\n";
    }

    private static final String NGINX_CONF =
            "\nuser  nginx;\nworker_processes  auto;\n\nerror_log  /var/log/nginx/error.log notice;\n"
                    + "pid        /run/nginx.pid;\n\n\nevents {\n    worker_connections  1024;\n}\n\n\nhttp {\n"
                    + "    include       /etc/nginx/mime.types;\n    default_type  application/octet-stream;\n\n"
                    + "    access_log  /var/log/nginx/access.log;\n    sendfile        on;\n    keepalive_timeout  65;\n\n"
                    + "    include /etc/nginx/conf.d/*.conf;\n}\n";
    private static final String DEFAULT_CONF =
            "server {\n    listen       80;\n    listen  [::]:80;\n    server_name  localhost;\n\n"
                    + "    location / {\n        root   /usr/share/nginx/html;\n        index  index.html index.htm;\n    }\n\n"
                    + "    error_page   500 502 503 504  /50x.html;\n    location = /50x.html {\n        root   /usr/share/nginx/html;\n"
                    + "    }\n}\n";

    private static final String SERVER_JS =
            "const http = require('http');\nconst host = process.env.HOSTNAME;\n\nhttp.createServer((request, response) => {\n"
                    + "  response.setHeader('Content-Type', 'text/plain');\n"
                    + "  response.end(`Hello Kubernetes bootcamp! | Running on: ${host} | v=1\\n`);\n}).listen(8080);\n";

    /** Images whose nslookup is the one of BIND, not busybox's. */
    private static boolean binds(String name) {
        return name.equals("agnhost") || name.endsWith("dnsutils");
    }

    private static Image other(String name) {
        Image.Layout layout = base(binds(name) ? "nslookup" : "");
        switch (name) {
            case "alpine" ->
                layout.file("/etc/alpine-release", 0644, "3.20.0\n")
                        .file("/etc/os-release", 0644, "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.20.0\n");
            case "debian", "ubuntu" ->
                layout.same("/bin/bash", "/bin/busybox").file("/etc/os-release", 0644, "ID=" + name + "\n");
            case "bash" -> layout.same("/usr/local/bin/bash", "/bin/busybox");
            case "httpd" ->
                layout.program("/usr/local/bin/httpd-foreground", "apache")
                        .file("/usr/local/apache2/htdocs/index.html", 0644, page("Welcome to nginx!"));
            case "hpa-example" ->
                layout.program("/usr/local/bin/apache2-foreground", "apache")
                        .file("/usr/local/apache2/htdocs/index.html", 0644, "OK!");
            case "kubernetes-bootcamp", "kubernetes-bootcamp-2" ->
                layout.program("/bin/kubernetes-bootcamp", name)
                        .program("/usr/bin/curl", "curl")
                        .same("/bin/bash", "/bin/busybox")
                        .file("/server.js", 0644, SERVER_JS.replace("v=1", name.endsWith("-2") ? "v=2" : "v=1"));
            case "dnsutils", "jessie-dnsutils" ->
                layout.program("/usr/bin/nslookup", "nslookup-bind").same("/bin/bash", "/bin/busybox");
            case "agnhost" ->
                layout.program("/agnhost", name)
                        .program("/usr/bin/nslookup", "nslookup-bind")
                        .program("/usr/bin/curl", "curl")
                        .same("/bin/bash", "/bin/busybox");
            case "hello-app", "http-echo", "whoami", "serve_hostname" ->
                layout.program("/" + name, name.equals("whoami") ? "whoami-server" : name);
            case "echo-server", "echoserver" -> layout.program("/bin/echo-server", "echo-server");
            case "stress" -> layout.program("/usr/bin/stress", "stress");
            default -> {
                String program = Servers.program(name);
                layout.program("/usr/local/bin/" + program, Servers.guessed(name) ? "anything" : "server");
                Servers.clients(name).forEach(each -> layout.program("/usr/local/bin/" + each, "true"));
                if (Servers.guessed(name)) {
                    layout.program(Launcher.ANYTHING, "anything");
                }
                layout.file(
                        "/usr/local/bin/docker-entrypoint.sh",
                        0755,
                        "#!/bin/sh\ncase \"$1\" in -*) set -- " + program + " \"$@\";; esac\nexec \"$@\"\n");
                if (name.equals("pause")) {
                    layout.program("/pause", "server");
                }
            }
        }
        return layout.build();
    }
}
