package dev.kubejar.cli;

import dev.kubejar.client.RemoteProcess;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A command in a container, its streams joined to the session's. */
public final class ContainerSession {
    private final Invocation call;
    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;
    private final boolean tty;

    private ContainerSession(Invocation call, InputStream in, OutputStream out, OutputStream err, boolean tty) {
        this.call = call;
        this.in = in;
        this.out = out;
        this.err = err;
        this.tty = tty;
    }

    /** Joins other streams than the session's own, as cp does; {@code in} may be null. */
    public static ContainerSession joined(Invocation call, InputStream in, OutputStream out, OutputStream err) {
        return new ContainerSession(call, in, out, err, false);
    }

    /** Sets up the streams: no input without {@code -i}; a terminal only where there is one. */
    public static ContainerSession of(Invocation call, boolean stdin, boolean tty, boolean quiet) {
        OutputStream out = call.out().stream();
        OutputStream err = call.err().stream();
        if (!stdin) {
            return new ContainerSession(call, null, out, err, false);
        }
        if (tty && !call.session().terminal().in() && !quiet) {
            call.err().println("Unable to use a TTY - input is not a terminal or the right kind of file");
        }
        return new ContainerSession(
                call,
                new PromptingInput(call.session()),
                out,
                err,
                tty && call.session().terminal().in());
    }

    /**
     * Stays with the container's own process until it ends.
     *
     * @param fromStart whether what it has written before is printed too
     */
    public void attach(Obj pod, String container, boolean fromStart) {
        StreamAccess.require(call, Ref.of(Resources.PODS, pod), "create", "attach");
        new RemoteProcess(call.cluster(), Ref.of(Resources.PODS, pod), container, in, call.session()::unread)
                .attach(out, fromStart);
        call.changed();
    }

    /** Runs a command to its end; a failure is told, and its exit code is this one's. */
    public int run(Obj pod, String container, List<String> command) {
        int code = exec(pod, container, command);
        if (code != 0) {
            call.err().println("command terminated with exit code " + code);
        }
        return code;
    }

    /** Runs a command to its end and says nothing of its exit code. */
    public int exec(Obj pod, String container, List<String> command) {
        int code = exec(Ref.of(Resources.PODS, pod), container, command);
        call.changed();
        return code;
    }

    private int exec(Ref pod, String container, List<String> command) {
        StreamAccess.require(call, pod, "create", "exec");
        try {
            return new RemoteProcess(call.cluster(), pod, container, in, call.session()::unread)
                    .exec(command, tty, out, err);
        } catch (ApiError e) {
            // what the server refuses before the streams are joined, kubectl tells in these words
            throw e.is("BadRequest") ? new CliError("unable to upgrade connection: " + e.getMessage()) : e;
        }
    }

    /** Lets out what was printed before it waits for input, so that a prompt is seen. */
    private static final class PromptingInput extends FilterInputStream {
        private final Session session;

        PromptingInput(Session session) {
            super(session.in());
            this.session = session;
        }

        @Override
        public int read() throws IOException {
            session.flush();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            session.flush();
            return super.read(bytes, offset, length);
        }
    }
}
