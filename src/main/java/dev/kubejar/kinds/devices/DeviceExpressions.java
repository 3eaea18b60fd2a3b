package dev.kubejar.kinds.devices;

import dev.kubejar.cel.CelError;
import dev.kubejar.cel.Program;
import dev.kubejar.cel.Type;
import dev.kubejar.schema.Problems;
import java.util.Map;

/** Expressions that select devices: what they may speak of, and whether they can be read. */
final class DeviceExpressions {
    private static final Type DEVICE = Type.struct(
            "kubernetes.DRADevice",
            Map.of(
                    "driver",
                    Type.STRING,
                    "allowMultipleAllocations",
                    Type.BOOL,
                    "attributes",
                    Type.map(Type.STRING, Type.map(Type.STRING, Type.DYN)),
                    "capacity",
                    Type.map(Type.STRING, Type.map(Type.STRING, Type.QUANTITY))));

    private DeviceExpressions() {}

    /** True or false, or an attribute whose type is not known. */
    static void check(Problems problems, String path, String text) {
        try {
            Type type = Program.compile(text, Map.of("device", DEVICE)).type();
            if (type != Type.BOOL && type != Type.DYN) {
                problems.invalid(path, text, "must evaluate to bool or the unknown type, not " + type);
            }
        } catch (CelError e) {
            problems.invalid(path, text, "compilation failed: " + e.getMessage());
        }
    }
}
