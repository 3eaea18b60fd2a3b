package dev.kubejar.kubelet.shell;

import java.util.List;

/** A script as the machine runs it: compiled from its text, always in the same way, so that positions can be kept. */
final class Code {
    /** Counts up whenever other instructions come out of the same text: positions of older versions mean nothing then. */
    static final int VERSION = 1;

    private final String text;
    private final int line;
    private final boolean last;
    private final List<Op> ops;

    private Code(String text, int line, boolean last, List<Op> ops) {
        this.text = text;
        this.line = line;
        this.last = last;
        this.ops = ops;
    }

    /**
     * Compiles a text. What is wrong with it shows when it is run.
     *
     * @param line the number of its first line
     * @param last whether the shell ends with it, so that its last program may take the shell's place
     */
    static Code of(String text, int line, boolean last) {
        return new Code(text, line, last, new Compiler().program(Parser.program(text, line), last));
    }

    boolean last() {
        return last;
    }

    String text() {
        return text;
    }

    int line() {
        return line;
    }

    Op at(int position) {
        return ops.get(position);
    }

    int size() {
        return ops.size();
    }
}
