package dev.kubejar.kubelet.shell;

/** A process that could not be started at all, in the words of the container runtime. */
public final class StartError extends Exception {
    private static final long serialVersionUID = 1;

    /** What was wrong. */
    public enum Cause {
        /** No such program: exit code 127 or 128 in a container's status. */
        NOT_FOUND,
        /** It is there and cannot be run: a directory, or not executable. Exit code 126 or 128. */
        NOT_PERMITTED,
        /** The working directory is not there. */
        NO_DIRECTORY
    }

    private final Cause cause;

    StartError(Cause cause, String message) {
        super(message);
        this.cause = cause;
    }

    public Cause cause() {
        return cause;
    }
}
