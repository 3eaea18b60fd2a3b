package dev.kubejar.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kubejar.object.Obj;
import java.util.ArrayList;
import java.util.List;

/** The flags {@code --output}, {@code --template} and what belongs to them, as most commands have them. */
public final class PrintFlags {
    private static final List<String> TEMPLATES = List.of(
            "go-template",
            "go-template-file",
            "jsonpath",
            "jsonpath-as-json",
            "jsonpath-file",
            "template",
            "templatefile");

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
        boolean template = !flags.text("template").isEmpty() && !flags.changed("output");
        return template ? "go-template" : flags.text("output");
    }

    /**
     * The printer of the format asked for; none asked for: the name with what was done to it.
     *
     * @param operation {@code created}, {@code scaled} …; with its dry-run suffix
     */
    public static Printer of(Invocation call, String operation) {
        String format = format(call.flags());
        Printer printer = structured(call, format);
        if (printer == null && (format.isEmpty() || format.equals("name"))) {
            printer = name(format.isEmpty() ? operation : "");
        }
        if (printer == null) {
            throw unknown(format, allowed());
        }
        return printer;
    }

    /** The printers that show a whole object: JSON, YAML and templates; null where the format is another. */
    public static Printer structured(Invocation call, String format) {
        boolean managed = call.flags().on("show-managed-fields");
        switch (format) {
            case "json":
                return (object, out) -> out.print(Printers.json(shown(object, managed)));
            case "yaml":
                return yaml(managed, false);
            case "kyaml":
                return yaml(managed, true);
            default:
                return Templates.printer(call, format);
        }
    }

    private static Printer yaml(boolean managed, boolean kyaml) {
        int[] printed = {0};
        return (object, out) -> {
            if (printed[0]++ > 0 && !kyaml) {
                out.println("---");
            }
            JsonNode node = shown(object, managed);
            out.print(kyaml ? Printers.kyaml(node) : Printers.yaml(node));
        };
    }

    /** The object without managedFields, unless they are wanted; also in a list's items. */
    static JsonNode shown(Obj object, boolean managed) {
        ObjectNode node = object.node();
        if (managed || !hasManaged(object)) {
            return node;
        }
        Obj copy = object.copy();
        copy.remove("metadata.managedFields");
        copy.list("items").forEach(item -> item.remove("metadata.managedFields"));
        return copy.node();
    }

    private static boolean hasManaged(Obj object) {
        return object.has("metadata.managedFields")
                || object.list("items").stream().anyMatch(item -> item.has("metadata.managedFields"));
    }

    /** {@code kind.group/name operation}, an item a line. */
    public static Printer name(String operation) {
        return (object, out) -> {
            if (object.kind().endsWith("List") && object.at("items").isArray()) {
                object.list("items").forEach(item -> out.println(named(item, operation)));
            } else {
                out.println(named(object, operation));
            }
        };
    }

    private static String named(Obj object, String operation) {
        String kind = object.kind().toLowerCase(java.util.Locale.ROOT);
        String name = object.name().isEmpty() ? "<unknown>" : object.name();
        return (object.group().isEmpty() ? kind : kind + "." + object.group()) + "/" + name
                + (operation.isEmpty() ? "" : " " + operation);
    }

    static List<String> allowed() {
        List<String> all = new ArrayList<>(List.of("json", "kyaml", "name"));
        all.addAll(TEMPLATES);
        all.add("yaml");
        return all;
    }

    /** The refusal of a format that does not exist. */
    public static CliError unknown(String format, List<String> allowed) {
        return new CliError("unable to match a printer suitable for the output format " + Go.quote(format)
                + ", allowed formats are: "
                + String.join(",", allowed.stream().sorted().toList()));
    }
}
