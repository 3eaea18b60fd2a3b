package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Yaml;
import dev.kubejar.schema.Describe;
import dev.kubejar.schema.Kind;
import dev.kubejar.schema.Related;
import java.util.ArrayList;
import java.util.List;

/** Whole objects as text. */
public final class Printers {
    private Printers() {}

    /** YAML as kubectl prints it. */
    public static String yaml(JsonNode node) {
        return Yaml.write(node);
    }

    public static String kyaml(JsonNode node) {
        return "---\n" + Yaml.write(node);
    }

    /** JSON over several lines, indented by four. */
    public static String json(JsonNode node) {
        return GoJson.indented(node, "    ") + "\n";
    }

    /** The lines of a workload's description about its pod template, their tabs unaligned. */
    static String podTemplate(Kind kind, Obj workload, Related related) {
        Describe out = new Describe();
        kind.description().write(workload, out, related);
        StringBuilder text = new StringBuilder();
        boolean within = false;
        for (Describe.Line line : out.lines()) {
            if (line.level() == 0 && !line.text().isEmpty()) {
                within = line.text().startsWith("Pod Template:");
            }
            if (within) {
                text.append("  ".repeat(line.level())).append(line.text()).append('\n');
            }
        }
        return text.toString();
    }

    /** An object's description, aligned. */
    public static String describe(Kind kind, Obj object, Related related) {
        Describe out = new Describe();
        if (kind.description() != null) {
            kind.description().write(object, out, related);
        }
        List<String> lines = new ArrayList<>();
        for (Describe.Line line : out.lines()) {
            lines.add("  ".repeat(line.level()) + line.text());
        }
        return String.join("\n", lines) + "\n";
    }
}
