package dev.kubejar.cli;

/** The output formats that take a template. */
final class Templates {
    private Templates() {}

    /** The printer of a template format; null where the format is another. */
    static Printer printer(Invocation call, String format) {
        return null;
    }

    /** The printer of custom columns; null where the format is another. */
    static Printer columns(Invocation call, String format) {
        return null;
    }
}
