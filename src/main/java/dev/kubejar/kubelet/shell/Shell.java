package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.ByteReader;
import dev.kubejar.kubelet.fs.ByteWriter;
import dev.kubejar.kubelet.fs.FsError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A shell process: where it is in its script, and all that the script has set. */
final class Shell extends Program {
    /** How many exit codes of children are remembered for {@code wait}. */
    private static final int MAX_REMEMBERED = 64;

    final Map<String, Variable> variables = new LinkedHashMap<>();
    final Map<String, Definition> functions = new TreeMap<>();
    final TreeSet<String> options = new TreeSet<>();
    /** Actions by signal name, EXIT among them; an empty action ignores the signal. */
    final Map<String, String> traps = new TreeMap<>();

    final Deque<Frame> frames = new ArrayDeque<>();
    final List<Signal> pending = new ArrayList<>();
    /** Exit codes of children that have ended and have not been asked for. */
    final TreeMap<Integer, Integer> remembered = new TreeMap<>();

    List<String> parameters = new ArrayList<>();
    String name = "sh";
    /** What errors name after the shell: the running builtin, or the file. Empty for commands from standard input. */
    String command = "";

    /** What errors named before the builtin that runs. */
    String outer = "";

    Code code;
    int position;
    int line;
    int status;
    int substituted = -1;
    int background;
    int tests;
    int shellPid;
    /** Commands come from standard input, line by line. */
    boolean interactive;

    /** The prompt has been shown for the line that is awaited. */
    boolean asked;

    final StringBuilder typed = new StringBuilder();
    boolean exiting;
    int optionOffset = 1;

    /** Where a function's commands stand. */
    record Definition(Code code, int position) {}

    static Shell start(Process process, List<String> argv, Map<String, String> env) {
        Shell shell = new Shell();
        shell.shellPid = process.pid;
        env.forEach((name, value) -> {
            if (Text.isName(name)) {
                shell.variables.put(name, new Variable(value, true, false));
            }
        });
        shell.defaults(process);
        shell.arguments(process, argv);
        return shell;
    }

    private void defaults(Process process) {
        variables.putIfAbsent("PATH", new Variable(Launcher.DEFAULT_PATH, false, false));
        variables.put("IFS", new Variable(" \t\n", false, false));
        variables.put("OPTIND", new Variable("1", false, false));
        variables.put("PPID", new Variable(Integer.toString(process.parent), false, false));
        variables.putIfAbsent("PS1", new Variable("\\w \\$ ", false, false));
        variables.putIfAbsent("PS2", new Variable("> ", false, false));
        variables.putIfAbsent("PS4", new Variable("+ ", false, false));
        Variable pwd = variables.get("PWD");
        variables.put("PWD", new Variable(process.cwd, pwd != null && pwd.exported(), false));
    }

    private void arguments(Process process, List<String> argv) {
        int i = 1;
        boolean script = false;
        while (i < argv.size()
                && argv.get(i).length() > 1
                && "-+".indexOf(argv.get(i).charAt(0)) >= 0) {
            String option = argv.get(i++);
            if (option.equals("--") || option.equals("-")) {
                break;
            }
            if (option.endsWith("o") && i < argv.size()) {
                options.add(argv.get(i++));
            }
            for (char c : option.substring(1).toCharArray()) {
                script |= c == 'c';
                Options.set(options, c, option.charAt(0) == '-');
            }
        }
        List<String> rest = argv.subList(i, argv.size());
        name = argv.get(0);
        if (script) {
            if (rest.isEmpty()) {
                process.complain(name + ": -c requires an argument\n");
                broken(process, 2);
                return;
            }
            name = rest.size() > 1 ? rest.get(1) : name;
            command = name;
            parameters.addAll(rest.subList(Math.min(2, rest.size()), rest.size()));
            code = Code.of(rest.get(0), 0, true);
        } else if (!rest.isEmpty() && !options.contains("stdin")) {
            name = rest.get(0);
            command = name;
            parameters.addAll(rest.subList(1, rest.size()));
            file(process, argv.get(0));
        } else {
            parameters.addAll(rest);
            interactive = true;
        }
    }

