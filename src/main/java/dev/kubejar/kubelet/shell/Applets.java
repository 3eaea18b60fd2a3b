package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.shell.applets.Anything;
import dev.kubejar.kubelet.shell.applets.Attributes;
import dev.kubejar.kubelet.shell.applets.Awk;
import dev.kubejar.kubelet.shell.applets.Calculation;
import dev.kubejar.kubelet.shell.applets.Cat;
import dev.kubejar.kubelet.shell.applets.Component;
import dev.kubejar.kubelet.shell.applets.Copy;
import dev.kubejar.kubelet.shell.applets.Curl;
import dev.kubejar.kubelet.shell.applets.Daemon;
import dev.kubejar.kubelet.shell.applets.Date;
import dev.kubejar.kubelet.shell.applets.Dd;
import dev.kubejar.kubelet.shell.applets.Disks;
import dev.kubejar.kubelet.shell.applets.Env;
import dev.kubejar.kubelet.shell.applets.Filters;
import dev.kubejar.kubelet.shell.applets.Find;
import dev.kubejar.kubelet.shell.applets.Folders;
import dev.kubejar.kubelet.shell.applets.Grep;
import dev.kubejar.kubelet.shell.applets.Head;
import dev.kubejar.kubelet.shell.applets.Id;
import dev.kubejar.kubelet.shell.applets.IngressServer;
import dev.kubejar.kubelet.shell.applets.Ls;
import dev.kubejar.kubelet.shell.applets.Nc;
import dev.kubejar.kubelet.shell.applets.Nslookup;
import dev.kubejar.kubelet.shell.applets.Ping;
import dev.kubejar.kubelet.shell.applets.Processes;
import dev.kubejar.kubelet.shell.applets.Removal;
import dev.kubejar.kubelet.shell.applets.RuleReader;
import dev.kubejar.kubelet.shell.applets.Running;
import dev.kubejar.kubelet.shell.applets.SampleServer;
import dev.kubejar.kubelet.shell.applets.Sed;
import dev.kubejar.kubelet.shell.applets.Simple;
import dev.kubejar.kubelet.shell.applets.Sleep;
import dev.kubejar.kubelet.shell.applets.Sort;
import dev.kubejar.kubelet.shell.applets.Streams;
import dev.kubejar.kubelet.shell.applets.Stress;
import dev.kubejar.kubelet.shell.applets.Tail;
import dev.kubejar.kubelet.shell.applets.Tar;
import dev.kubejar.kubelet.shell.applets.Testing;
import dev.kubejar.kubelet.shell.applets.Wc;
import dev.kubejar.kubelet.shell.applets.WebServer;
import dev.kubejar.kubelet.shell.applets.Wget;
import dev.kubejar.kubelet.shell.applets.Xargs;

/** The list of programs. */
final class Applets {
    private Applets() {}

    /** The program of a name, or null. */
    static Applet find(String name) {
        Applet found = files(name);
        found = found == null ? text(name) : found;
        return found == null ? others(name) : found;
    }

    private static Applet files(String name) {
        return switch (name) {
            case "ls" -> new Ls();
            case "mkdir", "rmdir", "touch", "mktemp", "mkfifo", "truncate" -> new Folders();
            case "rm", "unlink" -> new Removal();
            case "cp", "mv", "ln", "install" -> new Copy();
            case "chmod", "chown", "chgrp", "stat", "readlink", "realpath" -> new Attributes();
            case "find" -> new Find();
            case "du", "df", "mount", "umount", "free" -> new Disks();
            case "dd" -> new Dd();
            case "tar" -> new Tar();
            case "test", "[", "[[" -> new Testing();
            default -> null;
        };
    }

    private static Applet text(String name) {
        return switch (name) {
            case "cat", "more", "less" -> new Cat();
            case "head" -> new Head();
            case "tail" -> new Tail();
            case "grep", "egrep", "fgrep" -> new Grep();
            case "sed" -> new Sed();
            case "awk" -> new Awk();
            case "sort" -> new Sort();
            case "wc" -> new Wc();
            case "cut", "tr", "uniq", "tee", "nl", "fold", "expand", "dos2unix", "strings", "rev" -> new Filters();
            case "md5sum",
                    "sha1sum",
                    "sha256sum",
                    "sha512sum",
                    "cksum",
                    "sum",
                    "base64",
                    "tac",
                    "shuf",
                    "gzip",
                    "gunzip",
                    "zcat",
                    "od",
                    "hexdump",
                    "xxd",
                    "paste",
                    "comm",
                    "diff",
                    "cmp" -> new Streams();
            case "xargs" -> new Xargs();
            default -> null;
        };
    }

    private static Applet others(String name) {
        return switch (name) {
            case "sleep", "usleep" -> new Sleep();
            case "date" -> new Date();
            case "env" -> new Env();
            case "id" -> new Id();
            case "seq", "expr", "factor" -> new Calculation();
            case "ps", "top", "pidof", "pgrep", "kill", "killall", "pkill" -> new Processes();
            case "timeout", "time", "watch", "yes", "which", "su", "nice", "ionice", "nohup", "setsid", "stdbuf" ->
                new Running();
            case "wget" -> new Wget();
            case "curl" -> new Curl();
            case "nslookup", "nslookup-1.28", "nslookup-bind" -> new Nslookup();
            case "nc", "netcat", "telnet" -> new Nc();
            case "ping" -> new Ping();
            case "httpd", "nginx", "apache" -> new WebServer();
            case "server" -> new Daemon();
            case "anything" -> new Anything();
            case "hello-app",
                    "http-echo",
                    "whoami-server",
                    "agnhost",
                    "serve_hostname",
                    "echo-server",
                    "kubernetes-bootcamp",
                    "kubernetes-bootcamp-2" -> new SampleServer();
            case "stress" -> new Stress();
            case "etcd",
                    "kube-apiserver",
                    "kube-controller-manager",
                    "kube-scheduler",
                    "kube-proxy",
                    "coredns",
                    "kindnetd",
                    "local-path-provisioner",
                    "metrics-server" -> new Component();
            case "nginx-ingress-controller" -> new IngressServer();
            case "iptables",
                    "iptables-save",
                    "iptables-nft-save",
                    "iptables-legacy-save",
                    "ip6tables-save",
                    "nft",
                    "ipvsadm",
                    "conntrack" -> new RuleReader();
            case "true",
                    "false",
                    "echo",
                    "printf",
                    "printenv",
                    "hostname",
                    "whoami",
                    "logname",
                    "groups",
                    "pwd",
                    "uname",
                    "arch",
                    "nproc",
                    "tty",
                    "basename",
                    "dirname",
                    "clear",
                    "reset",
                    "uptime",
                    "sync",
                    "logger",
                    "stty",
                    "renice" -> new Simple();
            default -> null;
        };
    }
}
