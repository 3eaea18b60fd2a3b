package dev.kubejar.cli.other;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code kubectl completion}: the shells' scripts, which ask {@code __complete} for words. */
public final class Completion implements Command {
    /** The shells there are scripts for. */
    public static final List<String> SHELLS = List.of("bash", "fish", "powershell", "zsh");

    @Override
    public int run(Invocation call) {
        List<String> args = call.arguments();
        if (args.isEmpty()) {
            throw call.usage("Shell not specified.");
        }
        if (args.size() > 1) {
            throw call.usage("Too many arguments. Expected only the shell type.");
        }
        if (!SHELLS.contains(args.get(0))) {
            throw call.usage("Unsupported shell type " + Go.quote(args.get(0)) + ".");
        }
        call.out().print(script(args.get(0), call.session().program()));
        return 0;
    }

    /** The script of a shell for a program's name. */
    public static String script(String shell, String program) {
        try (InputStream in = Completion.class.getResourceAsStream("/dev/kubejar/cli/completion/" + shell + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@NAME@", program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
