package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.ByteWriter;
import dev.kubejar.kubelet.fs.FsError;

/** What a descriptor stands for. Several descriptors of several processes may share one. */
abstract class Channel {
    /** Number in the machine while it is saved or loaded. */
    int id;

    private int holders;

    /**
     * @return at most so many bytes, empty at the end, null where nothing is there yet
     */
    abstract String read(int most) throws FsError;

    abstract void write(String bytes) throws FsError;

    /** Whether reading would give something, be it the end. */
    boolean readable() {
        return true;
    }

    /** Whether a writer had better wait until somebody has read. */
    boolean full() {
        return false;
    }

    /** Whether nobody can ever read what is written here. */
    boolean broken() {
        return false;
    }

    boolean isTerminal() {
        return false;
    }

    final void hold() {
        if (holders++ == 0) {
            opened();
        }
    }

    final void drop() {
        if (--holders == 0) {
            closed();
        }
    }

    void opened() {}

    void closed() {}

    /** What {@code ls -l /proc/self/fd} would show. */
    abstract String description();

    /** Writes kind and state. */
    abstract void save(ByteWriter out);
}
