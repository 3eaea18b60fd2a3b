package dev.kubejar.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Holds what a command prints until what it acknowledges is on disk; keeps the order between the two streams. A stream
 * that its reader has closed swallows the rest, as SIGPIPE would end a program.
 */
final class Spool {
    private static final int LARGE = 1 << 20;

    private final OutputStream out;
    private final OutputStream err;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean heldForErr;
    private boolean outClosed;
    private boolean errClosed;
    private Runnable beforeBytesLeave = () -> {};

    Spool(OutputStream out, OutputStream err) {
        this.out = out;
        this.err = err;
    }

    void beforeBytesLeave(Runnable action) {
        beforeBytesLeave = action;
    }

    synchronized void append(boolean toErr, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        if (held.size() > 0 && (toErr != heldForErr || held.size() > LARGE)) {
            flush();
        }
        heldForErr = toErr;
        held.writeBytes(bytes);
    }

    synchronized void flush() {
        if (held.size() == 0) {
            return;
        }
        try {
            beforeBytesLeave.run();
        } catch (RuntimeException e) {
            held.reset(); // it tells of what has not happened
            throw e;
        }
        byte[] bytes = held.toByteArray();
        held.reset();
        if (heldForErr) {
            errClosed = errClosed || !written(err, bytes);
        } else {
            outClosed = outClosed || !written(out, bytes);
        }
    }

    /** Forgets what has not gone out. */
    synchronized void discard() {
        held.reset();
    }

    /** Whether nobody reads standard output any more. */
    boolean outClosed() {
        return outClosed;
    }

    private static boolean written(OutputStream to, byte[] bytes) {
        try {
            to.write(bytes);
            to.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
