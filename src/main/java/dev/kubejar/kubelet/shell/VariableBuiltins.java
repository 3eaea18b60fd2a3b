package dev.kubejar.kubelet.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builtins about variables, options and positional parameters. */
final class VariableBuiltins {
    private VariableBuiltins() {}

    /** {@code export} and {@code readonly}. */
    static int export(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        boolean exports = args.get(0).equals("export");
        int i = 1;
        boolean removes = false;
        boolean prints = args.size() == 1;
        while (i < args.size() && args.get(i).startsWith("-") && args.get(i).length() > 1) {
            removes |= args.get(i).contains("n");
            prints |= args.get(i).contains("p");
            i++;
        }
        if (prints && i == args.size()) {
            StringBuilder out = new StringBuilder();
            for (Map.Entry<String, Variable> each : new TreeMap<>(shell.variables).entrySet()) {
                if (exports ? each.getValue().exported() : each.getValue().readOnly()) {
                    String value = each.getValue().value();
                    out.append(args.get(0)).append(' ').append(each.getKey());
                    out.append(value == null ? "" : "=" + Text.quoted(value)).append('\n');
                }
            }
            return Builtins.print(interpreter, out.toString());
        }
        for (; i < args.size(); i++) {
            String arg = args.get(i);
            int equals = arg.indexOf('=');
            String name = equals < 0 ? arg : arg.substring(0, equals);
            if (!Text.isName(name)) {
                shell.error(interpreter.process, name + ": bad variable name");
                shell.exit(interpreter.process, 2);
                return Builtin.JUMPED;
            }
            if (equals >= 0 && !shell.assign(interpreter.process, name, arg.substring(equals + 1))) {
                shell.exit(interpreter.process, 2);
                return Builtin.JUMPED;
            }
            Variable before = shell.variables.getOrDefault(name, new Variable(null, false, false));
            shell.variables.put(
                    name,
                    exports
                            ? new Variable(before.value(), !removes, before.readOnly())
                            : new Variable(before.value(), before.exported(), true));
        }
        return 0;
    }

    static int local(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        Frame function = null;
        for (Frame each : shell.frames) {
            if (each.kind == Frame.Kind.FUNCTION) {
                function = each;
                break;
            }
        }
        if (function == null) {
            shell.error(interpreter.process, "not in a function");
            shell.exit(interpreter.process, 2);
            return Builtin.JUMPED;
        }
        for (String arg : args.subList(1, args.size())) {
            int equals = arg.indexOf('=');
            String name = equals < 0 ? arg : arg.substring(0, equals);
            Variable before = shell.variables.get(name);
            if (!function.locals.containsKey(name)) {
                function.locals.put(name, before);
            }
            if (equals >= 0) {
                shell.assign(interpreter.process, name, arg.substring(equals + 1));
            } else if (before == null || !before.readOnly()) {
                shell.variables.put(name, new Variable(before == null ? null : before.value(), false, false));
            }
        }
        return 0;
    }

    static int unset(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        boolean functions = false;
        for (String arg : args.subList(1, args.size())) {
            if (arg.equals("-f") || arg.equals("-v")) {
                functions = arg.equals("-f");
            } else if (arg.startsWith("-")) {
                shell.error(interpreter.process, "illegal option " + arg.substring(0, 2));
                shell.exit(interpreter.process, 2);
                return Builtin.JUMPED;
            } else if (functions) {
                shell.functions.remove(arg);
            } else {
                Variable before = shell.variables.get(arg);
                if (before != null && before.readOnly()) {
                    shell.error(interpreter.process, arg + ": is read only");
                    return 2;
                }
                if (before == null) {
                    shell.functions.remove(arg);
                }
                shell.variables.remove(arg);
            }
        }
        return 0;
    }

    static int set(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        if (args.size() == 1) {
            StringBuilder out = new StringBuilder();
            new TreeMap<>(shell.variables).forEach((name, variable) -> {
                if (variable.value() != null) {
                    out.append(name)
                            .append('=')
                            .append(Text.quoted(variable.value()))
                            .append('\n');
                }
            });
            return Builtins.print(interpreter, out.toString());
        }
        int i = 1;
        while (i < args.size()) {
            String arg = args.get(i);
            if (arg.equals("--")) {
                shell.parameters = new ArrayList<>(args.subList(i + 1, args.size()));
                return 0;
            }
            if (arg.length() < 2 || "-+".indexOf(arg.charAt(0)) < 0) {
                break;
            }
            boolean on = arg.charAt(0) == '-';
            for (char letter : arg.substring(1).toCharArray()) {
                if (letter == 'o') {
                    if (i + 1 >= args.size()) {
                        return listOptions(interpreter, on);
                    }
                    if (!named(interpreter, args.get(++i), on)) {
                        return 1;
                    }
                } else if (!Options.set(shell.options, letter, on)) {
                    shell.error(interpreter.process, "illegal option " + arg.charAt(0) + letter);
                    shell.exit(interpreter.process, 2);
                    return Builtin.JUMPED;
                }
            }
            i++;
        }
        if (i < args.size()) {
            shell.parameters = new ArrayList<>(args.subList(i, args.size()));
        }
        return 0;
    }

