package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.FsError;
import java.util.ArrayList;
import java.util.List;

/** What words expand to: parameters, patterns, file names. */
final class Expander {
    private static final int MAX_MATCHES = 10_000;

    private final Interpreter interpreter;
    private final Shell shell;
    private final Process process;

    Expander(Interpreter interpreter) {
        this.interpreter = interpreter;
        this.shell = interpreter.shell;
        this.process = interpreter.process;
    }

    private Expansion word() {
        return interpreter.top().word;
    }

    private Expansion pop() {
        return shell.frames.pop().word;
    }

    private void add(String text, boolean quoted) {
        if (interpreter.affords(word().size() + text.length())) {
            word().add(quoted ? Expansion.QUOTED : Expansion.SPLIT, text);
        }
    }

    void tilde(String user) {
        String home = user.isEmpty() ? shell.value("HOME") : user.equals("root") ? "/root" : null;
        word().add(Expansion.QUOTED, home == null ? "~" + user : home);
    }

    /** A parameter's value, or null where it is not set. */
    String parameter(String name) {
        char first = name.charAt(0);
        if (Text.nameStart(first)) {
            return switch (name) {
                case "LINENO" -> Integer.toString(shell.line);
                case "RANDOM" ->
                    shell.variables.containsKey(name)
                            ? shell.value(name)
                            : Long.toString(process.machine.host().random() & 0x7FFF);
                default -> variable(name);
            };
        }
        if (first >= '0' && first <= '9') {
            long index = Text.number(name, Long.MAX_VALUE);
            return index == 0
                    ? shell.name
                    : index <= shell.parameters.size() ? shell.parameters.get((int) index - 1) : null;
        }
        return switch (first) {
            case '#' -> Integer.toString(shell.parameters.size());
            case '?' -> Integer.toString(shell.status);
            case '$' -> Integer.toString(shell.shellPid);
            case '!' -> shell.background == 0 ? "" : Integer.toString(shell.background);
            case '-' -> Options.letters(shell.options);
            default -> shell.parameters.isEmpty() ? null : String.join(separator(), shell.parameters);
        };
    }

    /** A variable's value; the assignments before the command that is being put together count already. */
    private String variable(String name) {
        for (Frame frame : shell.frames) {
            if (frame.kind == Frame.Kind.COMMAND) {
                if (frame.a == 0 && frame.locals != null && frame.locals.get(name) != null) {
                    return frame.locals.get(name).value();
                }
                break;
            }
        }
        return shell.value(name);
    }

    private String separator() {
        String ifs = shell.value("IFS", " ");
        return ifs.isEmpty() ? "" : ifs.substring(0, 1);
    }

    private boolean unset(String name, String value) {
        if (value == null && shell.option("nounset") && !name.equals("@") && !name.equals("*")) {
            fail(name + ": parameter not set");
            return true;
        }
        return false;
    }

    void value(String name, boolean quoted) {
        if (name.equals("@") || name.equals("*") && !quoted) {
            all(quoted);
            return;
        }
        String value = parameter(name);
        if (!unset(name, value)) {
            add(value == null ? "" : value, quoted);
        }
    }

    private void all(boolean quoted) {
        if (shell.parameters.isEmpty() && quoted) {
            word().add(Expansion.NONE, "");
        }
        for (int i = 0; i < shell.parameters.size(); i++) {
            if (i > 0) {
                word().add(quoted ? Expansion.BREAK : Expansion.SOFT, "");
            }
            add(shell.parameters.get(i), quoted);
        }
    }

    void length(String name, boolean quoted) {
        if (name.equals("@") || name.equals("*")) {
            add(Integer.toString(shell.parameters.size()), quoted);
            return;
        }
        String value = parameter(name);
        if (!unset(name, value)) {
            add(Integer.toString(value == null ? 0 : Text.java(value).length()), quoted);
        }
    }

    /** Whether a parameter takes the place of the argument, or what follows is needed. */
    void choose(Op op) {
        int space = op.text().lastIndexOf(' ');
        String name = op.text().substring(0, space);
        String operator = op.text().substring(space + 1);
        String value = parameter(name);
        boolean there = value != null && !(operator.startsWith(":") && value.isEmpty());
        boolean alternative = operator.endsWith("+");
        if (there && !alternative) {
            if (name.equals("@") || name.equals("*")) {
                value(name, op.b() == 1);
            } else {
                add(value, op.b() == 1);
            }
        }
        if (there != alternative) {
            shell.position = op.a();
        }
    }

    void apply(Op op) {
        int space = op.text().lastIndexOf(' ');
        String name = op.text().substring(0, space);
        String operator = op.text().substring(space + 1);
        boolean quoted = op.b() == 1;
        Expansion last = pop();
        if (operator.endsWith("=")) {
            setDefault(name, last.joined(), quoted);
            return;
        }
        if (operator.endsWith("?")) {
            String message = last.joined();
            String otherwise = operator.startsWith(":") ? "parameter not set or null" : "parameter not set";
            fail(name + ": " + (message.isEmpty() ? otherwise : message));
            return;
        }
        Expansion first = op.a() == 2 ? pop() : last;
        String value = parameter(name);
        if (unset(name, value)) {
            return;
        }
        String text = value == null ? "" : value;
        switch (operator.charAt(0)) {
            case '%' -> add(trimEnd(text, last.pattern(), operator.length() == 2), quoted);
            case '#' -> add(trimStart(text, last.pattern(), operator.length() == 2), quoted);
            case '/' ->
                add(replace(text, first.pattern(), op.a() == 2 ? last.joined() : "", operator.length() == 2), quoted);
            default -> substring(text, first.joined(), op.a() == 2 ? last.joined() : null, quoted);
        }
    }

