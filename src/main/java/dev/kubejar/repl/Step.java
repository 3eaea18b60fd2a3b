package dev.kubejar.repl;

import java.util.List;

/**
 * One pipe of a command line.
 *
 * @param after what must hold of the one before: empty, {@code &&} or {@code ||}
 */
record Step(String after, List<Stage> stages) {}
