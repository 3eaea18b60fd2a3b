package dev.kubejar.kubelet.shell;

/** Runs a shell's instructions, one after the other, until it has to wait. */
final class Interpreter {
    /** What starting a child costs its parent, in steps. */
    static final int FORK_STEPS = 200;

    final Shell shell;
    final Process process;
    private final Expander expander;
    private final Commands commands;
    private int extra;

    Interpreter(Shell shell, Process process) {
        this.shell = shell;
        this.process = process;
        this.expander = new Expander(this);
        this.commands = new Commands(this);
    }

    int run(int budget) {
        int steps = 0;
        while (steps + extra < budget && process.wait == null && !process.ended() && process.program == shell) {
            steps++;
            if (process.clogged != null) {
                break;
            }
            if (shell.code == null) {
                Prompt.read(this);
                continue;
            }
            Op op = shell.code.at(shell.position);
            if (safe(op.kind()) && !shell.pending.isEmpty() && trap()) {
                continue;
            }
            shell.line = op.line();
            step(op);
        }
        return steps + extra;
    }

    void charge(int steps) {
        extra += steps;
    }

    /** Whether so many bytes are within bounds; where they are not, the process has been killed for it. */
    boolean affords(long bytes) {
        if (bytes <= process.machine.host().limits().memory()) {
            return true;
        }
        process.machine.starve(process);
        return false;
    }

    private static boolean safe(Op.Kind kind) {
        return switch (kind) {
            case COMMAND, DONE, JUMP, PIPELINE, BACKGROUND, SUBSHELL, LOOP, RETURN, EXIT, WORD -> true;
            default -> false;
        };
    }

    /** Begins the action of a signal that has come. */
    private boolean trap() {
        Signal signal = shell.pending.remove(0);
        String action = shell.traps.get(signal.name());
        if (action == null || action.isEmpty()) {
            return false;
        }
        Frame frame = new Frame(Frame.Kind.TRAP, shell.tests);
        frame.status = shell.status;
        frame.text = shell.command;
        shell.enter(frame, Code.of(action, 0, false), 0);
        shell.command = shell.name;
        return true;
    }

    Frame top() {
        return shell.frames.peek();
    }

    Frame push(Frame.Kind kind) {
        Frame frame = new Frame(kind, shell.tests);
        shell.frames.push(frame);
        return frame;
    }

    private void step(Op op) {
        shell.position++;
        switch (op.kind()) {
            case COMMAND -> {
                push(Frame.Kind.COMMAND).b = -1;
                shell.substituted = -1;
            }
            case WORD -> push(Frame.Kind.WORD).word = new Expansion();
            case TEXT -> top().word.add(op.a(), op.text());
            case TILDE -> expander.tilde(op.text());
            case VALUE -> expander.value(op.text(), op.a() == 1);
            case LENGTH -> expander.length(op.text(), op.a() == 1);
            case CHOOSE -> expander.choose(op);
            case APPLY -> expander.apply(op);
            case ARITHMETIC -> expander.arithmetic(op);
            case SUBSTITUTE -> substitute(op);
            case ARGUMENT -> expander.argument(op.a() == 1);
            case REDIRECT -> redirect(op);
            case ASSIGN -> expander.assignment(op);
            case EXECUTE -> commands.execute(op);
            case DONE -> {
                shell.unwind(process);
                check();
            }
            case JUMP -> shell.position = op.a();
            case IF_TRUE -> shell.position = shell.status == 0 ? op.a() : shell.position;
            case IF_FALSE -> shell.position = shell.status != 0 ? op.a() : shell.position;
            case NOT -> shell.status = shell.status == 0 ? 1 : 0;
            case STATUS -> status(op);
            case TEST -> shell.tests++;
            case TESTED -> shell.tests--;
            default -> structure(op);
        }
    }

    private void structure(Op op) {
        switch (op.kind()) {
            case LOOP -> {
                Frame loop = push(Frame.Kind.LOOP);
                loop.a = op.a();
                loop.b = op.b();
            }
            case END_LOOP, END_CASE -> shell.unwind(process);
            case ITEMS -> items(op);
            case NEXT_ITEM -> nextItem(op);
            case CASE -> {
                String subject = shell.frames.pop().word.joined();
                push(Frame.Kind.CASE).text = subject;
            }
            case MATCH -> {
                String pattern = shell.frames.pop().word.pattern();
                if (Pattern.matches(pattern, top().text)) {
                    shell.position = op.a();
                }
            }
            case PIPELINE -> push(Frame.Kind.PIPELINE).a = op.a();
            case STAGE -> stage(op);
            case JOIN -> join();
            case BACKGROUND -> background(op);
            case SUBSHELL -> subshell(op);
            case REDIRECTED -> push(Frame.Kind.REDIRECTED);
            case ENTER -> {
                if (top().flag) {
                    shell.unwind(process);
                    shell.status = 1;
                    shell.position = op.a();
                }
            }
            case LEAVE -> shell.unwind(process);
            case FUNCTION -> {
                shell.functions.put(op.text(), new Shell.Definition(shell.code, shell.position));
                shell.status = 0;
                shell.position = op.a();
            }
            case RETURN -> comeBack();
            case CHECK -> check();
            case EXIT -> shell.exit(process, shell.status);
            case BROKEN -> {
                shell.error(process, op.text());
                shell.exit(process, 2);
            }
            default -> throw new IllegalStateException("no such instruction: " + op);
        }
    }

