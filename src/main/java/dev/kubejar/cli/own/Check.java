package dev.kubejar.cli.own;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Command;
import dev.kubejar.cli.Flags;
import dev.kubejar.cli.Invocation;
import dev.kubejar.cli.own.check.Checking;
import java.util.List;
import java.util.Set;

/** {@code kubejar check PATH…}: do these manifests hold on a cluster? Exit codes: 0 they do, 1 they do not, 2 wrong usage. */
public final class Check implements Command {
    private static final Set<String> FORMATS = Set.of("", "text", "json", "junit", "sarif");

    @Override
    public void flags(Flags flags) {
        flags.string("kustomize", 'k', "")
                .slice("filename", 'f', "")
                .slice("crd", (char) 0, "")
                .bool("ignore-missing-kinds", false)
                .string("output", 'o', "")
                .duration("timeout", "5m0s")
                .string("profile", "")
                .integer("nodes", 0);
    }

    @Override
    public int run(Invocation call) {
        Flags flags = call.flags();
        List<String> paths = new java.util.ArrayList<>(call.arguments());
        paths.addAll(flags.list("filename"));
        String kustomize = flags.text("kustomize");
        if (paths.isEmpty() && kustomize.isEmpty()) {
            throw usage("pass files, folders, - for standard input, or -k DIRECTORY");
        }
        if (!FORMATS.contains(flags.text("output"))) {
            throw usage(
                    "unknown output format \"" + flags.text("output") + "\": it is one of text, json, junit, sarif");
        }
        if (flags.duration("timeout").isNegative() || flags.duration("timeout").isZero()) {
            throw usage("--timeout must be longer than nothing");
        }
        if (!Set.of("", "full", "bare").contains(flags.text("profile"))) {
            throw usage("unknown profile \"" + flags.text("profile") + "\": it is full or bare");
        }
        if (flags.changed("nodes") && flags.number("nodes") < 1) {
            throw usage("a cluster has at least one node");
        }
        return new Checking(call, paths, kustomize).run();
    }

    private static CliError usage(String message) {
        return CliError.withCode(message + "\nSee 'kubejar check --help' for usage.", 2);
    }
}
