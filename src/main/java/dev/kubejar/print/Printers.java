package dev.kubejar.print;

import dev.kubejar.object.GoText;
import dev.kubejar.object.JsonPath;
import dev.kubejar.object.ParseError;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Chooses the printer that {@code -o} asks for. */
public final class Printers {
    private static final List<String> JSONPATH = List.of("jsonpath", "jsonpath-as-json", "jsonpath-file");
    private static final List<String> TEMPLATES =
            List.of("go-template", "go-template-file", "template", "templatefile");
    private static final List<String> COLUMNS = List.of("custom-columns", "custom-columns-file");

    private final PrintOptions options;
    private final String output;

    private Printers(String output, PrintOptions options) {
        this.output = output;
        this.options = options;
    }

    /**
     * The printer of a format, with its argument as in {@code jsonpath={.kind}}; empty for the command's own.
     *
     * @throws ParseError worded as kubectl's, without its leading {@code error: }
     */
    public static Printer of(String output, PrintOptions options) {
        String format = output.isEmpty() && !options.template.isEmpty() ? "go-template" : output;
        Printer printer = new Printers(format, options).choose();
        if (printer == null) {
            throw new ParseError("unable to match a printer suitable for the output format " + GoText.quoted(output)
                    + ", allowed formats are: " + String.join(",", formats(options)));
        }
        return printer;
    }

    /** The names of the formats, sorted. */
    public static Set<String> formats(PrintOptions options) {
        TreeSet<String> names = new TreeSet<>(List.of("json", "name", "yaml"));
        names.addAll(JSONPATH);
        names.addAll(TEMPLATES);
        if (options.kyaml) {
            names.add("kyaml");
        }
        if (options.table != null) {
            names.add("wide");
            names.addAll(COLUMNS);
        }
        return names;
    }

    private Printer choose() {
        switch (output.toLowerCase(Locale.ROOT)) {
            case "json":
                return new TreePrinter(TreePrinter.Form.JSON, options.managedFields, options.treeOrder);
            case "yaml":
                return new TreePrinter(TreePrinter.Form.YAML, options.managedFields, false);
            case "kyaml":
                return options.kyaml ? new TreePrinter(TreePrinter.Form.KYAML, options.managedFields, false) : null;
            case "name":
                return new NamePrinter("");
            case "":
                return options.table == null ? new NamePrinter(options.operation) : tables(false);
            default:
                return output.equals("wide") && options.table != null ? tables(true) : chooseTemplate();
        }
    }

    private Printer tables(boolean wide) {
        TableOptions t = options.table;
        boolean all = wide || t.wide();
        return new TablePrinter(
                new TableOptions(t.noHeaders(), all, t.withNamespace(), t.showLabels(), t.kind(), t.labels()),
                options.now);
    }

    private Printer chooseTemplate() {
        String format = output;
        String argument = options.template;
        int equals = output.indexOf('=');
        if (argument.isEmpty() && equals >= 0) {
            format = output.substring(0, equals);
            argument = output.substring(equals + 1);
        }
        boolean columns = options.table != null && COLUMNS.contains(format);
        if (columns) {
            return CustomColumns.of(format, argument, options);
        }
        if (!JSONPATH.contains(format) && !TEMPLATES.contains(format)) {
            return null;
        }
        if (argument.isEmpty()) {
            throw new ParseError("template format specified but no template given");
        }
        String template = format.endsWith("file") ? file(argument) : argument;
        return JSONPATH.contains(format) ? jsonPath(template, format) : goTemplate(template);
    }

    private String file(String name) {
        try {
            return options.files.read(name);
        } catch (ParseError e) {
            throw new ParseError("error reading --template " + name + ", " + e.getMessage());
        }
    }

    private Printer jsonPath(String template, String format) {
        try {
            JsonPath path = JsonPath.parse(template).allowMissingKeys(options.missingKeysAllowed);
            return new JsonPathPrinter(template, path, format.equals("jsonpath-as-json"));
        } catch (ParseError e) {
            throw new ParseError("error parsing jsonpath " + template + ", " + e.getMessage());
        }
    }

    private Printer goTemplate(String template) {
        try {
            GoTemplate parsed = GoTemplate.parse("output", template);
            return new TemplatePrinter(template, parsed.missingKeyError(!options.missingKeysAllowed));
        } catch (ParseError e) {
            throw new ParseError("error parsing template " + template + ", " + e.getMessage());
        }
    }
}
