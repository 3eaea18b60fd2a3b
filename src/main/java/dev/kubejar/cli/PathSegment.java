package dev.kubejar.cli;

import java.util.ArrayList;
import java.util.List;

/** What client-go's request builder refuses in a namespace or name before any server is asked. */
final class PathSegment {
    private PathSegment() {}

    static void check(String what, String value) {
        List<String> faults = new ArrayList<>();
        if (value.equals(".") || value.equals("..")) {
            faults.add("may not be '" + value + "'");
        }
        for (String forbidden : List.of("/", "%")) {
            if (value.contains(forbidden)) {
                faults.add("may not contain '" + forbidden + "'");
            }
        }
        if (!faults.isEmpty()) {
            String text = "invalid " + what + " " + Go.quote(value) + ": [" + String.join(" ", faults) + "]";
            throw what.equals("namespace") ? CliError.plain(text) : new CliError(text);
        }
    }
}
