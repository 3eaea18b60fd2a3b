package dev.kubejar.cli;

import java.util.Map;
import java.util.TreeMap;

/** Labels as {@code run} and {@code expose} take them: {@code a=b,c=d}. */
public final class LabelSpec {
    private LabelSpec() {}

    public static Map<String, String> parse(String text) {
        Map<String, String> labels = new TreeMap<>();
        for (String each : text.split(",", -1)) {
            String[] parts = each.split("=", -1);
            if (parts.length != 2) {
                throw new CliError("unexpected label spec: " + each);
            }
            if (parts[0].isEmpty()) {
                throw new CliError("unexpected empty label key");
            }
            labels.put(parts[0], parts[1]);
        }
        return labels;
    }
}
