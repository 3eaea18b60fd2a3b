package dev.kubejar.cli;

import dev.kubejar.client.Request;
import dev.kubejar.object.GoJson;
import dev.kubejar.object.Json;
import dev.kubejar.object.Obj;

/** What commands that change objects share: validation, dry run, field manager and the last-applied annotation. */
public final class Changing {
    /** Where the manifest that was last applied is kept. */
    public static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private Changing() {}

    /** Declares {@code --validate}. */
    public static void declareValidate(Flags flags) {
        flags.string("validate", "strict").bare("strict");
    }

    /** {@code Strict}, {@code Warn} or {@code Ignore}. */
    public static String validation(Flags flags) {
        String value = flags.text("validate");
        switch (value) {
            case "strict":
                return "Strict";
            case "warn":
                return "Warn";
            case "ignore":
                return "Ignore";
            default:
                try {
                    return Go.bool(value) ? "Strict" : "Ignore";
                } catch (CliError e) {
                    throw new CliError("invalid - validate option " + Go.quote(value)
                            + "; must be one of: strict (or true), warn, ignore (or false)");
                }
        }
    }

    /** The request with the options that the flags give it. */
    public static Request options(Request request, Flags flags, DryRun dryRun) {
        if (flags.has("field-manager")) {
            request.fieldManager(flags.text("field-manager"));
        }
        if (flags.has("validate")) {
            request.fieldValidation(validation(flags));
        }
        return request.dryRun(dryRun.server());
    }

    /**
     * The configuration as the annotation keeps it: the object without the annotation, in JSON, on a line of its own.
     *
     * @param typed whether the object was made by the program, whose empty annotations are not written
     */
    public static String configuration(Obj object, boolean typed) {
        Obj copy = object.copy();
        if (copy.at("metadata.annotations") instanceof com.fasterxml.jackson.databind.node.ObjectNode annotations) {
            annotations.remove(LAST_APPLIED);
            if (typed && annotations.isEmpty()) {
                copy.remove("metadata.annotations");
            }
        } else if (!typed) {
            copy.set("metadata.annotations", Json.object());
        }
        return (typed ? GoJson.compactInOrder(copy.node()) : GoJson.compact(copy.node())) + "\n";
    }

    /** Writes the annotation: always, or only where the object has one already. */
    public static void annotate(Obj object, boolean always, boolean typed) {
        if (always || !object.annotation(LAST_APPLIED).isEmpty()) {
            object.setAnnotation(LAST_APPLIED, configuration(object, typed));
        }
    }
}
