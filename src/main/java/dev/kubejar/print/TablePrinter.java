package dev.kubejar.print;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.GoText;
import dev.kubejar.object.LabelSelector;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints meta.k8s.io Tables as kubectl does; an object that is no table gets the columns NAME and AGE. */
public final class TablePrinter implements Printer {
    /** A column's header, whether only {@code -o wide} shows it, and whether it holds the object's name. */
    private record Header(String name, boolean wideOnly, boolean objectName) {}

    private static final List<Header> DEFAULT_HEADERS =
            List.of(new Header("Name", false, true), new Header("Age", false, false));
    private static final List<Header> STATUS_HEADERS = List.of(
            new Header("Status", false, false),
            new Header("Reason", false, false),
            new Header("Message", false, false));

    private final TableOptions options;
    private final Instant now;
    private JsonNode lastDefinitions;
    private List<Header> headers = List.of();
    private boolean headersPrinted;
    private List<Header> lastFallback;

    /** @param now what ages of objects that the server sent without a table are counted from */
    public TablePrinter(TableOptions options, Instant now) {
        this.options = options;
        this.now = now;
    }

    @Override
    public void print(Obj object, Appendable out) {
        printEvent("", object, out);
    }

    @Override
    public void printEvent(String type, Obj object, Appendable out) {
        if (out instanceof TabWriter) {
            write(type, object, out);
            return;
        }
        TabWriter aligned = TabWriter.forTables(out);
        write(type, object, aligned);
        aligned.flush();
    }

    private void write(String event, Obj object, Appendable out) {
        try {
            if (object.kind().equals("Table")) {
                table(event, object, out);
            } else {
                fallback(event, object, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void table(String event, Obj table, Appendable out) throws IOException {
        JsonNode definitions = table.at("columnDefinitions");
        if (!definitions.isEmpty() && !definitions.equals(lastDefinitions)) {
            lastDefinitions = definitions;
            headers = headers(definitions);
            headersPrinted = false;
        }
        List<Obj> rows = table.list("rows");
        boolean head = !headersPrinted && !options.noHeaders() && !rows.isEmpty();
        headersPrinted |= !rows.isEmpty();
        if (head) {
            header(event, headers, out);
        }
        for (Obj row : rows) {
            row(event, row, out);
        }
    }

    private static List<Header> headers(JsonNode definitions) {
        List<Header> headers = new ArrayList<>(definitions.size());
        for (JsonNode each : definitions) {
            boolean name = each.path("format").asText("").equals("name")
                    && each.path("type").asText("").equals("string");
            headers.add(new Header(
                    each.path("name").asText(""), each.path("priority").asInt(0) != 0, name));
        }
        return headers;
    }

    private void header(String event, List<Header> columns, Appendable out) throws IOException {
        String separator = "";
        if (!event.isEmpty()) {
            out.append("EVENT");
            separator = "\t";
        }
        if (options.withNamespace()) {
            out.append(separator).append("NAMESPACE");
            separator = "\t";
        }
        for (Header column : columns) {
            if (options.wide() || !column.wideOnly()) {
                out.append(separator).append(column.name().toUpperCase(Locale.ROOT));
                separator = "\t";
            }
        }
        for (String label : options.labels()) {
            String name = label.substring(label.lastIndexOf('/') + 1);
            out.append('\t').append(name.toUpperCase(Locale.ROOT));
        }
        out.append(options.showLabels() ? "\tLABELS\n" : "\n");
    }

    private void row(String event, Obj row, Appendable out) throws IOException {
        String separator = before(event, row.text("object.metadata.namespace"), out);
        JsonNode cells = row.at("cells");
        boolean named = false;
        for (int i = 0; i < headers.size(); i++) {
            Header column = headers.get(i);
            boolean name = column.objectName() && !named && !options.kind().isEmpty();
            named |= name;
            if (column.wideOnly() && !options.wide()) {
                continue;
            }
            out.append(separator);
            separator = "\t";
            if (i < cells.size() && !cells.get(i).isNull()) {
                String text = GoText.value(cells.get(i));
                cell(name ? options.kind().toLowerCase(Locale.ROOT) + "/" + text : text, out);
            }
        }
        labels(row.map("object.metadata.labels"), out);
        out.append('\n');
    }

    private String before(String event, String namespace, Appendable out) throws IOException {
        String separator = "";
        if (!event.isEmpty()) {
            out.append(eventType(event));
            separator = "\t";
        }
        if (options.withNamespace()) {
            out.append(separator).append(namespace);
            separator = "\t";
        }
        return separator;
    }

    private static String eventType(String type) {
        return switch (type) {
            case "ADDED", "MODIFIED", "DELETED", "ERROR" -> (type + "   ").substring(0, 8);
            default -> type;
        };
    }

    /** One line of a cell, without what a terminal could take for a command. */
    static void cell(String text, Appendable out) throws IOException {
        int end = 0;
        while (end < text.length() && "\f\n\r".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        out.append(escaped(text.substring(0, end)));
        if (end < text.length()) {
            out.append("...");
        }
    }

    /** Text whose escape characters and carriage returns a terminal shows instead of obeying. */
    public static String escaped(String text) {
        if (text.indexOf('\u001b') < 0 && text.indexOf('\r') < 0) {
            return text;
        }
        return text.replace("\u001b", "^[").replace("\r", "\\r");
    }

    private void labels(Map<String, String> labels, Appendable out) throws IOException {
        for (String key : options.labels()) {
            out.append('\t').append(escaped(labels.getOrDefault(key, "")));
        }
        if (options.showLabels()) {
            out.append('\t').append(escaped(LabelSelector.format(labels)));
        }
    }

    private void fallback(String event, Obj object, Appendable out) throws IOException {
        boolean status = object.kind().equals("Status");
        List<Header> columns = status ? STATUS_HEADERS : DEFAULT_HEADERS;
        if (columns != lastFallback && !options.noHeaders()) {
            if (lastFallback != null) {
                out.append('\n');
            }
            header(event, columns, out);
        }
        lastFallback = columns;
        List<Obj> items = object.has("items") ? object.list("items") : List.of(object);
        for (Obj item : items) {
            out.append(before(event, item.namespace(), out));
            if (status) {
                out.append(item.text("status"))
                        .append('\t')
                        .append(item.text("reason"))
                        .append('\t');
                out.append(item.text("message"));
            } else {
                String kind = options.kind().isEmpty() ? "" : options.kind().toLowerCase(Locale.ROOT) + "/";
                out.append(kind).append(item.name()).append('\t');
                out.append(Times.since(item.time("metadata.creationTimestamp"), now));
            }
            labels(item.labels(), out);
            out.append('\n');
        }
    }
}
