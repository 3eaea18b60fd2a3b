package dev.kubejar.cli.create;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Go;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code kubectl create configmap}. */
public final class CreateConfigMap extends Generator {
    private final Map<String, String> data = new TreeMap<>();
    private final Map<String, String> binary = new TreeMap<>();
    private String name;

    @Override
    void declare(Flags flags) {
        flags.bool("append-hash", false)
                .slice("from-env-file")
                .slice("from-file")
                .array("from-literal");
    }

    @Override
    Obj build(String given) {
        name = given;
        if (name.isEmpty()) {
            throw new CliError("name must be specified");
        }
        List<String> environments = flags().list("from-env-file");
        List<String> files = flags().list("from-file");
        List<String> literals = flags().list("from-literal");
        if (!environments.isEmpty() && (!files.isEmpty() || !literals.isEmpty())) {
            throw new CliError("from-env-file cannot be combined with from-file or from-literal");
        }
        KeyedData source = new KeyedData(call(), "config", this::put);
        source.files(files);
        source.literals(literals);
        source.environments(environments);
        String full = flags().on("append-hash") ? name + "-" + hash() : name;
        Obj map = object("v1", "ConfigMap", full, true);
        if (!data.isEmpty()) {
            map.set("data", data);
        }
        if (!binary.isEmpty()) {
            map.set("binaryData", binary);
        }
        return map;
    }

    private String hash() {
        ObjectNode counted = Json.object();
        counted.put("kind", "ConfigMap");
        counted.put("name", name);
        ObjectNode texts = counted.putObject("data");
        data.forEach(texts::put);
        if (!binary.isEmpty()) {
            ObjectNode bytes = counted.putObject("binaryData");
            binary.forEach(bytes::put);
        }
        return ContentHash.of(counted);
    }

    private void put(String key, byte[] value) {
        List<String> faults = KeyedData.keyFaults(key);
        if (!faults.isEmpty()) {
            throw new CliError(Go.quote(key) + " is not a valid key name for a ConfigMap: " + String.join(",", faults));
        }
        if (data.containsKey(key) || binary.containsKey(key)) {
            throw new CliError("cannot add key " + Go.quote(key) + ", another key by that name already exists in "
                    + (data.containsKey(key) ? "Data" : "BinaryData") + " for ConfigMap " + Go.quote(name));
        }
        try {
            data.put(
                    key,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(value))
                            .toString());
        } catch (CharacterCodingException e) {
            binary.put(key, Base64.getEncoder().encodeToString(value));
        }
    }

    @Override
    String failure() {
        return "failed to create configmap:";
    }
}