    private void file(Process process, String shell) {
        try {
            code = Code.of(Text.of(process.files().read(name)), 1, false);
        } catch (FsError e) {
            process.complain(shell + ": can't open '" + name + "': " + e.getMessage() + "\n");
            broken(process, 2);
        }
    }

    private void broken(Process process, int code) {
        this.code = Code.of("exit " + code, 0, false);
    }

    /** A child that goes on at another position with a copy of everything. */
    Process fork(Process process, int target) {
        Process child = process.fork();
        Shell copy = new Shell();
        copy.variables.putAll(variables);
        copy.functions.putAll(functions);
        copy.options.addAll(options);
        traps.forEach((signal, action) -> {
            if (action.isEmpty()) {
                copy.traps.put(signal, action);
            }
        });
        copy.parameters = new ArrayList<>(parameters);
        copy.name = name;
        copy.command = command;
        copy.code = code;
        copy.position = target;
        copy.line = line;
        copy.status = status;
        copy.background = background;
        copy.tests = tests;
        copy.shellPid = shellPid;
        child.program = copy;
        child.steps = process.steps;
        child.instant = process.instant;
        child.strikes = process.strikes;
        return child;
    }

    @Override
    int run(Process process, int steps) {
        if (option("noexec") && code != null && position == 0) {
            while (position < code.size() - 1 && code.at(position).kind() != Op.Kind.BROKEN) {
                position++;
            }
        }
        return new Interpreter(this, process).run(steps);
    }

    @Override
    boolean catches(Signal signal) {
        return traps.containsKey(signal.name());
    }

    @Override
    void signalled(Process process, Signal signal) {
        if (!traps.get(signal.name()).isEmpty() && !pending.contains(signal)) {
            pending.add(signal);
            if (process.wait != null && waitsByBuiltin()) {
                process.wait = null;
            }
        }
    }

    /** Whether the shell is in {@code wait} or {@code read}, which a signal interrupts; a running program it does not. */
    private boolean waitsByBuiltin() {
        Frame top = frames.peek();
        return top != null && top.kind == Frame.Kind.COMMAND && top.child == 0 || interactive && code == null;
    }

    String value(String variable) {
        Variable found = variables.get(variable);
        return found == null ? null : found.value();
    }

    String value(String variable, String otherwise) {
        String value = value(variable);
        return value == null ? otherwise : value;
    }

    boolean option(String option) {
        return options.contains(option);
    }

    /** Sets a variable; false where it must not be changed, which is reported. */
    boolean assign(Process process, String variable, String value) {
        Variable before = variables.get(variable);
        if (before != null && before.readOnly()) {
            error(process, variable + ": is read only");
            return false;
        }
        boolean exported = before != null && before.exported() || option("allexport");
        variables.put(variable, new Variable(value, exported, false));
        if (variable.equals("OPTIND")) {
            optionOffset = 1;
        }
        return true;
    }

    /** The environment that a program gets, with a command's own assignments. */
    Map<String, String> environment(Map<String, String> own) {
        Map<String, String> env = new LinkedHashMap<>();
        variables.forEach((variable, value) -> {
            if (value.exported() && value.value() != null) {
                env.put(variable, value.value());
            }
        });
        env.putAll(own);
        return env;
    }

    /** Reports an error as the shell does: its name, what it was running, the line. */
    void error(Process process, String message) {
        StringBuilder out = new StringBuilder(name).append(": ");
        if (!command.isEmpty()) {
            if (!command.equals(name)) {
                out.append(command).append(": ");
            }
            out.append("line ").append(line).append(": ");
        }
        process.complain(out.append(message).append('\n').toString());
    }

    /** Ends the shell, by way of the EXIT trap if there is one. */
    void exit(Process process, int code) {
        status = code & 0xFF;
        String action = traps.remove("EXIT");
        while (!frames.isEmpty()) {
            unwind(process);
        }
        exiting = true;
        if (action == null || action.isEmpty()) {
            process.end(status);
            return;
        }
        Frame frame = new Frame(Frame.Kind.TRAP, 0);
        frame.status = status;
        frame.text = command;
        frames.push(frame);
        tests = 0;
        this.code = Code.of(action, 0, false);
        position = 0;
        command = name;
    }

