package dev.kubejar.print;

import dev.kubejar.object.Obj;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Prints {@code deployment.apps/web}, and after it what was done, where something was. */
public final class NamePrinter implements Printer {
    private final String operation;

    /** @param operation {@code created}, {@code configured (dry run)} …; empty for the name alone */
    public NamePrinter(String operation) {
        this.operation = operation;
    }

    /** {@code deployment.apps/web}. */
    public static String name(Obj object) {
        String group = object.group();
        String kind = object.kind().toLowerCase(Locale.ROOT);
        String name = object.name().isEmpty() ? "<unknown>" : object.name();
        return (group.isEmpty() ? kind : kind + "." + group) + "/" + name;
    }

    @Override
    public void print(Obj object, Appendable out) {
        try {
            if (object.at("items").isArray()) {
                for (Obj item : object.list("items")) {
                    line(item, out);
                }
            } else {
                line(object, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(Obj object, Appendable out) throws IOException {
        out.append(name(object))
                .append(operation.isEmpty() ? "" : " ")
                .append(operation)
                .append('\n');
    }

    @Override
    public void printEvent(String type, Obj object, Appendable out) {
        print(object, out);
    }
}
