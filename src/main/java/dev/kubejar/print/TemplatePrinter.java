package dev.kubejar.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Prints what a Go template makes of an object; what it wrote before a failure stays. */
final class TemplatePrinter implements Printer {
    private final String text;
    private final GoTemplate template;

    TemplatePrinter(String text, GoTemplate template) {
        this.text = text;
        this.template = template;
    }

    @Override
    public void print(Obj object, Appendable out) {
        try {
            template.execute(object.node(), out);
        } catch (ParseError e) {
            explain(e, object, out);
            throw new ParseError("error executing template " + GoText.quoted(text) + ": " + e.getMessage());
        }
    }

    private void explain(ParseError e, Obj object, Appendable out) {
        try {
            out.append("Error executing template: ").append(e.getMessage());
            out.append(". Printing more information for debugging the template:\n");
            out.append("\ttemplate was:\n\t\t").append(text);
            out.append("\n\traw data was:\n\t\t").append(GoJson.compact(object.node()));
            out.append("\n\tobject given to template engine was:\n\t\t").append(GoText.value(object.node()));
            out.append("\n\n");
        } catch (IOException io) {
            throw new UncheckedIOException(io);
        }
    }

    @Override
    public void printEvent(String type, Obj object, Appendable out) {
        ObjectNode event = Json.object();
        event.set("object", object.node());
        print(Obj.of(event.put("type", type)), out);
    }
}