    private void setDefault(String name, String value, boolean quoted) {
        if (!Text.isName(name)) {
            fail(name + ": bad variable name");
        } else if (shell.assign(process, name, value)) {
            add(value, quoted);
        } else {
            shell.exit(process, 2);
        }
    }

    private static String trimEnd(String text, String pattern, boolean longest) {
        for (int i = 0; i <= text.length(); i++) {
            int at = longest ? i : text.length() - i;
            if (Pattern.matches(pattern, text.substring(at))) {
                return text.substring(0, at);
            }
        }
        return text;
    }

    private static String trimStart(String text, String pattern, boolean longest) {
        for (int i = 0; i <= text.length(); i++) {
            int at = longest ? text.length() - i : i;
            if (Pattern.matches(pattern, text.substring(0, at))) {
                return text.substring(at);
            }
        }
        return text;
    }

    private String replace(String text, String pattern, String replacement, boolean every) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = pattern.isEmpty() ? -1 : longest(text, at, pattern);
            interpreter.charge(1);
            if (end <= at) {
                out.append(text.charAt(at++));
                continue;
            }
            out.append(replacement);
            at = end;
            if (!every) {
                break;
            }
        }
        return out.append(text, at, text.length()).toString();
    }

    private static int longest(String text, int from, String pattern) {
        for (int end = text.length(); end > from; end--) {
            if (Pattern.matches(pattern, text.substring(from, end))) {
                return end;
            }
        }
        return -1;
    }

    private void substring(String text, String offset, String length, boolean quoted) {
        try {
            long from = Arithmetic.value(offset, variables());
            from = from < 0 ? Math.max(0, text.length() + from) : Math.min(from, text.length());
            long count = length == null ? text.length() : Arithmetic.value(length, variables());
            long to = count < 0 ? text.length() + count : Math.min(text.length(), from + count);
            add(to <= from ? "" : text.substring((int) from, (int) to), quoted);
        } catch (Arithmetic.Failure e) {
            fail(e.getMessage());
        }
    }

    void arithmetic(Op op) {
        String expression = pop().joined();
        try {
            add(Long.toString(Arithmetic.value(expression, variables())), op.a() == 1);
        } catch (Arithmetic.Failure e) {
            fail(e.getMessage());
        }
    }

    Arithmetic.Variables variables() {
        return new Arithmetic.Variables() {
            @Override
            public String get(String name) {
                return parameter(name);
            }

            @Override
            public void set(String name, String value) {
                shell.assign(process, name, value);
            }
        };
    }

    private void fail(String message) {
        shell.error(process, message);
        shell.exit(process, 2);
    }

    /** Makes arguments of the word that is done. */
    void argument(boolean whole) {
        Expansion done = pop();
        Frame frame = interpreter.top();
        frame.position = (int) Math.min(Integer.MAX_VALUE, frame.position + done.size());
        if (!interpreter.affords(frame.position)) {
            return;
        }
        if (whole) {
            frame.list.add(done.joined());
            return;
        }
        for (Expansion.Field field : done.fields(shell.value("IFS", " \t\n"))) {
            List<String> names = field.pattern() == null || shell.option("noglob") ? List.of() : files(field.pattern());
            if (names.isEmpty()) {
                frame.list.add(field.text());
            } else {
                frame.list.addAll(names);
            }
        }
    }

    void assignment(Op op) {
        String value = pop().joined();
        Frame frame = interpreter.top();
        if (op.a() == 1) {
            value = shell.value(op.text(), "") + value;
        }
        if (frame.locals == null) {
            frame.locals = new java.util.TreeMap<>();
        }
        frame.locals.put(op.text(), new Variable(value, true, false));
        if (frame.list.isEmpty()) {
            // without a command each assignment holds for the next one's value already
            frame.locals = null;
            if (shell.option("xtrace")) {
                process.complain(shell.value("PS4", "+ ") + op.text() + "=" + Commands.shown(value) + "\n");
            }
            if (!shell.assign(process, op.text(), value)) {
                shell.exit(process, 2);
            }
        }
    }

    /** File names that fit a pattern, sorted. */
    private List<String> files(String pattern) {
        List<String> found = List.of(pattern.startsWith("/") ? "/" : "");
        String[] parts = pattern.split("/+");
        for (int i = pattern.startsWith("/") ? 1 : 0; i < parts.length; i++) {
            found = step(found, parts[i], i == parts.length - 1 && !pattern.endsWith("/"));
            if (found.isEmpty()) {
                return found;
            }
        }
        return found;
    }

    private List<String> step(List<String> bases, String part, boolean last) {
        List<String> next = new ArrayList<>();
        for (String base : bases) {
            interpreter.charge(10);
            if (!Pattern.isPattern(part)) {
                String path = base + Pattern.plain(part);
                if (there(path)) {
                    next.add(last ? path : path + "/");
                }
                continue;
            }
            for (String name : names(base.isEmpty() ? "." : base)) {
                interpreter.charge(1);
                boolean hidden = name.startsWith(".") && !part.startsWith(".");
                if (!hidden && Pattern.matches(part, name) && next.size() < MAX_MATCHES) {
                    if (last) {
                        next.add(base + name);
                    } else if (directory(base + name)) {
                        next.add(base + name + "/");
                    }
                }
            }
        }
        return next;
    }

    private boolean there(String path) {
        try {
            process.files().link(path);
            return true;
        } catch (FsError e) {
            return false;
        }
    }

    private boolean directory(String path) {
        try {
            return process.files().at(path).node().isDirectory();
        } catch (FsError e) {
            return false;
        }
    }

    private List<String> names(String directory) {
        try {
            return process.machine.files().list(process.files().at(directory), process.user);
        } catch (FsError e) {
            return List.of();
        }
    }
}
