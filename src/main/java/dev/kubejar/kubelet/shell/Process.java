package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.Credentials;
import dev.kubejar.kubelet.fs.FileOps;
import dev.kubejar.kubelet.fs.FsError;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;

/** A process of a {@link Machine}. */
final class Process {
    private static final int RUNNING = -1;

    final Machine machine;
    final int pid;
    int parent;
    int session;
    Credentials user;
    String cwd;
    int umask = 022;
    List<String> argv = List.of();
    long started;
    final TreeMap<Integer, Channel> descriptors = new TreeMap<>();
    final EnumSet<Signal> ignored = EnumSet.noneOf(Signal.class);
    Program program;

    /** What it waits for, or null when it can go on. */
    Wait wait;

    /** A full pipe that it has written to. */
    Channel clogged;

    boolean stopped;
    int exitCode = RUNNING;
    /** The signal that ended it, or null. */
    Signal killer;

    /** Steps taken at one instant, and for how many seconds in a row it has used up its share. */
    long instant;

    long steps;
    int strikes;

    Process(Machine machine, int pid, int parent, Credentials user, String cwd) {
        this.machine = machine;
        this.pid = pid;
        this.parent = parent;
        this.user = user;
        this.cwd = cwd;
        this.started = machine.nanos();
    }

    boolean ended() {
        return exitCode != RUNNING;
    }

    /** A child that shares what a fork shares. */
    Process fork() {
        Process child = machine.create(pid, user, cwd);
        child.session = session;
        child.umask = umask;
        child.argv = argv;
        child.ignored.addAll(ignored);
        descriptors.forEach(child::put);
        return child;
    }

    FileOps files() {
        return new FileOps(machine.files(), user, cwd, umask);
    }

    Channel channel(int descriptor) {
        return descriptors.get(descriptor);
    }

    void put(int descriptor, Channel channel) {
        channel.hold();
        Channel before = descriptors.put(descriptor, channel);
        if (before != null) {
            before.drop();
        }
    }

    void close(int descriptor) {
        Channel before = descriptors.remove(descriptor);
        if (before != null) {
            before.drop();
        }
    }

    /** Puts a channel at the lowest free descriptor from some number on. */
    int place(Channel channel, int from) {
        int descriptor = from;
        while (descriptors.containsKey(descriptor)) {
            descriptor++;
        }
        put(descriptor, channel);
        return descriptor;
    }

    /**
     * Writes to a descriptor. A broken pipe ends the process, unless it ignores the signal.
     *
     * @throws FsError where the file does not take it
     */
    void write(int descriptor, String bytes) throws FsError {
        Channel channel = descriptors.get(descriptor);
        if (channel == null) {
            throw new FsError(dev.kubejar.kubelet.fs.Errno.EBADF);
        }
        if (bytes.isEmpty() || ended()) {
            return;
        }
        if (channel.broken()) {
            machine.deliver(this, Signal.PIPE, true);
            throw new FsError(dev.kubejar.kubelet.fs.Errno.EIO);
        }
        channel.write(bytes);
        if (channel.full()) {
            clogged = channel;
        }
    }

    /** Writes to standard error, whatever becomes of it. */
    void complain(String bytes) {
        try {
            write(2, bytes);
        } catch (FsError e) {
            // nobody is left to be told
        }
    }

    void end(int code) {
        machine.end(this, code, null);
    }
}
