package dev.kubejar.schema.custom;

import dev.kubejar.cel.Program;
import dev.kubejar.cel.Shape;
import dev.kubejar.cel.Type;
import java.util.Map;

/** Reads the expressions of CEL rules: they know {@code self} and {@code oldSelf}. */
public final class Rules {
    private Rules() {}

    /** Compiles a rule or a message over values of a shape. */
    public static Program compile(String text, Shape shape, boolean optionalOld) {
        Type self = shape.type();
        return Program.compile(text, Map.of("self", self, "oldSelf", optionalOld ? Type.optional(self) : self));
    }
}
