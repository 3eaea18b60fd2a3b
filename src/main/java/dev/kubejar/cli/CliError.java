package dev.kubejar.cli;

/** A command's own refusal in kubectl's words, with the exit code it ends in. */
public final class CliError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final boolean plain;

    private CliError(String message, int code, boolean plain) {
        super(message, null, false, false);
        this.code = code;
        this.plain = plain;
    }

    /** Shown behind {@code error: }. */
    public CliError(String message) {
        this(message, 1, false);
    }

    /** Shown exactly as it is. */
    public static CliError plain(String message) {
        return new CliError(message, 1, true);
    }

    /** Ends the command silently with a code, everything having been said. */
    public static CliError exit(int code) {
        return new CliError("", code, true);
    }

    /** Shown behind {@code error: }, with an exit code of its own. */
    public static CliError withCode(String message, int code) {
        return new CliError(message, code, false);
    }

    public int code() {
        return code;
    }

    boolean isPlain() {
        return plain;
    }
}
