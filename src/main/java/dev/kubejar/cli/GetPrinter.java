package dev.kubejar.cli;

import dev.kubejar.object.Obj;
import dev.kubejar.print.PrintOptions;
import dev.kubejar.print.Printer;
import dev.kubejar.print.TabWriter;
import dev.kubejar.print.TableOptions;
import dev.kubejar.print.TablePrinter;

/** How {@code get} prints: tables in the server's columns, or whole objects. */
public final class GetPrinter {
    private GetPrinter() {}

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

    /** The printer that the flags ask for, a table where they ask for nothing else. */
    public static Printer of(Invocation call) {
        Flags flags = call.flags();
        TableOptions table =
                new TableOptions(flags.on("no-headers"), false, false, false, "", flags.list("label-columns"));
        return PrintFlags.printer(call, PrintOptions.tables(table).now(java.time.Instant.EPOCH));
    }

    /** The table printer for one group. */
    public static TablePrinter table(Invocation call, TableGroups.Group group, boolean kinds) {
        Flags flags = call.flags();
        boolean named = kinds || flags.on("show-kind");
        return new TablePrinter(
                new TableOptions(
                        flags.on("no-headers"),
                        flags.text("output").equals("wide"),
                        flags.on("all-namespaces") && group.resource().namespaced(),
                        flags.on("show-labels"),
                        named ? group.resource().printedKind() : "",
                        flags.list("label-columns")),
                call.now());
    }

    /** Prints the groups, an empty line between them; whether there was anything to print. */
    public static boolean print(Invocation call, TableGroups groups) {
        boolean wrote = false;
        for (TableGroups.Group group : groups.groups()) {
            StringBuilder text = new StringBuilder();
            TabWriter aligned = TabWriter.forTables(text);
            TablePrinter printer = table(call, group, groups.severalKinds());
            for (Obj each : group.tables()) {
                printer.print(each, aligned);
            }
            aligned.flush();
            if (text.length() > 0) {
                if (wrote && !call.flags().on("no-headers")) {
                    call.out().println();
                }
                call.out().print(text.toString());
                wrote = true;
            }
        }
        return wrote;
    }
}
