package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.FsError;

/** Commands that come line by line from standard input; like ash it reads ahead what is there. */
final class Prompt {
    private static final int PIECE = 1024;

    private Prompt() {}

    /** Goes on with the next command that is whole, reads for it, or ends the shell where the input has ended. */
    static void read(Interpreter interpreter) {
        Shell shell = interpreter.shell;
        Process process = interpreter.process;
        if (begin(shell, false)) {
            return;
        }
        Channel input = process.channel(0);
        String part;
        try {
            part = input == null ? "" : input.read(PIECE);
        } catch (FsError e) {
            part = "";
        }
        if (part == null) {
            prompt(shell, process, input);
            process.wait = Wait.input(0);
        } else if (!part.isEmpty()) {
            shell.asked = false;
            shell.typed.append(part);
        } else if (shell.typed.length() == 0) {
            shell.exit(process, shell.status);
        } else {
            begin(shell, true);
        }
    }

    /** Takes the lines that make the first whole command, or at the end of the input all that is left. */
    private static boolean begin(Shell shell, boolean end) {
        String text = shell.typed.toString();
        int newline = text.indexOf('\n');
        while (newline >= 0 && !isWhole(text.substring(0, newline + 1))) {
            newline = text.indexOf('\n', newline + 1);
        }
        if (newline < 0 && !end) {
            return false;
        }
        String command = newline < 0 ? text : text.substring(0, newline + 1);
        shell.typed.delete(0, command.length());
        shell.code = Code.of(command, 0, false);
        shell.position = 0;
        return true;
    }

    private static boolean isWhole(String text) {
        try {
            new Parser(text, 0).strict().whole();
        } catch (SyntaxError e) {
            return !e.incomplete;
        }
        return !text.endsWith("\\\n");
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
