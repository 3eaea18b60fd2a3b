package dev.kubejar.cli.config;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Disk;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.object.Obj;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** {@code kubectl config set-cluster}. */
public final class SetCluster extends ConfigCommand {
    @Override
    public void flags(Flags flags) {
        flags.string("certificate-authority", "")
                .bool("embed-certs", false)
                .bool("insecure-skip-tls-verify", false)
                .string("proxy-url", "")
                .string("server", "")
                .string("tls-server-name", "");
    }

    @Override
    int work() {
        Flags flags = call.flags();
        String name = onlyArgument();
        if (name.isEmpty()) {
            throw new CliError("you must specify a non-empty cluster name");
        }
        String authority = flags.text("certificate-authority");
        if (flags.on("insecure-skip-tls-verify") && !authority.isEmpty()) {
            throw new CliError("you cannot specify a certificate authority and insecure mode at the same time");
        }
        if (flags.on("embed-certs")) {
            if (authority.isEmpty()) {
                throw new CliError("you must specify a --certificate-authority to embed");
            }
            Embedding.check(call, "certificate-authority", authority);
        }
        Path file = files.fileOf("clusters", name);
        Obj cluster = body(file, "clusters", "cluster", name);
        cluster.orSet("server", "");
        if (flags.changed("server")) {
            cluster.set("server", flags.text("server"));
        }
        if (flags.changed("tls-server-name")) {
            put(cluster, "tls-server-name", flags.text("tls-server-name"));
        }
        if (flags.changed("insecure-skip-tls-verify")) {
            insecure(cluster, flags.on("insecure-skip-tls-verify"));
        }
        if (flags.changed("certificate-authority")) {
            Embedding.put(call, cluster, "certificate-authority", authority, flags.on("embed-certs"));
            if (!authority.isEmpty()) {
                cluster.remove("insecure-skip-tls-verify");
            }
        }
        if (flags.changed("proxy-url")) {
            put(cluster, "proxy-url", flags.text("proxy-url"));
        }
        files.save(file);
        call.out().println("Cluster " + Go.quote(name) + " set.");
        return 0;
    }

    private static void insecure(Obj cluster, boolean on) {
        if (on) {
            cluster.set("insecure-skip-tls-verify", true);
            cluster.remove("certificate-authority").remove("certificate-authority-data");
        } else {
            cluster.remove("insecure-skip-tls-verify");
        }
    }

    /** Certificates and keys as entries hold them: by path, or as their content. */
    static final class Embedding {
        private Embedding() {}

        static void check(dev.kubejar.cli.Invocation call, String flag, String path) {
            if (!Files.exists(call.session().path(path))) {
                throw new CliError(
                        "could not stat " + flag + " file " + path + ": stat " + path + ": no such file or directory");
            }
        }

        static void put(dev.kubejar.cli.Invocation call, Obj body, String field, String path, boolean embed) {
            if (embed) {
                try {
                    byte[] content = Files.readAllBytes(call.session().path(path));
                    body.set(field + "-data", Base64.getEncoder().encodeToString(content));
                } catch (IOException e) {
                    throw new CliError("open " + path + ": " + Disk.reason(e));
                }
                body.remove(field);
            } else if (path.isEmpty()) {
                body.remove(field);
            } else {
                body.set(
                        field,
                        call.session().path(path).toAbsolutePath().normalize().toString());
                body.remove(field + "-data");
            }
        }
    }
}
