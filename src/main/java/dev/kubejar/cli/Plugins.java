package dev.kubejar.cli;

import java.util.List;

/** Programs on the path that extend the command line. */
final class Plugins {
    private Plugins() {}

    /** Runs the plugin that a command line means; null where there is none. */
    static Integer run(Session session, List<String> args) {
        if (args.get(0).startsWith("-")) {
            throw CliError.plain("Error: flags cannot be placed before plugin name: " + args.get(0));
        }
        return null;
    }
}
