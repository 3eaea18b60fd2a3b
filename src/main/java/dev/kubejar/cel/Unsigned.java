package dev.kubejar.cel;

/** An unsigned whole number of 64 bits. */
record Unsigned(long bits) {
    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
