package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.ByteReader;
import dev.kubejar.kubelet.fs.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One level of what a shell is in the middle of. */
final class Frame {
    /** What a frame is about. */
    enum Kind {
        /** A simple command that is being put together or runs. */
        COMMAND,
        /** A word that is being put together. */
        WORD,
        /** A command substitution that a child runs. */
        SUBSTITUTION,
        LOOP,
        CASE,
        PIPELINE,
        SUBSHELL,
        /** Redirections of a compound command. */
        REDIRECTED,
        FUNCTION,
        /** {@code eval} or {@code .}: the text names which. */
        SOURCE,
        /** A trap's action. */
        TRAP
    }

    final Kind kind;
    /** Depth of commands that may fail without harm when the frame came into being. */
    int tests;

    /** Of a command: how far it is; of a loop: where break goes; of the rest: as each says. */
    int a;

    int b;
    int child;
    int status;
    boolean flag;
    long until;
    String text = "";
    final List<String> list = new ArrayList<>();
    Expansion word;
    /** Where to go on afterwards. */
    Code code;

    int position;
    /** Positional parameters to come back to. */
    List<String> parameters;
    /** Variables to put back; null where there was none. */
    Map<String, Variable> locals;
    /** Descriptors to put back, in the order in which they were changed. */
    final List<Kept> kept = new ArrayList<>();

    /** A descriptor as it was before; a null channel where it was closed. */
    record Kept(int descriptor, Channel channel) {}

    Frame(Kind kind, int tests) {
        this.kind = kind;
        this.tests = tests;
    }

    void keep(Process process, int descriptor) {
        Channel before = process.channel(descriptor);
        if (before != null) {
            before.hold();
        }
        kept.add(new Kept(descriptor, before));
    }

    /** Puts descriptors back as they were. */
    void restore(Process process) {
        for (int i = kept.size() - 1; i >= 0; i--) {
            Kept each = kept.get(i);
            if (each.channel == null) {
                process.close(each.descriptor);
            } else {
                process.put(each.descriptor, each.channel);
                each.channel.drop();
            }
        }
        kept.clear();
    }

    /** Leaves descriptors as they are now. */
    void forget() {
        for (Kept each : kept) {
            if (each.channel != null) {
                each.channel.drop();
            }
        }
        kept.clear();
    }

    void save(ByteWriter out, Saved saved) {
        out.number(kind.ordinal())
                .number(tests)
                .number(a)
                .number(b)
                .number(child)
                .number(status)
                .flag(flag)
                .number(until);
        out.text(text).texts(list).flag(word != null);
        if (word != null) {
            word.save(out);
        }
        saved.code(out, code);
        out.number(position).flag(parameters != null);
        if (parameters != null) {
            out.texts(parameters);
        }
        out.number(locals == null ? -1 : locals.size());
        if (locals != null) {
            locals.forEach((name, variable) -> {
                out.text(name);
                Variable.save(out, variable);
            });
        }
        out.number(kept.size());
        for (Kept each : kept) {
            out.number(each.descriptor);
            saved.channel(out, each.channel);
        }
    }

    static Frame load(ByteReader in, Saved saved) {
        Frame frame = new Frame(Kind.values()[in.integer()], in.integer());
        frame.a = in.integer();
        frame.b = in.integer();
        frame.child = in.integer();
        frame.status = in.integer();
        frame.flag = in.flag();
        frame.until = in.number();
        frame.text = in.text();
        frame.list.addAll(in.texts());
        frame.word = in.flag() ? Expansion.load(in) : null;
        frame.code = saved.code(in);
        frame.position = in.integer();
        frame.parameters = in.flag() ? new ArrayList<>(in.texts()) : null;
        int locals = in.integer();
        if (locals >= 0) {
            frame.locals = new TreeMap<>();
            for (int i = 0; i < locals; i++) {
                String name = in.text();
                frame.locals.put(name, Variable.load(in));
            }
        }
        for (int i = in.integer(); i > 0; i--) {
            int descriptor = in.integer();
            Channel channel = saved.channel(in);
            if (channel != null) {
                channel.hold();
            }
            frame.kept.add(new Kept(descriptor, channel));
        }
        return frame;
    }
}
