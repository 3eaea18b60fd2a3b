package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Disk;
import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;
import java.io.IOException;
import java.nio.file.Files;

/** {@code kubectl create secret tls}. */
public final class CreateSecretTls extends SecretGenerator {
    @Override
    void declare(Flags flags) {
        flags.bool("append-hash", false).string("cert", "").string("key", "");
    }

    @Override
    Obj build(String name) {
        String certificate = flags().text("cert");
        String key = flags().text("key");
        if (certificate.isEmpty() || key.isEmpty()) {
            throw new CliError("key and cert must be specified");
        }
        byte[] certificateText = read(certificate);
        byte[] keyText = read(key);
        KeyPairs.check(certificateText, keyText);
        put("tls.crt", certificateText);
        put("tls.key", keyText);
        return secret(name, "kubernetes.io/tls");
    }

    private byte[] read(String file) {
        try {
            return Files.readAllBytes(call().session().path(file));
        } catch (IOException e) {
            throw new CliError("Cannot read file " + file + ", open " + file + ": " + Disk.reason(e));
        }
    }
}