    /** Goes on in another text and comes back afterwards. */
    void enter(Frame frame, Code other, int target) {
        frame.code = code;
        frame.position = position;
        frames.push(frame);
        code = other;
        position = target;
    }

    /** Leaves the innermost frame and undoes what it had changed. */
    Frame unwind(Process process) {
        Frame frame = frames.pop();
        frame.restore(process);
        tests = frame.tests;
        if (frame.locals != null) {
            frame.locals.forEach((variable, before) -> {
                if (before == null) {
                    variables.remove(variable);
                } else {
                    variables.put(variable, before);
                }
            });
        }
        if (frame.parameters != null) {
            parameters = frame.parameters;
        }
        if (frame.kind == Frame.Kind.SOURCE || frame.kind == Frame.Kind.TRAP) {
            command = frame.text;
        }
        return frame;
    }

    /** Takes children that have ended off the machine, and keeps their exit codes for a while. */
    void collect(Process process) {
        for (Process each : List.copyOf(process.machine.processes.values())) {
            if (each.parent == process.pid && each.ended()) {
                remember(each.pid, each.exitCode);
                process.machine.reap(each);
            }
        }
    }

    void remember(int pid, int exitCode) {
        remembered.put(pid, exitCode);
        if (remembered.size() > MAX_REMEMBERED) {
            remembered.pollFirstEntry();
        }
    }

    @Override
    long memory() {
        long size = typed.length();
        for (Variable each : variables.values()) {
            size += each.value() == null ? 0 : each.value().length();
        }
        for (Frame each : frames) {
            size += each.text.length();
            for (String text : each.list) {
                size += text.length();
            }
        }
        return size;
    }

    @Override
    void save(ByteWriter out, Saved saved) {
        out.number(variables.size());
        variables.forEach((key, value) -> {
            out.text(key);
            Variable.save(out, value);
        });
        out.number(functions.size());
        functions.forEach((key, value) -> {
            out.text(key).number(value.position);
            saved.code(out, value.code);
        });
        out.texts(options)
                .map(traps)
                .texts(parameters)
                .texts(pending.stream().map(Signal::name).toList());
        out.number(remembered.size());
        remembered.forEach((pid, exit) -> out.number(pid).number(exit));
        out.text(name)
                .text(command)
                .number(position)
                .number(line)
                .number(status)
                .number(substituted);
        out.number(background)
                .number(tests)
                .number(shellPid)
                .flag(interactive)
                .text(typed.toString())
                .flag(exiting);
        out.number(optionOffset);
        saved.code(out, code);
        out.number(frames.size());
        frames.forEach(frame -> frame.save(out, saved));
    }

    static Shell load(ByteReader in, Saved saved) {
        Shell shell = new Shell();
        for (int i = in.integer(); i > 0; i--) {
            String key = in.text();
            shell.variables.put(key, Variable.load(in));
        }
        for (int i = in.integer(); i > 0; i--) {
            String key = in.text();
            int position = in.integer();
            shell.functions.put(key, new Definition(saved.code(in), position));
        }
        shell.options.addAll(in.texts());
        shell.traps.putAll(in.map());
        shell.parameters = new ArrayList<>(in.texts());
        in.texts().forEach(signal -> shell.pending.add(Signal.valueOf(signal)));
        for (int i = in.integer(); i > 0; i--) {
            int pid = in.integer();
            shell.remembered.put(pid, in.integer());
        }
        shell.name = in.text();
        shell.command = in.text();
        shell.position = in.integer();
        shell.line = in.integer();
        shell.status = in.integer();
        shell.substituted = in.integer();
        shell.background = in.integer();
        shell.tests = in.integer();
        shell.shellPid = in.integer();
        shell.interactive = in.flag();
        shell.typed.append(in.text());
        shell.exiting = in.flag();
        shell.optionOffset = in.integer();
        shell.code = saved.code(in);
        for (int i = in.integer(); i > 0; i--) {
            shell.frames.addLast(Frame.load(in, saved));
        }
        return shell;
    }
}
