package dev.kubejar.cli.create;

import dev.kubejar.cli.CliError;
import dev.kubejar.object.ParseError;
import dev.kubejar.object.Quantity;
import java.util.Map;
import java.util.TreeMap;

/** Quantities of resources as flags take them: {@code cpu=200m,memory=1Gi}. */
public final class ResourceList {
    private ResourceList() {}

    /** By resource; empty for an empty text. */
    public static Map<String, String> parse(String text) {
        Map<String, String> found = new TreeMap<>();
        if (text.isEmpty()) {
            return found;
        }
        for (String each : text.split(",", -1)) {
            String[] parts = each.split("=", -1);
            if (parts.length != 2) {
                throw new CliError("Invalid argument syntax " + each + ", expected <resource>=<value>");
            }
            try {
                found.put(parts[0], Quantity.parse(parts[1]).toString());
            } catch (ParseError e) {
                throw new CliError(e.getMessage());
            }
        }
        return found;
    }
}
