package dev.kubejar.store;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The state on disk cannot be used as asked; the message says why and what to do, for a user. */
public class StoreException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    public StoreException(String message) {
        super(message, new IOException(message));
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause instanceof IOException io ? io : new IOException(cause));
    }
}
