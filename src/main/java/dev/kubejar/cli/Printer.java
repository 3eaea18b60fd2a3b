package dev.kubejar.cli;

import dev.kubejar.object.Obj;

/** Prints one object after another in the form that a command's flags ask for. */
@FunctionalInterface
public interface Printer {
    void print(Obj object, Output out);
}
