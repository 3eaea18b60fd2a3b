package dev.kubejar.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Json;
import dev.kubejar.object.JsonPath;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Prints what a JSONPath template makes of an object. */
final class JsonPathPrinter implements Printer {
    private final String template;
    private final JsonPath path;
    private final boolean json;

    JsonPathPrinter(String template, JsonPath path, boolean json) {
        this.template = template;
        this.path = path;
        this.json = json;
    }

    @Override
    public void print(Obj object, Appendable out) {
        try {
            out.append(json ? path.json(object.node()) : path.text(object.node()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseError e) {
            throw new ParseError("error executing jsonpath " + GoText.quoted(template) + ": Error executing template: "
                    + e.getMessage() + ". Printing more information for debugging the template:\n"
                    + "\ttemplate was:\n\t\t" + template + "\n"
                    + "\tobject given to jsonpath engine was:\n\t\t" + GoText.objectSyntax(object.node()) + "\n\n\n");
        }
    }

    @Override
    public void printEvent(String type, Obj object, Appendable out) {
        ObjectNode event = Json.object();
        event.set("object", object.node());
        print(Obj.of(event.put("type", type)), out);
    }
}
