package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.Errno;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Runs simple commands: functions, builtins, programs. */
final class Commands {
    /** POSIX' special builtins: an error in them ends the shell, and assignments before them stay. */
    static final Set<String> SPECIAL = Set.of(
            ":",
            ".",
            "break",
            "continue",
            "eval",
            "exec",
            "exit",
            "export",
            "readonly",
            "return",
            "set",
            "shift",
            "times",
            "trap",
            "unset",
            "source");

    private static final int MAX_CALLS = 1000;

    private final Interpreter interpreter;
    private final Shell shell;
    private final Process process;

    Commands(Interpreter interpreter) {
        this.interpreter = interpreter;
        this.shell = interpreter.shell;
        this.process = interpreter.process;
    }

    void execute(Op op) {
        Frame frame = interpreter.top();
        if (frame.child > 0) {
            await(frame);
            return;
        }
        if (frame.list.isEmpty()) {
            shell.status = frame.flag ? 1 : Math.max(0, shell.substituted);
            return;
        }
        if (frame.b == -1) {
            frame.b = 0;
            trace(frame);
        }
        String name = frame.list.get(0);
        if (frame.flag) {
            shell.status = 1;
            if (SPECIAL.contains(name)) {
                shell.exit(process, 2);
            }
            return;
        }
        Shell.Definition function = shell.functions.get(name);
        if (function != null && !SPECIAL.contains(name)) {
            call(frame, function);
            return;
        }
        Builtin builtin = Builtins.find(name);
        if (builtin != null) {
            builtin(frame, name, builtin);
            return;
        }
        program(frame, frame.list, op.a() == 1);
    }

    private void trace(Frame frame) {
        if (!shell.option("xtrace")) {
            return;
        }
        StringBuilder out = new StringBuilder(shell.value("PS4", "+ "));
        if (frame.locals != null) {
            frame.locals.forEach((name, value) ->
                    out.append(name).append('=').append(shown(value.value())).append(' '));
        }
        for (int i = 0; i < frame.list.size(); i++) {
            out.append(i > 0 ? " " : "").append(shown(frame.list.get(i)));
        }
        process.complain(out.append('\n').toString());
    }

    static String shown(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!Text.namePart(c) && "-_./:=,+@%^".indexOf(c) < 0) {
                return Text.quoted(word);
            }
        }
        return word.isEmpty() ? "''" : word;
    }

    private void call(Frame frame, Shell.Definition function) {
        if (shell.frames.size() > MAX_CALLS * 4) {
            shell.error(process, "function nesting too deep");
            shell.exit(process, 2);
            return;
        }
        Frame inner = new Frame(Frame.Kind.FUNCTION, shell.tests);
        inner.parameters = shell.parameters;
        inner.locals = new TreeMap<>();
        if (frame.locals != null) {
            frame.locals.forEach((name, variable) -> {
                inner.locals.put(name, shell.variables.get(name));
                shell.variables.put(name, variable);
            });
            frame.locals = null;
        }
        shell.parameters = new ArrayList<>(frame.list.subList(1, frame.list.size()));
        shell.enter(inner, function.code(), function.position());
    }

    private void builtin(Frame frame, String name, Builtin builtin) {
        boolean special = SPECIAL.contains(name);
        if (frame.locals != null && frame.a == 0) {
            frame.a = 1;
            Map<String, Variable> own = frame.locals;
            frame.locals = special ? null : new TreeMap<>();
            for (Map.Entry<String, Variable> each : own.entrySet()) {
                if (!special) {
                    frame.locals.put(each.getKey(), shell.variables.get(each.getKey()));
                }
                shell.assign(process, each.getKey(), each.getValue().value());
            }
        }
        String before = shell.command;
        int depth = shell.frames.size();
        shell.outer = before;
        shell.command = name;
        int status = builtin.run(interpreter, frame, frame.list);
        if (status == Builtin.JUMPED) {
            if (shell.command.equals(name) && shell.frames.size() <= depth) {
                shell.command = before;
            }
            return;
        }
        shell.command = before;
        if (status == Builtin.WAIT) {
            shell.position--;
            return;
        }
        if (process.ended()) {
            return;
        }
        shell.status = status;
    }

    /** Runs a program in a child, or in the shell's place where nothing comes after it. */
    void program(Frame frame, List<String> argv, boolean last) {
        Map<String, String> own = new LinkedHashMap<>();
        if (frame.locals != null) {
            frame.locals.forEach((name, variable) -> own.put(name, variable.value()));
            frame.locals = null;
        }
        String path = own.getOrDefault("PATH", shell.value("PATH", Launcher.DEFAULT_PATH));
        Launcher.Target target;
        try {
            target = Launcher.find(process.files(), argv, path);
        } catch (Launcher.NotRunnable e) {
            target = e.errno == Errno.EINVAL ? script(argv, path) : null;
            if (target == null) {
                shell.error(
                        process, argv.get(0) + ": " + (e.errno == Errno.EACCES ? "Permission denied" : "not found"));
                shell.status = e.errno == Errno.EACCES ? 126 : 127;
                return;
            }
        }
        if (last && replaceable()) {
            replace(target, own);
            return;
        }
        if (process.machine.crowded()) {
            shell.error(process, "can't fork: Resource temporarily unavailable");
            shell.exit(process, 2);
            return;
        }
        interpreter.charge(Interpreter.FORK_STEPS);
        shell.collect(process);
        Process child = process.fork();
        child.steps = process.steps;
        child.instant = process.instant;
        child.strikes = process.strikes;
        ignoreTrapped(child);
        Launcher.load(child, target, shell.environment(own));
        frame.child = child.pid;
        await(frame);
    }

    private Launcher.Target script(List<String> argv, String path) {
        List<String> changed = new ArrayList<>(argv);
        String file = Launcher.which(process.files(), argv.get(0), path);
        changed.set(0, file == null ? argv.get(0) : file);
        changed.add(0, "sh");
        return new Launcher.Target("sh", changed);
    }

    private void ignoreTrapped(Process child) {
        shell.traps.forEach((name, action) -> {
            if (action.isEmpty() && !name.equals("EXIT")) {
                child.ignored.add(Signal.valueOf(name));
            }
        });
    }

    /** Whether the shell has nothing left to do but to wait for its last command. */
    private boolean replaceable() {
        return shell.frames.size() == 1 && shell.traps.isEmpty() && shell.pending.isEmpty() && !shell.interactive;
    }

    void replace(Launcher.Target target, Map<String, String> own) {
        for (Frame frame : shell.frames) {
            frame.forget();
        }
        ignoreTrapped(process);
        Launcher.load(process, target, shell.environment(own));
    }

    private void await(Frame frame) {
        Integer code = ended(frame.child, true);
        if (code == null) {
            process.wait = Wait.child(frame.child);
            shell.position--;
            return;
        }
        frame.child = 0;
        shell.status = code;
    }

    /** A child's exit code once it has ended, or null; it is taken off the machine then. */
    Integer ended(int pid, boolean announce) {
        Process child = process.machine.processes.get(pid);
        if (child == null) {
            Integer code = shell.remembered.remove(pid);
            return code == null ? Integer.valueOf(127) : code;
        }
        if (!child.ended()) {
            return null;
        }
        process.machine.reap(child);
        if (announce) {
            announce(child);
        }
        return child.exitCode;
    }

    void announce(Process child) {
        if (child.killer != null && !child.killer.obituary().isEmpty()) {
            process.complain(child.killer.obituary() + "\n");
        }
    }
}
