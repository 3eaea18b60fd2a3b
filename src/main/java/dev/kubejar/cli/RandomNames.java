package dev.kubejar.cli;

import dev.kubejar.object.Json;
import java.nio.charset.StandardCharsets;

/** Suffixes for names that a command makes itself; drawn from the cluster's time so that one seed gives one script. */
public final class RandomNames {
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private RandomNames() {}

    /** Five characters of the set that Kubernetes' generated names use. */
    public static String suffix(Invocation call) {
        return suffix(call, "");
    }

    /** The same of another salt, where the first one's name is taken. */
    public static String suffix(Invocation call, String more) {
        String salt = more + call.now() + String.join(" ", call.arguments()) + Json.text(Json.array());
        long state = 1125899906842597L;
        for (byte b : salt.getBytes(StandardCharsets.UTF_8)) {
            state = 31 * state + b;
        }
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            suffix.append(LETTERS.charAt((int) Long.remainderUnsigned(state >>> 33, LETTERS.length())));
        }
        return suffix.toString();
    }
}
