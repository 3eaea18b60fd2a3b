package dev.kubejar.kubelet.shell;

/** Ends the applet that throws it. */
public final class Exit extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int code;

    public Exit(int code) {
        super(null, null, false, false);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
