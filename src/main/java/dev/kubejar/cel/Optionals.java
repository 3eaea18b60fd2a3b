package dev.kubejar.cel;

/** An optional value; {@code value} is null for none. */
record Optionals(Object value) {
    static final Optionals NONE = new Optionals(null);

    boolean has() {
        return value != null;
    }
}
