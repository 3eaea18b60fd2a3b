package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.ByteWriter;

/** What a process runs. All its state can be saved between two calls of {@link #run}. */
abstract class Program {
    /**
     * Goes on for about so many steps, or until the process waits or has ended.
     *
     * @return the steps taken
     */
    abstract int run(Process process, int steps);

    /** Whether a signal reaches the program instead of doing what signals do by themselves. */
    abstract boolean catches(Signal signal);

    /** A signal that it catches has come. */
    abstract void signalled(Process process, Signal signal);

    /** Bytes that it holds, roughly. */
    abstract long memory();

    abstract void save(ByteWriter out, Saved saved);
}
