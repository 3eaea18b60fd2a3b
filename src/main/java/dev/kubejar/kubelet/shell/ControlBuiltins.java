package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.FsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builtins that send the shell elsewhere. */
final class ControlBuiltins {
    private ControlBuiltins() {}

    static int exit(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        int status = shell.status;
        for (Frame each : shell.frames) {
            if (each.kind == Frame.Kind.TRAP) {
                status = each.status;
                break;
            }
        }
        if (args.size() > 1) {
            long number = Text.number(args.get(1), -1);
            if (number < 0) {
                shell.error(interpreter.process, "Illegal number: " + args.get(1));
                number = 2;
            }
            status = (int) number;
        }
        shell.exit(interpreter.process, status);
        return Builtin.JUMPED;
    }

    static int comeBack(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        int status = args.size() > 1 ? (int) Text.number(args.get(1), 2) & 0xFF : shell.status;
        boolean inside = false;
        for (Frame each : shell.frames) {
            inside |= each.kind == Frame.Kind.FUNCTION || each.kind == Frame.Kind.SOURCE && !each.flag;
        }
        if (!inside) {
            shell.exit(interpreter.process, status);
            return Builtin.JUMPED;
        }
        while (true) {
            Frame each = shell.unwind(interpreter.process);
            if (each.kind == Frame.Kind.FUNCTION || each.kind == Frame.Kind.SOURCE && !each.flag) {
                shell.code = each.code;
                shell.position = each.position;
                break;
            }
        }
        shell.status = status;
        return Builtin.JUMPED;
    }

    static int loop(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        long levels = args.size() > 1 ? Text.number(args.get(1), 1) : 1;
        int found = 0;
        for (Frame each : shell.frames) {
            if (each.kind == Frame.Kind.FUNCTION) {
                break;
            }
            found += each.kind == Frame.Kind.LOOP ? 1 : 0;
        }
        levels = Math.min(levels, found);
        if (levels <= 0) {
            return 0;
        }
        Code code = shell.code;
        while (true) {
            Frame top = shell.frames.peek();
            if (top.kind == Frame.Kind.LOOP && --levels == 0) {
                break;
            }
            shell.unwind(interpreter.process);
            code = top.code != null ? top.code : code;
        }
        Frame target = shell.frames.peek();
        shell.code = code;
        shell.tests = target.tests;
        shell.position = args.get(0).equals("break") ? target.a : target.b;
        shell.status = 0;
        return Builtin.JUMPED;
    }

    static int eval(Interpreter interpreter, Frame frame, List<String> args) {
        String text = String.join(" ", args.subList(1, args.size()));
        if (text.isBlank()) {
            return 0;
        }
        Frame inner = new Frame(Frame.Kind.SOURCE, interpreter.shell.tests);
        inner.flag = true;
        inner.text = interpreter.shell.outer;
        interpreter.shell.status = 0;
        interpreter.shell.enter(inner, Code.of(text, 0, false), 0);
        return Builtin.JUMPED;
    }

    static int source(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        if (args.size() < 2) {
            shell.error(interpreter.process, "filename argument required");
            shell.exit(interpreter.process, 2);
            return Builtin.JUMPED;
        }
        String file = args.get(1);
        try {
            String path = find(interpreter, file);
            String text = Text.of(interpreter.process.files().read(path));
            Frame inner = new Frame(Frame.Kind.SOURCE, shell.tests);
            inner.text = shell.outer;
            if (args.size() > 2) {
                inner.parameters = shell.parameters;
                shell.parameters = new ArrayList<>(args.subList(2, args.size()));
            }
            shell.status = 0;
            shell.enter(inner, Code.of(text, 1, false), 0);
            shell.command = path;
        } catch (FsError e) {
            shell.error(interpreter.process, "can't open '" + file + "': " + e.getMessage());
            shell.exit(interpreter.process, 2);
        }
        return Builtin.JUMPED;
    }

    private static String find(Interpreter interpreter, String file) {
        if (file.contains("/")) {
            return file;
        }
        for (String directory : interpreter.shell.value("PATH", "").split(":")) {
            if (interpreter.process.files().exists(directory + "/" + file)) {
                return directory + "/" + file;
            }
        }
        return file;
    }

    static int exec(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        Process process = interpreter.process;
        frame.forget();
        int first = args.size() > 1 && args.get(1).equals("--") ? 2 : 1;
        if (args.size() <= first) {
            return 0;
        }
        List<String> argv = List.copyOf(args.subList(first, args.size()));
        try {
            Launcher.Target target = Launcher.find(process.files(), argv, shell.value("PATH", Launcher.DEFAULT_PATH));
            shell.command = shell.outer;
            new Commands(interpreter).replace(target, Map.of());
        } catch (Launcher.NotRunnable e) {
            boolean denied = e.errno == dev.kubejar.kubelet.fs.Errno.EACCES;
            shell.error(process, argv.get(0) + ": " + (denied ? "Permission denied" : "not found"));
            shell.exit(process, denied ? 126 : 127);
        }
        return Builtin.JUMPED;
    }

    /** {@code command name …}: without functions; {@code -v} and {@code -V} only tell what it is. */
    static int command(Interpreter interpreter, Frame frame, List<String> args) {
        int i = 1;
        boolean terse = false;
        boolean verbose = false;
        while (i < args.size() && args.get(i).startsWith("-") && args.get(i).length() > 1) {
            terse |= args.get(i).contains("v");
            verbose |= args.get(i).contains("V");
            i++;
        }
        List<String> rest = new ArrayList<>(args.subList(i, args.size()));
        if (rest.isEmpty()) {
            return 0;
        }
        if (terse || verbose) {
            return PlaceBuiltins.describe(interpreter, rest.get(0), verbose);
        }
        interpreter.shell.command = interpreter.shell.outer;
        Builtin builtin = Builtins.find(rest.get(0));
        if (builtin != null) {
            interpreter.shell.command = rest.get(0);
            return builtin.run(interpreter, frame, rest);
        }
        new Commands(interpreter).program(frame, rest, false);
        return Builtin.JUMPED;
    }
}
