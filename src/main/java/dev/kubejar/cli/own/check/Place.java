package dev.kubejar.cli.own.check;

/** Where something is written: a file as the user named it, and a line from 1. */
record Place(String file, int line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
