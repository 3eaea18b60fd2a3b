package dev.kubejar.kubelet.shell;

import java.util.List;
import java.util.Set;

/** The shell's options, by letter and by name. */
final class Options {
    /** In the order in which {@code set -o} lists them. */
    static final List<String> NAMES = List.of(
            "errexit",
            "noglob",
            "ignoreeof",
            "monitor",
            "noexec",
            "xtrace",
            "verbose",
            "noclobber",
            "allexport",
            "notify",
            "nounset",
            "errtrace",
            "vi",
            "pipefail");

    private Options() {}

    /** The name behind a letter, or null. */
    static String name(char letter) {
        return switch (letter) {
            case 'e' -> "errexit";
            case 'f' -> "noglob";
            case 'I' -> "ignoreeof";
            case 'i' -> "interactive";
            case 'm' -> "monitor";
            case 'n' -> "noexec";
            case 's' -> "stdin";
            case 'x' -> "xtrace";
            case 'v' -> "verbose";
            case 'C' -> "noclobber";
            case 'a' -> "allexport";
            case 'b' -> "notify";
            case 'u' -> "nounset";
            case 'E' -> "errtrace";
            default -> null;
        };
    }

    static boolean set(Set<String> options, char letter, boolean on) {
        String name = name(letter);
        if (name != null) {
            set(options, name, on);
        }
        return name != null;
    }

    static void set(Set<String> options, String name, boolean on) {
        if (on) {
            options.add(name);
        } else {
            options.remove(name);
        }
    }

    /** What {@code $-} shows. */
    static String letters(Set<String> options) {
        StringBuilder out = new StringBuilder();
        for (char letter : "efIimnsxvCabuE".toCharArray()) {
            if (options.contains(name(letter))) {
                out.append(letter);
            }
        }
        return out.toString();
    }
}
