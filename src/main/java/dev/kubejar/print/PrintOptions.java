package dev.kubejar.print;

import dev.kubejar.object.ParseError;
import java.time.Instant;

/** What a command and its user want of a printer beside the format; every method returns this. */
public final class PrintOptions {
    /** Reads a template's file. */
    @FunctionalInterface
    public interface Files {
        /** @throws ParseError {@code open NAME: no such file or directory} */
        String read(String name);
    }

    TableOptions table;
    String template = "";
    String operation = "";
    boolean missingKeysAllowed = true;
    boolean managedFields;
    boolean kyaml = true;
    boolean treeOrder;
    Instant now = Instant.EPOCH;
    Files files = name -> {
        throw new ParseError("open " + name + ": no such file or directory");
    };

    private PrintOptions() {}

    /** For commands that say what they did: without a format {@code pod/x created} is printed. */
    public static PrintOptions operation(String operation) {
        PrintOptions options = new PrintOptions();
        options.operation = operation;
        return options;
    }

    /** For {@code get}: without a format, and with {@code wide}, a table is printed, and custom columns are known. */
    public static PrintOptions tables(TableOptions table) {
        PrintOptions options = new PrintOptions();
        options.table = table;
        return options;
    }

    /** {@code --template}. */
    public PrintOptions template(String value) {
        template = value;
        return this;
    }

    /** {@code --allow-missing-template-keys}, true at first. */
    public PrintOptions allowMissingKeys(boolean value) {
        missingKeysAllowed = value;
        return this;
    }

    /** {@code --show-managed-fields}, false at first. */
    public PrintOptions showManagedFields(boolean value) {
        managedFields = value;
        return this;
    }

    /** Whether {@code kyaml} is a format; {@code KUBECTL_KYAML=false} takes it away. */
    public PrintOptions kyaml(boolean value) {
        kyaml = value;
        return this;
    }

    /** JSON with its keys as the tree has them, as Go writes typed objects; otherwise they are sorted. */
    public PrintOptions treeOrder(boolean value) {
        treeOrder = value;
        return this;
    }

    /** What ages are counted from. */
    public PrintOptions now(Instant value) {
        now = value;
        return this;
    }

    public PrintOptions files(Files value) {
        files = value;
        return this;
    }
}
