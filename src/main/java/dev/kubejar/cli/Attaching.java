package dev.kubejar.cli;

import dev.kubejar.client.NodeStreams.LogChunk;
import dev.kubejar.client.NodeStreams.LogOptions;
import dev.kubejar.client.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Joins a running container's streams. What it writes comes from its log; where it is a shell that waits for input, the
 * input goes to a shell of the same kind in the container.
 */
public final class Attaching {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "/bin/sh", "/bin/bash", "/bin/ash");
    private static final Set<String> SHELL_IMAGES =
            Set.of("busybox", "alpine", "ubuntu", "debian", "bash", "perl", "library/busybox");

    private final Invocation call;
    private final boolean stdin;
    private final boolean tty;
    private final boolean quiet;
    private boolean left;
    private int code;

    public Attaching(Invocation call, boolean stdin, boolean tty, boolean quiet) {
        this.call = call;
        this.stdin = stdin;
        this.tty = tty;
        this.quiet = quiet;
    }

    /** Whether the user has left a shell, so that its exit code is the container's. */
    public boolean left() {
        return left;
    }

    public int code() {
        return code;
    }

    /** Prints everything a container has written. */
    public void printLog(Obj pod, String container) {
        call.out().write(call.cluster()
                .streams()
                .logs(Ref.of(Resources.PODS, pod), options(container))
                .bytes());
    }

    private static LogOptions options(String container) {
        return new LogOptions(container, false, false, 0, false, 0, null);
    }

    /** Stays with a container until it ends, or its shell is left. */
    public void attach(Obj pod, String name) {
        List<String> shell = shell(Pods.container(pod, name));
        if (stdin && !shell.isEmpty()) {
            if (tty && call.session().terminal().in() && !quiet) {
                call.err().println("If you don't see a command prompt, try pressing enter.");
            }
            ContainerSession session = ContainerSession.of(call, true, tty, quiet);
            code = session.run(pod, name, shell);
            left = true;
            return;
        }
        follow(Ref.of(Resources.PODS, pod), options(name));
    }

    /** The shell that a container runs to read commands; empty where it runs something else. */
    private static List<String> shell(Obj container) {
        List<String> words = new ArrayList<>(container.texts("command"));
        words.addAll(container.texts("args"));
        if (words.isEmpty()) {
            String image = container.text("image");
            String bare = image.contains(":") ? image.substring(0, image.lastIndexOf(':')) : image;
            return SHELL_IMAGES.contains(bare) ? List.of("sh") : List.of();
        }
        return SHELLS.contains(words.get(0)) && !words.contains("-c") && words.stream().skip(1).allMatch(each -> each.startsWith("-"))
                ? List.of(words.get(0))
                : List.of();
    }

    private void follow(Ref pod, LogOptions options) {
        LogChunk chunk = call.cluster().streams().logs(pod, options);
        while (true) {
            call.out().write(chunk.bytes());
            call.session().flush();
            if (chunk.ended() || chunk.position() < 0 || !call.cluster().awaitChange(null)) {
                return;
            }
            chunk = call.cluster().streams().logsFrom(pod, options, chunk.position());
        }
    }
}
