package dev.kubejar.kubelet.shell;

import java.time.Instant;

/**
 * Where a machine stands after it ran as far as it could.
 *
 * @param timer when a process wants to go on by itself, or null
 * @param files whether a process waits for a file to change: run the machine again when a shared volume has changed
 * @param input whether a process waits for its session's input
 * @param exited whether the container's own process is over
 */
public record Waits(Instant timer, boolean files, boolean input, boolean exited) {}
