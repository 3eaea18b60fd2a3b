package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.object.Obj;
import java.util.List;

/** {@code kubectl create secret generic}. */
public final class CreateSecretGeneric extends SecretGenerator {
    @Override
    void declare(Flags flags) {
        flags.bool("append-hash", false)
                .slice("from-env-file")
                .slice("from-file")
                .array("from-literal")
                .string("type", "");
    }

    @Override
    Obj build(String name) {
        if (name.isEmpty()) {
            throw new CliError("name must be specified");
        }
        List<String> environments = flags().list("from-env-file");
        List<String> files = flags().list("from-file");
        List<String> literals = flags().list("from-literal");
        if (!environments.isEmpty() && (!files.isEmpty() || !literals.isEmpty())) {
            throw new CliError("from-env-file cannot be combined with from-file or from-literal");
        }
        KeyedData source = new KeyedData(call(), "secret", this::put);
        source.literals(literals);
        source.files(files);
        source.environments(environments);
        return secret(name, flags().text("type"));
    }
}
