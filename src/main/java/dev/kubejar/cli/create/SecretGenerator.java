package dev.kubejar.cli.create;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Go;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the {@code create secret} subcommands share. */
abstract class SecretGenerator extends Generator {
    final Map<String, String> data = new TreeMap<>();

    final void put(String key, byte[] value) {
        List<String> faults = KeyedData.keyFaults(key);
        if (!faults.isEmpty()) {
            throw new CliError(Go.quote(key) + " is not valid key name for a Secret " + String.join(";", faults));
        }
        if (data.putIfAbsent(key, Base64.getEncoder().encodeToString(value)) != null) {
            throw new CliError("cannot add key " + key + ", another key by that name already exists");
        }
    }

    final Obj secret(String name, String type) {
        String full = flags().on("append-hash") ? name + "-" + hash(name, type) : name;
        Obj secret = object("v1", "Secret", full, true);
        if (!data.isEmpty()) {
            secret.set("data", data);
        }
        return type.isEmpty() ? secret : secret.set("type", type);
    }

    private String hash(String name, String type) {
        ObjectNode counted = Json.object();
        counted.put("kind", "Secret");
        counted.put("type", type);
        counted.put("name", name);
        ObjectNode values = counted.putObject("data");
        data.forEach(values::put);
        return ContentHash.of(counted);
    }

    @Override
    final String failure() {
        return "failed to create secret";
    }
}
