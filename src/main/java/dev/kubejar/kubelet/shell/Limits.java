package dev.kubejar.kubelet.shell;

/**
 * What a container's processes may use.
 *
 * @param steps instructions that a process may run at one virtual instant. Past them it rests until the next second, and its
 *     next share is smaller (a sixteenth, but at least a thousandth): a busy loop goes on in virtual time at little cost
 * @param busySeconds how many such seconds in a row it may take; then it ends as by SIGXCPU, exit code 152
 * @param memory bytes that a process's variables and buffers may take; past them it ends as out of memory, exit code 137
 * @param logBytes bytes of output at one virtual instant; past them the process that writes ends as by SIGXFSZ, exit code 153
 * @param processes how many there may be at a time; a further one fails with {@code can't fork}
 */
public record Limits(int steps, int busySeconds, long memory, long logBytes, int processes) {
    public static final Limits DEFAULT = new Limits(1_000_000, 3600, 16 << 20, 8 << 20, 1000);
}
