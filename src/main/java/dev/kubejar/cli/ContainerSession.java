package dev.kubejar.cli;

import dev.kubejar.client.RemoteProcess;
import dev.kubejar.client.Resources;
import dev.kubejar.object.ApiError;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A command in a container, its streams joined to the session's. */
public final class ContainerSession {
    private final Invocation call;
    private final InputStream in;
    private final boolean tty;

    private ContainerSession(Invocation call, InputStream in, boolean tty) {
        this.call = call;
        this.in = in;
        this.tty = tty;
    }

    /** Sets up the streams: no input without {@code -i}; a terminal only where there is one. */
    public static ContainerSession of(Invocation call, boolean stdin, boolean tty, boolean quiet) {
        if (!stdin) {
            return new ContainerSession(call, null, false);
        }
        if (tty && !call.session().terminal().in() && !quiet) {
            call.err().println("Unable to use a TTY - input is not a terminal or the right kind of file");
        }
        return new ContainerSession(
                call,
                new PromptingInput(call.session()),
                tty && call.session().terminal().in());
    }

    /** Stays with the container's own process until it ends. */
    public void attach(Obj pod, String container) {
        new RemoteProcess(call.cluster(), Ref.of(Resources.PODS, pod), container, in, call.session()::unread)
                .attach(call.out().stream());
        call.changed();
    }

    /** Runs a command to its end; a failure is told, and its exit code is this one's. */
    public int run(Obj pod, String container, List<String> command) {
        int code = exec(Ref.of(Resources.PODS, pod), container, command);
        call.changed();
        if (code != 0) {
            call.err().println("command terminated with exit code " + code);
        }
        return code;
    }

    private int exec(Ref pod, String container, List<String> command) {
        try {
            return new RemoteProcess(call.cluster(), pod, container, in, call.session()::unread)
                    .exec(command, tty, call.out().stream(), call.err().stream());
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
