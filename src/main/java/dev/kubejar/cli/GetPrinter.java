package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How {@code get} prints: tables in the server's columns, or whole objects. */
public final class GetPrinter {
    private final Invocation call;
    private final Flags flags;

    public GetPrinter(Invocation call) {
        this.call = call;
        this.flags = call.flags();
    }

    /** Declares the flags of get's output. */
    public static void declare(Flags flags) {
        PrintFlags.declare(flags);
        flags.slice("label-columns", 'L', "")
                .bool("no-headers", false)
                .bool("show-kind", false)
                .bool("show-labels", false)
                .string("sort-by", "");
    }

    /** Whether a table for people is wanted. */
    public static boolean human(Flags flags) {
        String format = PrintFlags.format(flags);
        return format.isEmpty() || format.equals("wide");
    }

    /** The printer of whole objects that the flags ask for. */
    public static Printer structured(Invocation call) {
        String format = PrintFlags.format(call.flags());
        Printer printer = format.equals("name") ? PrintFlags.name("") : PrintFlags.structured(call, format);
        if (printer == null) {
            printer = Templates.columns(call, format);
        }
        if (printer == null) {
            List<String> allowed = new ArrayList<>(PrintFlags.allowed());
            allowed.addAll(List.of("custom-columns", "custom-columns-file", "wide"));
            throw PrintFlags.unknown(format, allowed);
        }
        return printer;
    }

    /** Prints the groups, an empty line between them; whether there was anything to print. */
    public boolean print(TableGroups groups, List<RuntimeException> failures) {
        boolean wrote = false;
        for (TableGroups.Group group : groups.groups()) {
            String text = new TableText(flags, groups.severalKinds()).render(group);
            if (!text.isEmpty()) {
                if (wrote && !flags.on("no-headers")) {
                    call.out().println();
                }
                call.out().print(text);
                wrote = true;
            }
        }
        return wrote;
    }

    /** One group's lines. */
    private static final class TableText {
        private final Flags flags;
        private final boolean kinds;
        private final List<List<String>> lines = new ArrayList<>();

        TableText(Flags flags, boolean kinds) {
            this.flags = flags;
            this.kinds = kinds;
        }

        String render(TableGroups.Group group) {
            boolean wide = flags.text("output").equals("wide");
            boolean namespaces = flags.on("all-namespaces") && group.resource().namespaced();
            boolean header = !flags.on("no-headers");
            for (Obj table : group.tables()) {
                List<Obj> columns = table.list("columnDefinitions");
                if (table.at("rows").isEmpty()) {
                    continue;
                }
                if (header) {
                    header(columns, wide, namespaces);
                    header = false;
                }
                for (Obj row : table.list("rows")) {
                    row(group, columns, row, wide, namespaces);
                }
            }
            return aligned(lines);
        }

        private void header(List<Obj> columns, boolean wide, boolean namespaces) {
            List<String> cells = new ArrayList<>();
            if (namespaces) {
                cells.add("NAMESPACE");
            }
            for (Obj column : columns) {
                if (wide || column.number("priority") == 0) {
                    cells.add(column.text("name").toUpperCase(Locale.ROOT));
                }
            }
            for (String label : flags.list("label-columns")) {
                cells.add(label.substring(label.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT));
            }
            if (flags.on("show-labels")) {
                cells.add("LABELS");
            }
            lines.add(cells);
        }

        private void row(TableGroups.Group group, List<Obj> columns, Obj row, boolean wide, boolean namespaces) {
            List<String> cells = new ArrayList<>();
            Obj object = row.obj("object");
            if (namespaces) {
                cells.add(object.namespace());
            }
            JsonNode values = row.at("cells");
            for (int i = 0; i < columns.size(); i++) {
                if (!wide && columns.get(i).number("priority") != 0) {
                    continue;
                }
                JsonNode value = values.path(i);
                String text = value.isNull() ? "<none>" : value.asText("");
                boolean name = columns.get(i).text("format").equals("name");
                cells.add(
                        name && (kinds || flags.on("show-kind"))
                                ? group.resource().printedKind() + "/" + text
                                : text);
            }
            for (String label : flags.list("label-columns")) {
                cells.add(object.label(label));
            }
            if (flags.on("show-labels")) {
                List<String> pairs = new ArrayList<>();
                object.labels().forEach((key, value) -> pairs.add(key + "=" + value));
                cells.add(
                        pairs.isEmpty()
                                ? "<none>"
                                : String.join(",", pairs.stream().sorted().toList()));
            }
            lines.add(cells);
        }

        private static String aligned(List<List<String>> lines) {
            List<Integer> widths = new ArrayList<>();
            for (List<String> line : lines) {
                for (int i = 0; i < line.size(); i++) {
                    int width = line.get(i).length() + 3;
                    if (i == widths.size()) {
                        widths.add(width);
                    } else if (widths.get(i) < width) {
                        widths.set(i, width);
                    }
                }
            }
            StringBuilder out = new StringBuilder();
            for (List<String> line : lines) {
                for (int i = 0; i < line.size(); i++) {
                    out.append(line.get(i));
                    if (i < line.size() - 1) {
                        out.append(" ".repeat(widths.get(i) - line.get(i).length()));
                    }
                }
                out.append('\n');
            }
            return out.toString();
        }
    }
}
