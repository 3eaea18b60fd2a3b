package dev.kubejar.print;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.GoText;
import dev.kubejar.object.Json;
import dev.kubejar.object.JsonPath;
import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** A table whose columns the user gives as headers and paths. */
final class CustomColumns implements Printer {
    private record Column(String header, String path) {}

    private final List<Column> columns;
    private final boolean noHeaders;
    private Boolean lastWasList;

    private CustomColumns(List<Column> columns, boolean noHeaders) {
        this.columns = columns;
        this.noHeaders = noHeaders;
    }

    static CustomColumns of(String format, String argument, PrintOptions options) {
        if (argument.isEmpty()) {
            throw new ParseError("custom-columns format specified but no custom columns given");
        }
        if (!format.equals("custom-columns-file")) {
            return new CustomColumns(inline(argument), options.table.noHeaders());
        }
        String text;
        try {
            text = options.files.read(argument);
        } catch (ParseError e) {
            throw new ParseError("error reading template " + argument + ", " + e.getMessage());
        }
        return new CustomColumns(fromFile(text), false);
    }

    private static List<Column> inline(String spec) {
        List<Column> columns = new ArrayList<>();
        for (String part : spec.split(",", -1)) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw new ParseError(
                        "unexpected custom-columns spec: " + part + ", expected <header>:<json-path-expr>");
            }
            columns.add(new Column(part.substring(0, colon), JsonPath.relaxed(part.substring(colon + 1))));
        }
        return columns;
    }

    private static List<Column> fromFile(String text) {
        String[] lines = text.split("\n", -1);
        boolean header = !text.isEmpty();
        boolean paths = lines.length > 2 || lines.length == 2 && !lines[1].isEmpty();
        if (!header || !paths) {
            throw new ParseError("invalid template, missing " + (header ? "spec" : "header") + " line. Expected format"
                    + " is one line of space separated headers, one line of space separated column specs.");
        }
        List<String> names = words(lines[0]);
        List<String> specs = words(lines[1]);
        if (names.size() != specs.size()) {
            throw new ParseError("number of headers (" + names.size() + ") and field specifications (" + specs.size()
                    + ") don't match");
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new Column(names.get(i), JsonPath.relaxed(specs.get(i))));
        }
        return columns;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(line);
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words;
    }

    @Override
    public void print(Obj object, Appendable out) {
        if (out instanceof TabWriter aligned) {
            write(object, aligned);
            return;
        }
        TabWriter aligned = TabWriter.forTables(out);
        try {
            write(object, aligned);
        } finally {
            aligned.flush();
        }
    }

    private void write(Obj object, TabWriter out) {
        boolean list = object.at("items").isArray();
        if (!noHeaders && (lastWasList == null || lastWasList != list)) {
            for (int i = 0; i < columns.size(); i++) {
                out.append(i == 0 ? "" : "\t").append(columns.get(i).header());
            }
            out.append('\n');
            lastWasList = list;
        }
        List<JsonPath> paths = new ArrayList<>();
        for (Column column : columns) {
            paths.add(JsonPath.parse(column.path()).allowMissingKeys(true));
        }
        if (!list) {
            row(object.node(), paths, out);
        } else {
            object.list("items").forEach(item -> row(item.node(), paths, out));
        }
    }

    private static void row(JsonNode object, List<JsonPath> paths, TabWriter out) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < paths.size(); i++) {
            line.append(i == 0 ? "" : "\t").append(cell(paths.get(i).find(object)));
        }
        out.append(line).append('\n');
    }

    private static String cell(List<List<JsonNode>> results) {
        List<String> values = new ArrayList<>();
        if (results.isEmpty() || results.get(0).isEmpty()) {
            values.add("<none>");
        }
        for (List<JsonNode> part : results) {
            for (JsonNode value : part) {
                values.add(TablePrinter.escaped(GoText.value(value)));
            }
        }
        return String.join(",", values);
    }

    @Override
    public void printEvent(String type, Obj object, Appendable out) {
        ObjectNode event = Json.object().put("type", type);
        event.set("object", object.node());
        print(Obj.of(event), out);
    }
}
