package dev.kubejar.cli;

import dev.kubejar.object.Obj;
import dev.kubejar.object.ParseError;
import dev.kubejar.print.PrintOptions;
import dev.kubejar.print.Printer;
import dev.kubejar.print.Printers;
import java.io.IOException;
import java.nio.file.Files;

/** The flags {@code --output}, {@code --template} and what belongs to them, as most commands have them. */
public final class PrintFlags {
    private PrintFlags() {}

    public static void declare(Flags flags) {
        declare(flags, "");
    }

    public static void declare(Flags flags, String absent) {
        flags.bool("allow-missing-template-keys", true)
                .string("output", 'o', absent)
                .bool("show-managed-fields", false)
                .string("template", "");
    }

    /** The format asked for; {@code --template} alone means a Go template. */
    public static String format(Flags flags) {
        boolean template = flags.changed("template") && !flags.text("template").isEmpty() && !flags.changed("output");
        return template ? "go-template" : flags.text("output");
    }

    /**
     * The printer of the format asked for; none asked for: the name with what was done to it.
     *
     * @param operation {@code created}, {@code scaled} …; with its dry-run suffix
     */
    public static Printer of(Invocation call, String operation) {
        return printer(call, PrintOptions.operation(operation));
    }

    /** The same for objects that kubectl keeps in typed structures: their JSON has the structures' order. */
    public static Printer typed(Invocation call, String operation) {
        Printer printer = printer(call, PrintOptions.operation(operation).treeOrder(true));
        return format(call.flags()).equals("json") ? new TypedOrder(printer) : printer;
    }

    /** The same for objects whose fields the command has put in order itself. */
    public static Printer ordered(Invocation call) {
        return printer(call, PrintOptions.operation("").treeOrder(true));
    }

    /** An object with its fields in the order of the API's Go structures; {@link #ordered} keeps them so. */
    public static Obj structured(Obj object) {
        return TypedOrder.ordered(object);
    }

    /** The printer for some options, completed by the flags. */
    static Printer printer(Invocation call, PrintOptions options) {
        Flags flags = call.flags();
        if (flags.has("template")) {
            options.template(flags.text("template")).allowMissingKeys(flags.on("allow-missing-template-keys"));
        }
        options.showManagedFields(flags.on("show-managed-fields"))
                .kyaml(!call.session().environment("KUBECTL_KYAML").equals("false"))
                .files(name -> file(call.session(), name));
        try {
            return Printers.of(format(flags), options);
        } catch (ParseError e) {
            throw new CliError(e.getMessage());
        }
    }

    private static String file(Session session, String name) {
        try {
            return Files.readString(session.path(name));
        } catch (IOException e) {
            throw new ParseError("open " + name + ": " + Disk.reason(e));
        }
    }
}