    private void status(Op op) {
        switch (op.b()) {
            case 0 -> shell.status = op.a();
            case 1 -> {
                if (op.a() == 1) {
                    top().status = shell.status;
                } else {
                    shell.status = top().status;
                }
            }
            default -> throw new IllegalStateException();
        }
    }

    void check() {
        if (shell.status != 0 && shell.tests == 0 && shell.option("errexit")) {
            shell.exit(process, shell.status);
        }
    }

    private void items(Op op) {
        Frame collected = shell.frames.pop();
        Frame loop = push(Frame.Kind.LOOP);
        loop.a = op.a();
        loop.b = op.b();
        loop.text = op.text();
        loop.list.addAll(collected.list);
        shell.status = 0;
    }

    private void nextItem(Op op) {
        Frame loop = top();
        if (loop.child >= loop.list.size()) {
            shell.position = op.a();
        } else if (!shell.assign(process, loop.text, loop.list.get(loop.child++))) {
            shell.exit(process, 2);
        }
    }

    private void redirect(Op op) {
        String text = shell.frames.pop().word.joined();
        Frame frame = top();
        if (!frame.flag) {
            frame.flag = !new Redirections(this).apply(frame, op.a(), op.text(), text);
        }
    }

    /** Starts a stage of a pipeline between the pipe before it and the one behind it. */
    private void stage(Op op) {
        Frame frame = top();
        Process child = child(op.a());
        if (child == null) {
            return;
        }
        frame.list.add(Integer.toString(child.pid));
        if (!frame.kept.isEmpty()) {
            child.put(0, frame.kept.get(0).channel());
            frame.forget();
        }
        if (op.b() == 0) {
            Pipe pipe = process.machine.pipe();
            child.put(1, new Channels.PipeEnd(pipe, true));
            Channel next = new Channels.PipeEnd(pipe, false);
            next.hold();
            frame.kept.add(new Frame.Kept(-1, next));
        }
    }

    /** A child that runs this shell's code from a position on; null where there are too many processes. */
    private Process child(int target) {
        if (process.machine.crowded()) {
            shell.error(process, "can't fork: Resource temporarily unavailable");
            shell.exit(process, 2);
            return null;
        }
        charge(FORK_STEPS);
        shell.collect(process);
        return shell.fork(process, target);
    }

    private void join() {
        Frame frame = top();
        while (frame.b < frame.list.size()) {
            int pid = Integer.parseInt(frame.list.get(frame.b));
            Integer code = commands.ended(pid, false);
            if (code == null) {
                process.wait = Wait.child(pid);
                shell.position--;
                return;
            }
            frame.b++;
            frame.child = code != 0 ? code : frame.child;
            frame.status = code;
        }
        shell.status = shell.option("pipefail") ? frame.child : frame.status;
        shell.unwind(process);
    }

    private void background(Op op) {
        Process child = child(op.a());
        if (child != null) {
            child.ignored.add(Signal.INT);
            child.ignored.add(Signal.QUIT);
            child.put(0, new Channels.Device("null", process.machine));
            shell.background = child.pid;
            shell.status = 0;
        }
    }

    private void subshell(Op op) {
        Frame frame = top();
        if (frame == null || frame.kind != Frame.Kind.SUBSHELL || frame.a != shell.position) {
            Process child = child(op.a());
            if (child == null) {
                return;
            }
            frame = push(Frame.Kind.SUBSHELL);
            frame.a = shell.position;
            frame.child = child.pid;
        }
        Integer code = commands.ended(frame.child, true);
        if (code == null) {
            process.wait = Wait.child(frame.child);
            shell.position--;
            return;
        }
        shell.status = code;
        shell.unwind(process);
    }

    /** Runs a child, reads all that it prints, and adds that to the word. */
    private void substitute(Op op) {
        Frame frame = top();
        if (frame.kind != Frame.Kind.SUBSTITUTION) {
            Process child = child(op.b());
            if (child == null) {
                return;
            }
            Pipe pipe = process.machine.pipe();
            child.put(1, new Channels.PipeEnd(pipe, true));
            frame = push(Frame.Kind.SUBSTITUTION);
            frame.child = child.pid;
            frame.a = process.place(new Channels.PipeEnd(pipe, false), 10);
            child.close(frame.a);
        }
        try {
            String part = process.channel(frame.a).read(Integer.MAX_VALUE);
            while (part != null && !part.isEmpty()) {
                frame.list.add(part);
                part = process.channel(frame.a).read(Integer.MAX_VALUE);
            }
            if (part == null) {
                process.wait = Wait.input(frame.a);
                shell.position--;
                return;
            }
        } catch (dev.kubejar.kubelet.fs.FsError e) {
            throw new IllegalStateException(e);
        }
        Integer code = commands.ended(frame.child, true);
        if (code == null) {
            process.wait = Wait.child(frame.child);
            shell.position--;
            return;
        }
        process.close(frame.a);
        shell.unwind(process);
        shell.substituted = code;
        String text = String.join("", frame.list).replace("\0", "");
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        top().word.add(op.a() == 1 ? Expansion.QUOTED : Expansion.SPLIT, text.substring(0, end));
    }

    /** The end of a function, a text or the script. */
    private void comeBack() {
        Frame frame = shell.frames.peek();
        if (frame == null) {
            if (shell.interactive && !shell.exiting) {
                shell.code = null;
                return;
            }
            shell.exit(process, shell.status);
            return;
        }
        shell.unwind(process);
        if (frame.kind == Frame.Kind.TRAP) {
            shell.status = frame.status;
            if (shell.exiting) {
                process.end(shell.status);
                return;
            }
        }
        shell.code = frame.code;
        shell.position = frame.position;
    }
}
