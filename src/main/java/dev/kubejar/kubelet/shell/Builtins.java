package dev.kubejar.kubelet.shell;

import java.util.List;
import java.util.Set;

/** The list of builtins. */
final class Builtins {
    /** Those that are programs too. */
    private static final Set<String> PROGRAMS =
            Set.of("echo", "printf", "test", "[", "[[", "true", "false", "kill", "pwd");

    private static final Set<String> NAMES = Set.of(
            ".",
            ":",
            "[",
            "[[",
            "alias",
            "bg",
            "break",
            "cd",
            "chdir",
            "command",
            "continue",
            "echo",
            "eval",
            "exec",
            "exit",
            "export",
            "false",
            "fg",
            "getopts",
            "hash",
            "help",
            "history",
            "jobs",
            "kill",
            "let",
            "local",
            "printf",
            "pwd",
            "read",
            "readonly",
            "return",
            "set",
            "shift",
            "source",
            "test",
            "times",
            "trap",
            "true",
            "type",
            "ulimit",
            "umask",
            "unalias",
            "unset",
            "wait");

    private Builtins() {}

    static boolean isProgram(String name) {
        return PROGRAMS.contains(name);
    }

    static boolean has(String name) {
        return NAMES.contains(name);
    }

    /** The builtin of a name, or null. */
    static Builtin find(String name) {
        return switch (name) {
            case ":", "true", "alias", "unalias", "bg", "fg", "jobs", "hash", "history", "help" -> (i, f, a) -> 0;
            case "false" -> (i, f, a) -> 1;
            case "echo" -> Builtins::echo;
            case "printf" -> Builtins::printf;
            case "test", "[", "[[" -> Builtins::test;
            case "exit" -> ControlBuiltins::exit;
            case "return" -> ControlBuiltins::comeBack;
            case "break", "continue" -> ControlBuiltins::loop;
            case "eval" -> ControlBuiltins::eval;
            case ".", "source" -> ControlBuiltins::source;
            case "exec" -> ControlBuiltins::exec;
            case "command" -> ControlBuiltins::command;
            case "trap" -> JobBuiltins::trap;
            case "wait" -> JobBuiltins::await;
            case "kill" -> JobBuiltins::kill;
            case "times" -> JobBuiltins::times;
            case "ulimit" -> JobBuiltins::ulimit;
            case "export", "readonly" -> VariableBuiltins::export;
            case "local" -> VariableBuiltins::local;
            case "unset" -> VariableBuiltins::unset;
            case "set" -> VariableBuiltins::set;
            case "shift" -> VariableBuiltins::shift;
            case "let" -> VariableBuiltins::let;
            case "getopts" -> VariableBuiltins::getopts;
            case "read" -> ReadBuiltin::read;
            case "cd", "chdir" -> PlaceBuiltins::cd;
            case "pwd" -> PlaceBuiltins::pwd;
            case "umask" -> PlaceBuiltins::umask;
            case "type" -> PlaceBuiltins::type;
            default -> null;
        };
    }

    /** Writes to standard output for a builtin. */
    static int print(Interpreter interpreter, String text) {
        try {
            interpreter.process.write(1, text);
            return 0;
        } catch (dev.kubejar.kubelet.fs.FsError e) {
            if (!interpreter.process.ended()) {
                interpreter.shell.error(interpreter.process, "write error: " + e.getMessage());
            }
            return 1;
        }
    }

    private static int echo(Interpreter interpreter, Frame frame, List<String> args) {
        return print(interpreter, Formats.echo(args));
    }

    private static int printf(Interpreter interpreter, Frame frame, List<String> args) {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        int status = Formats.printf(args, "sh", out, err);
        int printed = print(interpreter, out.toString());
        interpreter.process.complain(err.toString());
        return printed != 0 ? printed : status;
    }

    private static int test(Interpreter interpreter, Frame frame, List<String> args) {
        return TestExpression.run(args, interpreter.process, "sh");
    }
}
