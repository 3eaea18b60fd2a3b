package dev.kubejar.cli;

/** How far a change is to go. */
public enum DryRun {
    NONE,
    CLIENT,
    SERVER;

    /** Declares {@code --dry-run}. */
    public static void declare(Flags flags) {
        flags.string("dry-run", "none").bare("unchanged");
    }

    /** Reads {@code --dry-run}. */
    public static DryRun of(Flags flags) {
        String value = flags.text("dry-run");
        return switch (value) {
            case "none" -> NONE;
            case "client" -> CLIENT;
            case "server" -> SERVER;
            case "unchanged" ->
                throw new CliError(
                        "dry-run unchanged is not a valid dry-run value. Must be \"none\", \"server\", or \"client\".");
            default ->
                throw new CliError(
                        "Invalid dry-run value (" + value + "). Must be \"none\", \"server\", or \"client\".");
        };
    }

    public boolean client() {
        return this == CLIENT;
    }

    public boolean server() {
        return this == SERVER;
    }

    /** {@code created}, {@code created (dry run)} or {@code created (server dry run)}. */
    public String done(String operation) {
        return switch (this) {
            case NONE -> operation;
            case CLIENT -> operation + " (dry run)";
            case SERVER -> operation + " (server dry run)";
        };
    }
}
