package dev.kubejar.kubelet.shell;

import java.util.List;

/** A command that the shell itself runs. */
interface Builtin {
    /** It has to wait and will be run again. */
    int WAIT = -1;

    /** It has sent the shell elsewhere; the status is set. */
    int JUMPED = -2;

    /**
     * Runs the command.
     *
     * @param frame where it may keep something between two runs
     * @param args its name and its arguments
     * @return its status, or {@link #WAIT} or {@link #JUMPED}
     */
    int run(Interpreter interpreter, Frame frame, List<String> args);
}
