package dev.kubejar.print;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Prints whole objects as JSON, YAML or KYAML. */
final class TreePrinter implements Printer {
    enum Form {
        JSON,
        YAML,
        KYAML
    }

    private final Form form;
    private final boolean managedFields;
    private final boolean treeOrder;
    private boolean printed;

    TreePrinter(Form form, boolean managedFields, boolean treeOrder) {
        this.form = form;
        this.managedFields = managedFields;
        this.treeOrder = treeOrder;
    }

    @Override
    public void print(Obj object, Appendable out) {
        write(shown(object), false, out);
    }

    @Override
    public void printEvent(String type, Obj object, Appendable out) {
        ObjectNode event = Json.object().put("type", type);
        event.set("object", shown(object));
        write(event, true, out);
    }

    private JsonNode shown(Obj object) {
        if (managedFields) {
            return object.node();
        }
        boolean any = object.has("metadata.managedFields");
        for (Obj item : object.list("items")) {
            any |= item.has("metadata.managedFields");
        }
        if (!any) {
            return object.node();
        }
        Obj copy = object.copy().remove("metadata.managedFields");
        copy.list("items").forEach(item -> item.remove("metadata.managedFields"));
        return copy.node();
    }

    private void write(JsonNode tree, boolean event, Appendable out) {
        try {
            if (form == Form.JSON) {
                String text = event
                        ? GoJson.compact(tree)
                        : treeOrder ? GoJson.indentedInOrder(tree, "    ") : GoJson.indented(tree, "    ");
                out.append(text).append('\n');
            } else if (form == Form.KYAML) {
                out.append(Yaml.writeKyaml(tree));
            } else {
                out.append(printed ? "---\n" : "").append(Yaml.write(tree));
            }
            printed = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
