package dev.kubejar.kinds;

import dev.kubejar.kinds.describe.Parts;
import dev.kubejar.object.Obj;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Related;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What {@code kubectl describe} tells of ConfigMaps, Secrets and ServiceAccounts. */
final class DataDescription {
    private DataDescription() {}

    static void configMap(Obj map, Describe out, Related related) {
        Parts.name(map, out);
        Parts.metadata(map, out);
        out.line(0, "");
        out.line(0, "Data");
        out.line(0, "====");
        Parts.sorted(map.obj("data")).forEach((key, value) -> {
            out.line(0, key + ":");
            out.line(0, "----");
            for (String line : value.asText().split("\n", -1)) {
                out.line(0, line);
            }
            out.line(0, "");
        });
        out.line(0, "");
        out.line(0, "BinaryData");
        out.line(0, "====");
        Parts.sorted(map.obj("binaryData"))
                .forEach((key, value) -> out.line(0, key + ": " + decoded(value.asText()).length + " bytes"));
        out.line(0, "");
        Parts.events(map, out, related);
    }

    static void secret(Obj secret, Describe out, Related related) {
        Parts.name(secret, out);
        Parts.metadata(secret, out);
        out.line(0, "");
        out.field("Type", secret.text("type"));
        out.line(0, "");
        out.line(0, "Data");
        out.line(0, "====");
        boolean token = secret.text("type").equals("kubernetes.io/service-account-token");
        Parts.sorted(secret.obj("data")).forEach((key, value) -> {
            byte[] bytes = decoded(value.asText());
            boolean shown = token && key.equals("token");
            out.field(key, shown ? new String(bytes, StandardCharsets.UTF_8) : bytes.length + " bytes");
        });
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    static void serviceAccount(Obj account, Describe out, Related related) {
        Parts.name(account, out);
        Parts.metadata(account, out);
        List<Obj> secrets = account.list("imagePullSecrets");
        String head = "Image pull secrets:";
        if (secrets.isEmpty()) {
            out.line(0, head + "\t<none>");
        }
        for (Obj secret : secrets) {
            out.line(0, head + "\t" + secret.text("name"));
            head = "                   ";
        }
        Parts.events(account, out, related);
    }
}
