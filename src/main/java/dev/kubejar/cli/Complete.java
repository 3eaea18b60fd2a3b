package dev.kubejar.cli;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code kubectl __complete} and {@code __completeNoDesc}: what the shells' scripts ask. */
final class Complete {
    private static final Set<String> NO = Set.of("0", "f", "false");

    private Complete() {}

    static int run(Session session, List<String> args, boolean descriptions) {
        if (args.isEmpty()) {
            throw new CliError("requires at least 1 arg(s), only received 0");
        }
        CompletionRequest.Answer answer = CompletionRequest.complete(session, args);
        if (!answer.fault().isEmpty()) {
            session.err().println("[Debug] [Error] " + answer.fault());
        }
        boolean described = descriptions && !undescribed(session);
        for (String word : answer.words()) {
            String line = word.lines().findFirst().orElse("");
            int tab = described ? -1 : line.indexOf('\t');
            session.out().println((tab < 0 ? line : line.substring(0, tab)).strip());
        }
        session.out().println(":" + answer.directive());
        session.err().println("Completion ended with directive: " + answer.directiveName());
        return 0;
    }

    private static boolean undescribed(Session session) {
        String own = session.environment("KUBECTL_COMPLETION_DESCRIPTIONS");
        String value = own.isEmpty() ? session.environment("COBRA_COMPLETION_DESCRIPTIONS") : own;
        return NO.contains(value.toLowerCase(Locale.ROOT));
    }
}
