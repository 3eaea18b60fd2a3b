package dev.kubejar.kubelet.shell;

/**
 * A program other than the shell. It keeps nothing in itself: what it must know when it goes on it keeps in its
 * {@link Task}.
 */
public interface Applet {
    /** It waits for what it has told the task. */
    int WAIT = -1;

    /** It could go on at once; others have their turn first. */
    int AGAIN = -2;

    /**
     * Begins or goes on.
     *
     * @return the exit code, or {@link #WAIT} or {@link #AGAIN}
     */
    int run(Task task);

    /** The exit code with which a signal makes it stop in good order, or -1 where the signal does what it always does. */
    default int stops(Task task, Signal signal) {
        return -1;
    }

    /** Thousandths of a CPU that it takes all the time. */
    default long cpu(Task task) {
        return 0;
    }

    /** Bytes that it holds without really holding them. */
    default long memory(Task task) {
        return 0;
    }

    /** What it answers to a whole request that came to a port it listens on, or null where it reads connections itself. */
    default byte[] answer(Task task, int port, byte[] request) {
        return null;
    }
}
