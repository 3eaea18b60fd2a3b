package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.FsError;
import java.util.ArrayList;
import java.util.List;

/** The builtin read: a line from a descriptor, into variables. */
final class ReadBuiltin {
    private ReadBuiltin() {}

    /** What the options say. */
    private static final class Options {
        boolean raw;
        String prompt = "";
        long timeout = -1;
        int most = Integer.MAX_VALUE;
        char end = '\n';
        int descriptor;
        List<String> names = new ArrayList<>();
    }

    static int read(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        Process process = interpreter.process;
        Options options = options(interpreter, args);
        if (options == null) {
            return 2;
        }
        Channel input = process.channel(options.descriptor);
        if (input == null) {
            shell.error(process, "read error: Bad file descriptor");
            return 1;
        }
        if (frame.until == 0) {
            frame.until = options.timeout < 0 ? Wait.FOREVER : process.machine.nanos() + options.timeout;
            if (!options.prompt.isEmpty() && input.isTerminal()) {
                process.complain(options.prompt);
            }
        }
        StringBuilder got = new StringBuilder(frame.text);
        Boolean complete = collect(input, options, got);
        if (complete == null) {
            frame.text = got.toString();
            if (!shell.pending.isEmpty()) {
                return 128 + shell.pending.get(0).number();
            }
            if (process.machine.nanos() >= frame.until) {
                assign(interpreter, options, got.toString());
                return 1;
            }
            process.wait = Wait.input(options.descriptor, frame.until);
            return Builtin.WAIT;
        }
        boolean fine = assign(interpreter, options, got.toString());
        return fine && complete ? 0 : 1;
    }

    /** True at the end of a line, false at the end of the input, null where more has to come. */
    private static Boolean collect(Channel input, Options options, StringBuilder got) {
        try {
            while (got.length() < options.most) {
                String c = input.read(1);
                if (c == null) {
                    return null;
                }
                if (c.isEmpty()) {
                    return false;
                }
                if (c.charAt(0) == options.end) {
                    if (options.raw || !escaped(got)) {
                        return true;
                    }
                    got.setLength(got.length() - 1);
                } else if (c.charAt(0) != 0) {
                    got.append(c);
                }
            }
            return true;
        } catch (FsError e) {
            return false;
        }
    }

    private static boolean escaped(StringBuilder got) {
        int slashes = 0;
        while (slashes < got.length() && got.charAt(got.length() - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private static Options options(Interpreter interpreter, List<String> args) {
        Options options = new Options();
        int i = 1;
        while (i < args.size() && args.get(i).startsWith("-") && args.get(i).length() > 1) {
            String arg = args.get(i++);
            for (int k = 1; k < arg.length(); k++) {
                char letter = arg.charAt(k);
                if (letter == 'r') {
                    options.raw = true;
                } else if (letter != 's') {
                    String value = k + 1 < arg.length() ? arg.substring(k + 1) : i < args.size() ? args.get(i++) : null;
                    if (value == null || !value(options, letter, value)) {
                        String why = value == null ? "no arg for -" + letter + " option" : "illegal option -" + letter;
                        interpreter.shell.error(interpreter.process, why);
                        return null;
                    }
                    break;
                }
            }
        }
        options.names.addAll(args.subList(i, args.size()));
        return options;
    }

    private static boolean value(Options options, char letter, String value) {
        switch (letter) {
            case 'p' -> options.prompt = value;
            case 't' -> options.timeout = Durations.nanos(value);
            case 'n' -> options.most = (int) Text.number(value, Integer.MAX_VALUE);
            case 'd' -> options.end = value.isEmpty() ? 0 : value.charAt(0);
            case 'u' -> options.descriptor = (int) Text.number(value, 0);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean assign(Interpreter interpreter, Options options, String line) {
        Shell shell = interpreter.shell;
        if (options.names.isEmpty()) {
            return shell.assign(interpreter.process, "REPLY", unescaped(line, options.raw));
        }
        String ifs = shell.value("IFS", " \t\n");
        Splitter splitter = new Splitter(line, ifs, options.raw);
        for (int i = 0; i < options.names.size(); i++) {
            String value = i == options.names.size() - 1 ? splitter.rest() : splitter.next();
            if (!shell.assign(interpreter.process, options.names.get(i), value)) {
                return false;
            }
        }
        return true;
    }

    private static String unescaped(String text, boolean raw) {
        if (raw) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
            }
            out.append(text.charAt(i));
        }
        return out.toString();
    }

    /** Cuts a line into fields. */
    private static final class Splitter {
        private final String line;
        private final String ifs;
        private final boolean raw;
        private int at;

        Splitter(String line, String ifs, boolean raw) {
            this.line = line;
            this.ifs = ifs;
            this.raw = raw;
            blanks();
        }

        private boolean blank(int i) {
            return ifs.indexOf(line.charAt(i)) >= 0 && " \t\n".indexOf(line.charAt(i)) >= 0;
        }

        private void blanks() {
            while (at < line.length() && blank(at)) {
                at++;
            }
        }

        String next() {
            int start = at;
            while (at < line.length() && ifs.indexOf(line.charAt(at)) < 0) {
                at += !raw && line.charAt(at) == '\\' ? 2 : 1;
            }
            at = Math.min(at, line.length());
            String field = line.substring(start, at);
            blanks();
            if (at < line.length() && ifs.indexOf(line.charAt(at)) >= 0 && !blank(at)) {
                at++;
                blanks();
            }
            return unescaped(field, raw);
        }

        String rest() {
            int end = line.length();
            while (end > at && blank(end - 1)) {
                end--;
            }
            return unescaped(line.substring(at, end), raw);
        }
    }
}
