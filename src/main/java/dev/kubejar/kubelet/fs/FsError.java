package dev.kubejar.kubelet.fs;

/** A file operation that failed. */
public final class FsError extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Errno errno;

    public FsError(Errno errno) {
        super(errno.words(), null, false, false);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }

    public boolean is(Errno other) {
        return errno == other;
    }
}
