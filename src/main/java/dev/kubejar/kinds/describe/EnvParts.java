package dev.kubejar.kinds.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Describe;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A container's environment as descriptions show it. */
final class EnvParts {
    private EnvParts() {}

    static void write(Obj container, Obj pod, Describe out) {
        if (!container.list("envFrom").isEmpty()) {
            out.line(2, "Environment Variables from:");
            container.list("envFrom").forEach(source -> source(source, out));
        }
        out.line(2, "Environment:" + (container.list("env").isEmpty() ? "\t<none>" : ""));
        for (Obj variable : container.list("env")) {
            variable(variable, container, pod, out);
        }
    }

    private static void source(Obj source, Describe out) {
        String kind = source.has("configMapRef") ? "ConfigMap" : source.has("secretRef") ? "Secret" : "";
        Obj ref = source.obj(kind.equals("Secret") ? "secretRef" : "configMapRef");
        String prefix = source.text("prefix");
        out.line(
                3,
                ref.text("name") + "\t" + kind + (prefix.isEmpty() ? "" : " with prefix '" + prefix + "'")
                        + "\tOptional: " + ref.bool("optional"));
    }

    private static void variable(Obj variable, Obj container, Obj pod, Describe out) {
        String name = variable.text("name");
        Obj from = variable.obj("valueFrom");
        if (!variable.has("valueFrom")) {
            String head = name + ":";
            for (String line : variable.text("value").split("\n", -1)) {
                out.line(3, head + "\t" + line);
                head = "";
            }
        } else if (from.has("fieldRef")) {
            String path = from.text("fieldRef.fieldPath");
            String value = pod == null ? "" : field(pod, path);
            out.line(3, name + ":\t" + value + " (" + from.text("fieldRef.apiVersion") + ":" + path + ")");
        } else if (from.has("resourceFieldRef")) {
            String resource = from.text("resourceFieldRef.resource");
            String value = resource(container, from.obj("resourceFieldRef"));
            boolean whole = resource.equals("limits.cpu") || resource.equals("limits.memory");
            out.line(
                    3,
                    name + ":\t" + (value.equals("0") && whole ? "node allocatable" : value) + " (" + resource + ")");
        } else if (from.has("secretKeyRef")) {
            key(name, from.obj("secretKeyRef"), "in secret", out);
        } else if (from.has("configMapKeyRef")) {
            key(name, from.obj("configMapKeyRef"), "of config map", out);
        }
    }

    private static void key(String name, Obj ref, String whose, Describe out) {
        out.line(
                3,
                name + ":\t<set to the key '" + ref.text("key") + "' " + whose + " '" + ref.text("name")
                        + "'>\tOptional: " + ref.bool("optional"));
    }

    /** What a field reference reads off the pod: name and namespace; other fields are not told. */
    private static String field(Obj pod, String path) {
        return path.equals("metadata.name") || path.equals("metadata.namespace") ? pod.text(path) : "";
    }

    /** A container's own request or limit in units of the divisor, rounded up. */
    private static String resource(Obj container, Obj ref) {
        String resource = ref.text("resource");
        int dot = resource.indexOf('.');
        if (dot < 0) {
            return "";
        }
        String list = resource.substring(0, dot);
        JsonNode amount = container.obj("resources." + list).node().path(resource.substring(dot + 1));
        Quantity divisor = Quantity.of(ref.at("divisor"));
        BigDecimal unit = divisor.isZero() ? BigDecimal.ONE : divisor.decimal();
        return Quantity.of(amount)
                .decimal()
                .divide(unit, 0, RoundingMode.CEILING)
                .toPlainString();
    }
}
