package dev.kubejar.cel;

/** The null of expressions. */
enum Null {
    VALUE;

    @Override
    public String toString() {
        return "null";
    }
}
