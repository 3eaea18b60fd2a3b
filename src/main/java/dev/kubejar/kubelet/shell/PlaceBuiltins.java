package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.Errno;
import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.fs.Location;
import java.util.List;
import java.util.Set;

/** Builtins about directories, and about what names stand for. */
final class PlaceBuiltins {
    private static final Set<String> KEYWORDS = Set.of(
            "!", "if", "then", "else", "elif", "fi", "while", "until", "for", "in", "do", "done", "case", "esac", "{",
            "}");

    private PlaceBuiltins() {}

    static int cd(Interpreter interpreter, Frame frame, List<String> args) {
        Shell shell = interpreter.shell;
        Process process = interpreter.process;
        int i = 1;
        while (i < args.size()
                && (args.get(i).equals("-L")
                        || args.get(i).equals("-P")
                        || args.get(i).equals("--"))) {
            i++;
        }
        String target = i < args.size() ? args.get(i) : shell.value("HOME", "/");
        boolean back = target.equals("-");
        if (back) {
            target = shell.value("OLDPWD", process.cwd);
        }
        try {
            Location there = process.files().at(target);
            if (!there.node().isDirectory()) {
                throw new FsError(Errno.ENOTDIR);
            }
            if (!process.user.may(there.node(), 1)) {
                throw new FsError(Errno.EACCES);
            }
            String before = process.cwd;
            process.cwd = logical(before, target);
            shell.assign(process, "OLDPWD", before);
            shell.assign(process, "PWD", process.cwd);
        } catch (FsError e) {
            shell.error(process, "can't cd to " + target + ": " + e.getMessage());
            return 2;
        }
        return back ? Builtins.print(interpreter, process.cwd + "\n") : 0;
    }

    /** A path with dots resolved as text, links left alone. */
    private static String logical(String cwd, String path) {
        StringBuilder out = new StringBuilder();
        for (String part : ((path.startsWith("/") ? "" : cwd + "/") + path).split("/")) {
            if (part.equals("..")) {
                out.setLength(Math.max(0, out.lastIndexOf("/")));
            } else if (!part.isEmpty() && !part.equals(".")) {
                out.append('/').append(part);
            }
        }
        return out.length() == 0 ? "/" : out.toString();
    }

    static int pwd(Interpreter interpreter, Frame frame, List<String> args) {
        String path = interpreter.process.cwd;
        if (args.contains("-P")) {
            try {
                path = interpreter.process.files().at(path).path();
            } catch (FsError e) {
                return 1;
            }
        }
        return Builtins.print(interpreter, path + "\n");
    }

    static int umask(Interpreter interpreter, Frame frame, List<String> args) {
        Process process = interpreter.process;
        if (args.size() > 1 && !args.get(1).startsWith("-")) {
            int mode = dev.kubejar.kubelet.shell.Modes.parse(args.get(1), ~process.umask & 0777, false);
            if (mode < 0) {
                interpreter.shell.error(process, "Illegal mode: " + args.get(1));
                return 2;
            }
            process.umask = Character.isDigit(args.get(1).charAt(0)) ? mode & 0777 : ~mode & 0777;
            return 0;
        }
        String octal = Integer.toOctalString(process.umask);
        String text = "0".repeat(4 - octal.length()) + octal;
        if (args.size() > 1 && args.get(1).equals("-S")) {
            int open = ~process.umask & 0777;
            text = "u=" + letters(open >> 6) + ",g=" + letters(open >> 3 & 7) + ",o=" + letters(open & 7);
        }
        return Builtins.print(interpreter, text + "\n");
    }

    private static String letters(int bits) {
        return ((bits & 4) != 0 ? "r" : "") + ((bits & 2) != 0 ? "w" : "") + ((bits & 1) != 0 ? "x" : "");
    }

    static int type(Interpreter interpreter, Frame frame, List<String> args) {
        int status = 0;
        for (String name : args.subList(1, args.size())) {
            int one = describe(interpreter, name, true);
            status = one != 0 ? one : status;
        }
        return status;
    }

    /** What a name stands for; {@code verbose} in a sentence. */
    static int describe(Interpreter interpreter, String name, boolean verbose) {
        Shell shell = interpreter.shell;
        if (KEYWORDS.contains(name)) {
            return Builtins.print(interpreter, name + (verbose ? " is a shell keyword" : "") + "\n");
        }
        if (shell.functions.containsKey(name)) {
            return Builtins.print(interpreter, name + (verbose ? " is a function" : "") + "\n");
        }
        if (Builtins.has(name)) {
            boolean special = Commands.SPECIAL.contains(name);
            String kind = special ? " is a special shell builtin" : " is a shell builtin";
            return Builtins.print(interpreter, name + (verbose ? kind : "") + "\n");
        }
        String path = Launcher.which(interpreter.process.files(), name, shell.value("PATH", ""));
        if (path != null) {
            return Builtins.print(interpreter, (verbose ? name + " is " : "") + path + "\n");
        }
        if (verbose) {
            Builtins.print(interpreter, name + ": not found\n");
        }
        return 127;
    }
}
