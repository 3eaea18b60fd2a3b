package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.FsError;

/** Commands that come line by line from standard input. */
final class Prompt {
    private Prompt() {}

    /** Reads until there is a command that is whole, or the input has ended. */
    static void read(Interpreter interpreter) {
        Shell shell = interpreter.shell;
        Process process = interpreter.process;
        Channel input = process.channel(0);
        try {
            while (true) {
                String c = input == null ? "" : input.read(1);
                if (c == null) {
                    prompt(shell, process, input);
                    process.wait = Wait.input(0);
                    return;
                }
                shell.typed.append(c);
                shell.asked = false;
                boolean end = c.isEmpty();
                if (!end && c.charAt(0) != '\n') {
                    continue;
                }
                if (end && shell.typed.length() == 0) {
                    shell.exit(process, shell.status);
                    return;
                }
                if (begin(shell, end)) {
                    return;
                }
            }
        } catch (FsError e) {
            shell.exit(process, 2);
        }
    }

    private static boolean begin(Shell shell, boolean end) {
        String text = shell.typed.toString();
        if (!end) {
            try {
                new Parser(text, 0).strict().whole();
            } catch (SyntaxError e) {
                if (e.incomplete) {
                    return false;
                }
            }
            if (text.endsWith("\\\n")) {
                return false;
            }
        }
        shell.typed.setLength(0);
        shell.code = Code.of(text, 0, false);
        shell.position = 0;
        return true;
    }

    /** Asks for the next line, once. */
    private static void prompt(Shell shell, Process process, Channel input) {
        if (!input.isTerminal() || shell.asked) {
            return;
        }
        shell.asked = true;
        String home = shell.value("HOME", "");
        String where = process.cwd.equals(home) ? "~" : process.cwd;
        String text = shell.typed.length() > 0 ? shell.value("PS2", "> ") : shell.value("PS1", "$ ");
        process.complain(text.replace("\\w", where)
                .replace("\\h", process.machine.host().hostname())
                .replace("\\u", "root")
                .replace("\\$", process.user.uid() == 0 ? "#" : "$"));
    }
}
