package dev.kubejar.cli;

/** One command. Made anew for each call; its class is loaded only when it is called. */
public interface Command {
    /** Declares the flags beside the global ones. */
    default void flags(Flags flags) {}

    /** The same, where the environment decides which flags there are. */
    default void flags(Flags flags, Session session) {
        flags(flags);
    }

    /** Checks the arguments, before anything asks for required flags. */
    default void arguments(Invocation call) {}

    /**
     * Does what was asked and prints to the invocation's session.
     *
     * @return the exit code
     */
    int run(Invocation call);
}
