package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.ByteReader;
import dev.kubejar.kubelet.fs.ByteWriter;

/**
 * What a process waits for; whatever comes first lets it go on.
 *
 * @param until nanoseconds since the epoch, or {@link #FOREVER}
 * @param descriptor a descriptor to read from, or -1
 * @param child a child to end: a process number, 0 for any, -1 for none
 * @param growth whether the descriptor is a file whose growth it waits for
 */
record Wait(long until, int descriptor, int child, boolean growth) {
    static final long FOREVER = Long.MAX_VALUE;

    static Wait time(long until) {
        return new Wait(until, -1, -1, false);
    }

    static Wait input(int descriptor) {
        return new Wait(FOREVER, descriptor, -1, false);
    }

    static Wait input(int descriptor, long until) {
        return new Wait(until, descriptor, -1, false);
    }

    static Wait child(int pid) {
        return new Wait(FOREVER, -1, pid, false);
    }

    static Wait growth(int descriptor) {
        return new Wait(FOREVER, descriptor, -1, true);
    }

    static Wait signal() {
        return new Wait(FOREVER, -1, -1, false);
    }

    void save(ByteWriter out) {
        out.number(until).number(descriptor).number(child).flag(growth);
    }

    static Wait load(ByteReader in) {
        return new Wait(in.number(), in.integer(), in.integer(), in.flag());
    }
}