    private static boolean named(Interpreter interpreter, String option, boolean on) {
        if (!Options.NAMES.contains(option)) {
            interpreter.shell.error(interpreter.process, "illegal option " + (on ? "-o " : "+o ") + option);
            return false;
        }
        Options.set(interpreter.shell.options, option, on);
        return true;
    }

    private static int listOptions(Interpreter interpreter, boolean readable) {
        StringBuilder out = new StringBuilder();
        for (String name : Options.NAMES) {
            boolean on = interpreter.shell.option(name);
            if (readable) {
                out.append(name)
                        .append(" ".repeat(Math.max(1, 16 - name.length())))
                        .append(on ? "on" : "off");
            } else {
                out.append(on ? "set -o " : "set +o ").append(name);
            }
            out.append('\n');
        }
        return Builtins.print(interpreter, out.toString());
    }

    static int shift(Interpreter interpreter, Frame frame, List<String> args) {
        long count = args.size() > 1 ? Text.number(args.get(1), -1) : 1;
        List<String> parameters = interpreter.shell.parameters;
        if (count < 0 || count > parameters.size()) {
            return 1;
        }
        interpreter.shell.parameters = new ArrayList<>(parameters.subList((int) count, parameters.size()));
        return 0;
    }

    static int let(Interpreter interpreter, Frame frame, List<String> args) {
        long value = 0;
        try {
            for (String arg : args.subList(1, args.size())) {
                value = Arithmetic.value(arg, new Expander(interpreter).variables());
            }
        } catch (Arithmetic.Failure e) {
            interpreter.shell.error(interpreter.process, e.getMessage());
            interpreter.shell.exit(interpreter.process, 2);
            return Builtin.JUMPED;
        }
        return value == 0 ? 1 : 0;
    }

    static int getopts(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        if (args.size() < 3) {
            shell.error(interpreter.process, "usage: getopts optstring var [arg]");
            return 2;
        }
        String wanted = args.get(1);
        boolean silent = wanted.startsWith(":");
        List<String> words = args.size() > 3 ? args.subList(3, args.size()) : shell.parameters;
        int index = (int) Math.max(1, Text.number(shell.value("OPTIND", "1"), 1));
        int offset = shell.optionOffset;
        String word = index <= words.size() ? words.get(index - 1) : "";
        if (offset == 1 && (!word.startsWith("-") || word.length() < 2 || word.equals("--"))) {
            shell.assign(interpreter.process, args.get(2), "?");
            shell.assign(interpreter.process, "OPTIND", Integer.toString(word.equals("--") ? index + 1 : index));
            return 1;
        }
        char option = word.charAt(offset++);
        int place = wanted.indexOf(option);
        String name = String.valueOf(option);
        String argument = null;
        if (place < 0 || option == ':') {
            name = "?";
            argument = silent ? String.valueOf(option) : null;
            if (!silent) {
                interpreter.process.complain("Illegal option -" + option + "\n");
            }
        } else if (place + 1 < wanted.length() && wanted.charAt(place + 1) == ':') {
            if (offset < word.length()) {
                argument = word.substring(offset);
            } else if (index < words.size()) {
                argument = words.get(index++);
            } else {
                name = silent ? ":" : "?";
                argument = silent ? String.valueOf(option) : null;
                if (!silent) {
                    interpreter.process.complain("No arg for -" + option + " option\n");
                }
            }
            offset = word.length();
        }
        boolean wordDone = offset >= word.length();
        shell.assign(interpreter.process, "OPTIND", Integer.toString(wordDone ? index + 1 : index));
        shell.optionOffset = wordDone ? 1 : offset;
        shell.assign(interpreter.process, args.get(2), name);
        if (argument == null) {
            shell.variables.remove("OPTARG");
        } else {
            shell.assign(interpreter.process, "OPTARG", argument);
        }
        return 0;
    }
}
