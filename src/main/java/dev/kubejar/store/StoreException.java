package dev.kubejar.store;

/** The state on disk cannot be used as asked; the message says why and what to do, for a user. */
public class StoreException extends RuntimeException {
    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
