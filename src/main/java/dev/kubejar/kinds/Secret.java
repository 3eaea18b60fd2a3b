package dev.kubejar.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Names;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Secret (v1). */
final class Secret {
    private Secret() {}

    static Kind build() {
        return KindTable.start("v1", "Secret")
                .nameColumn()
                .column("Type", secret -> secret.text("type"))
                .column("Data", secret -> (long) secret.obj("data").node().size())
                .ageColumn()
                .field("type", secret -> secret.text("type"))
                .nameRule(Names::subdomain)
                .defaults(Secret::defaults)
                .prepareUpdate((secret, before) -> {
                    if (secret.text("type").isEmpty()) {
                        secret.set("type", before.text("type"));
                    }
                })
                .rule(DataRules::secret)
                .describe(DataDescription::secret)
                .build();
    }

    /** Texts of {@code stringData} become data, as conversion does. */
    private static void defaults(Obj secret) {
        if (secret.has("stringData")) {
            for (Map.Entry<String, JsonNode> entry :
                    secret.obj("stringData").node().properties()) {
                byte[] bytes = entry.getValue().asText("").getBytes(StandardCharsets.UTF_8);
                secret.child("data")
                        .node()
                        .put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
            }
            secret.remove("stringData");
        }
        if (secret.text("type").isEmpty()) {
            secret.set("type", "Opaque");
        }
    }
}
