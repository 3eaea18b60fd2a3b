package dev.kubejar.kubelet;

import dev.kubejar.client.NodeStreams;
import dev.kubejar.object.Obj;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs containers' processes; all their state lives in the cluster's memory. */
interface ContainerRuntime {

    /** What a container starts with: its spec, its full environment and who it runs as. */
    record Launch(Obj pod, Obj container, PodRecord record, Map<String, String> env, int attempt) {}

    /** A process that could not be started at all. */
    final class StartFailure extends Exception {
        private static final long serialVersionUID = 1;
        final int exitCode;
        final String reason;

        StartFailure(String reason, int exitCode, String message) {
            super(message);
            this.reason = reason;
            this.exitCode = exitCode;
        }
    }

    /**
     * How a container's processes stand after they ran as far as they could.
     *
     * @param exited whether the first process is over
     * @param exitCode its code
     * @param reason {@code Completed}, {@code Error}, {@code OOMKilled}
     * @param due when a process wants to go on, or null
     * @param moved whether files have changed that others may look at
     */
    record Progress(boolean exited, int exitCode, String reason, Instant due, boolean moved) {}

    void start(Launch launch) throws StartFailure;

    /** Lets a container's processes run up to where each waits. */
    Progress run(Obj pod, String container);

    void signal(Obj pod, String container, String signal);

    /** What a container wrote to its termination message path in this run. */
    String terminationMessage(Obj pod, Obj container, int exitCode);

    /** An exec to its end or to a time limit: its exit code and what it printed; null where it is still running then. */
    ExecResult exec(Obj pod, String container, List<String> command, byte[] in, Instant limit);

    /**
     * Starts a further command that goes on with the container's own processes, from turn to turn.
     *
     * @return the number of its session
     * @throws StartFailure where it cannot be started
     */
    int begin(Obj pod, String container, List<String> command, boolean stdin, boolean tty) throws StartFailure;

    /** Hands over input, lets the container run, and takes what a session's command has printed. */
    NodeStreams.Turn turn(Obj pod, String container, int session, byte[] input, boolean last);

    /** Lets go of a session; its command ends if it has not. */
    void end(Obj pod, String container, int session);

    /** How a command ended; {@code failure} says why it could not be started, or is null. */
    record ExecResult(int exitCode, byte[] out, byte[] err, String failure) {
        static ExecResult failed(String why) {
            return new ExecResult(126, new byte[0], new byte[0], why);
        }
    }

    /** What stands at a path of a node: {@code File}, {@code Directory}, {@code Socket} …; empty for nothing. */
    String hostType(String node, String path);

    /** How many bytes the files of a pod's emptyDir hold. */
    long used(Obj pod, Obj volume);

    /** Brings what a pod's volumes show of ConfigMaps, Secrets and itself up to date. */
    void refresh(Obj pod);

    /** Forgets a container's processes: its machine has died under them. */
    void lose(Obj pod, String container);

    /** Removes whatever a pod has left on its node. */
    void remove(String uid);
}
