package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.Credentials;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param argv the program and its arguments
 * @param env its environment, in order; PATH decides where the program is looked for
 * @param cwd its working directory
 * @param input what it reads: null for nothing at all ({@code /dev/null}), else bytes that {@link Machine#input} may add to
 *     until {@link Machine#endInput}
 * @param tty whether its streams are a terminal
 */
public record Launch(
        List<String> argv, Map<String, String> env, String cwd, Credentials user, byte[] input, boolean tty) {}
