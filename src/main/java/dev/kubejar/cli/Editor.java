package dev.kubejar.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The user's editor: {@code KUBE_EDITOR}, {@code EDITOR}, or vi. */
final class Editor {
    private final Session session;

    Editor(Session session) {
        this.session = session;
    }

    /** A file of its own, which only its owner reads, with this content. */
    Path file(byte[] content, String extension) {
        String folder = session.environment("TMPDIR");
        try {
            Path file = Files.createTempFile(
                    session.path(folder.isEmpty() ? "/tmp" : folder).toAbsolutePath(), "kubectl-edit-", extension);
            return Files.write(file, content);
        } catch (IOException e) {
            throw new CliError("unable to create a file to edit: " + Disk.reason(e));
        }
    }

    /** Lets the user edit a file; throws where the editor cannot be started or fails. */
    byte[] edit(Path file) {
        List<String> command = command();
        String shown = String.join(" ", command);
        if (command.get(0).indexOf('/') < 0 && !onPath(command.get(0))) {
            throw new CliError("unable to launch the editor " + Go.quote(shown));
        }
        List<String> whole = new ArrayList<>(command);
        if (shell()) {
            whole.set(2, whole.get(2) + " " + Go.quote(file.toString()));
        } else {
            whole.add(file.toString());
        }
        try {
            if (Programs.run(session, whole) == 0) {
                return Files.readAllBytes(file);
            }
        } catch (IOException e) {
            // told below
        }
        throw new CliError("there was a problem with the editor " + Go.quote(shown));
    }

    private String wanted() {
        for (String name : List.of("KUBE_EDITOR", "EDITOR")) {
            if (!session.environment(name).isEmpty()) {
                return session.environment(name);
            }
        }
        return "vi";
    }

    /** Whether the editor's words need a shell to be read. */
    private boolean shell() {
        String editor = wanted();
        return editor.indexOf(' ') >= 0 && editor.chars().anyMatch(c -> "\"'\\".indexOf(c) >= 0);
    }

    private List<String> command() {
        if (!shell()) {
            return Arrays.asList(wanted().split(" "));
        }
        String shell = session.environment("SHELL");
        return List.of(shell.isEmpty() ? "/bin/bash" : shell, "-c", wanted());
    }

    private boolean onPath(String program) {
        for (String folder : session.environment("PATH").split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(session.path(folder).resolve(program))) {
                return true;
            }
        }
        return false;
    }
}
