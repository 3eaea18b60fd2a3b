package dev.kubejar.cli.own;

import dev.kubejar.cli.Command;
import dev.kubejar.cli.Invocation;
import java.util.Map;

/** {@code kubejar sim status}. */
public final class SimStatus implements Command {
    @Override
    public int run(Invocation call) {
        Map<String, String> status = call.cluster().status();
        int width = status.keySet().stream().mapToInt(String::length).max().orElse(0);
        status.forEach((name, value) -> call.out().println(name + ":" + " ".repeat(width - name.length() + 2) + value));
        return 0;
    }
}
