package dev.kubejar.cli;

/** Plays commands one after the other for a user or a script: what the composition root lends to {@code kubejar shell}. */
public interface Interactive {
    /** @return the exit code of the last command */
    int run(Invocation call);
}
