package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.ByteReader;
import dev.kubejar.kubelet.fs.ByteWriter;

/** A shell variable; its value is null where it is only declared. */
record Variable(String value, boolean exported, boolean readOnly) {
    static void save(ByteWriter out, Variable variable) {
        if (variable == null) {
            out.number(-1);
            return;
        }
        out.number((variable.exported ? 1 : 0) + (variable.readOnly ? 2 : 0)).text(variable.value);
    }

    static Variable load(ByteReader in) {
        int flags = in.integer();
        return flags < 0 ? null : new Variable(in.text(), (flags & 1) != 0, (flags & 2) != 0);
    }
}
