package dev.kubejar.cli.set;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Invocation;
import dev.kubejar.client.Request;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** What a variable's {@code valueFrom} refers to: in words, and resolved. */
final class EnvReferences {
    private final Invocation call;
    private final Obj object;
    private final Obj container;

    EnvReferences(Invocation call, Obj object, Obj container) {
        this.call = call;
        this.object = object;
        this.container = container;
    }

    static String text(Obj from) {
        if (from.has("configMapKeyRef")) {
            return "configmap " + from.text("configMapKeyRef.name") + ", key " + from.text("configMapKeyRef.key");
        }
        if (from.has("secretKeyRef")) {
            return "secret " + from.text("secretKeyRef.name") + ", key " + from.text("secretKeyRef.key");
        }
        if (from.has("fieldRef")) {
            return "field path " + from.text("fieldRef.fieldPath");
        }
        if (from.has("resourceFieldRef")) {
            String of = from.text("resourceFieldRef.containerName");
            return "resource field " + (of.isEmpty() ? "" : of + "/") + from.text("resourceFieldRef.resource");
        }
        return "invalid valueFrom";
    }

    String value(Obj from) {
        if (from.has("secretKeyRef")) {
            String name = from.text("secretKeyRef.name");
            String key = from.text("secretKeyRef.key");
            String encoded = call.call(Request.get(Resources.SECRETS, call.namespace(), name))
                    .object()
                    .map("data")
                    .get(key);
            if (encoded == null) {
                throw new CliError("key " + key + " not found in secret " + name);
            }
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        }
        if (from.has("configMapKeyRef")) {
            String name = from.text("configMapKeyRef.name");
            String key = from.text("configMapKeyRef.key");
            String value = call.call(Request.get(Resources.CONFIGMAPS, call.namespace(), name))
                    .object()
                    .map("data")
                    .get(key);
            if (value == null) {
                throw new CliError("key " + key + " not found in config map " + name);
            }
            return value;
        }
        return from.has("fieldRef") ? field(from.text("fieldRef.fieldPath")) : resource(from.obj("resourceFieldRef"));
    }

    private String field(String path) {
        if (path.endsWith("']") && path.contains("['")) {
            String key = path.substring(path.indexOf("['") + 2, path.length() - 2);
            if (path.startsWith("metadata.annotations[")) {
                return object.annotation(key);
            }
            if (path.startsWith("metadata.labels[")) {
                return object.label(key);
            }
            throw new CliError("fieldPath " + Go.quote(path) + " does not support subscript");
        }
        return switch (path) {
            case "metadata.name" -> object.name();
            case "metadata.namespace" -> object.namespace();
            case "metadata.uid" -> object.uid();
            case "metadata.labels" -> lines(object.labels());
            case "metadata.annotations" -> lines(object.annotations());
            default -> throw new CliError("unsupported fieldPath: " + path);
        };
    }

    private static String lines(Map<String, String> map) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(map).forEach((key, value) -> text.append(text.length() == 0 ? "" : "\n")
                .append(key)
                .append('=')
                .append(Go.quote(value)));
        return text.toString();
    }

    private String resource(Obj reference) {
        String name = reference.text("resource");
        int dot = name.indexOf('.');
        String kind = dot < 0 ? "" : name.substring(0, dot);
        if (!kind.equals("limits") && !kind.equals("requests")) {
            throw new CliError("Unsupported container resource : " + name);
        }
        String amount = container.map("resources." + kind).getOrDefault(name.substring(dot + 1), "0");
        String divisor = reference.text("divisor", "1");
        BigDecimal by = Quantity.parse(divisor.equals("0") ? "1" : divisor).decimal();
        return Quantity.parse(amount)
                .decimal()
                .divide(by, 0, RoundingMode.CEILING)
                .toPlainString();
    }
}
