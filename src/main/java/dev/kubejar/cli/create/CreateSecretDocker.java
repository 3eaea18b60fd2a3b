package dev.kubejar.cli.create;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** {@code kubectl create secret docker-registry}. */
public final class CreateSecretDocker extends SecretGenerator {
    private static final String KEY = ".dockerconfigjson";

    @Override
    void declare(Flags flags) {
        flags.bool("append-hash", false)
                .string("docker-email", "")
                .string("docker-password", "")
                .string("docker-server", "https://index.docker.io/v1/")
                .string("docker-username", "")
                .slice("from-file");
    }

    @Override
    Obj build(String name) {
        if (name.isEmpty()) {
            throw new CliError("name must be specified");
        }
        List<String> files = flags().list("from-file").stream()
                .map(each -> each.contains("=") ? each : KEY + "=" + each)
                .toList();
        String user = flags().text("docker-username");
        String password = flags().text("docker-password");
        String server = flags().text("docker-server");
        if (files.isEmpty() && (user.isEmpty() || password.isEmpty() || server.isEmpty())) {
            throw new CliError("either --from-file or the combination of --docker-username, --docker-password and"
                    + " --docker-server is required");
        }
        if (files.isEmpty()) {
            put(KEY, Json.bytes(configuration(server, user, password, flags().text("docker-email"))));
        } else {
            new KeyedData(call(), "secret", this::put).files(files);
        }
        return secret(name, "kubernetes.io/dockerconfigjson");
    }

    private static ObjectNode configuration(String server, String user, String password, String email) {
        ObjectNode entry = Json.object();
        entry.put("username", user);
        entry.put("password", password);
        if (!email.isEmpty()) {
            entry.put("email", email);
        }
        entry.put("auth", Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        ObjectNode all = Json.object();
        all.putObject("auths").set(server, entry);
        return all;
    }
}
