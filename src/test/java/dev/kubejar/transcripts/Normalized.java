package dev.kubejar.transcripts;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Output with everything replaced in which two honest runs may differ: identities, instants, durations, addresses,
 * generated names, and the width of columns.
 */
final class Normalized {
    private static final String RANDOM = "bcdfghjklmnpqrstvwxz2456789";
    private static final String HASH = "456789bcdf";

    private record Rule(Pattern pattern, String replacement) {}

    private static final List<Rule> RULES = new ArrayList<>();

    private static void rule(String pattern, String replacement) {
        RULES.add(new Rule(Pattern.compile(pattern, Pattern.MULTILINE), replacement));
    }

    static {
        rule("\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b", "<uid>");
        rule("containerd://[0-9a-f]{64}", "<container-id>");
        rule("sha256:[0-9a-f]{64}", "<digest>");
        rule("(\\bresourceVersion\"?: \"?)\\d+(\"?)", "$1<rv>$2");
        rule("(Resource Version:\\s+)\\d+", "$1<rv>");
        rule("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)", "<time>");
        rule("\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}", "<time>");
        rule("\\b\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d{4} \\w+", "<time>");
        rule("\\((\\d+[smhdy])+ ago\\)", "(<age> ago)");
        rule("\\(x(\\d+) over (\\d+[smhdy])+\\)", "(x$1 over <age>)");
        rule("(?<=\\s\\s)((\\d+m)?\\d+s|\\d+m) (?=\\(x\\d)", "<age> ");
        rule("\\b10\\.244\\.\\d+\\.\\d+\\b", "<pod-ip>");
        rule("\\b10\\.96\\.(?!0\\.1\\b|0\\.10\\b)\\d+\\.\\d+\\b", "<cluster-ip>");
        rule("\\b172\\.18\\.0\\.\\d+\\b", "<node-ip>");
        rule("(?<=:)3[0-2]\\d{3}(?=/(TCP|UDP|SCTP))", "<node-port>");
        rule("(?<=NodePort: )(\\s+)(\\S+)(\\s+)3[0-2]\\d{3}", "$1$2$3<node-port>");
        rule("(nodePort\"?: )3[0-2]\\d{3}\\b", "$1<node-port>");
        rule("(healthCheckNodePort\"?: )3[0-2]\\d{3}\\b", "$1<node-port>");
        rule("^sh: line \\d+: ", "sh: ");
        rule("(?<=[a-z0-9])-[" + HASH + "]{6,10}-[" + RANDOM + "]{5}(?![a-z0-9])", "-<hash>-<random>");
        rule("(?<=[a-z0-9])-\\d{8}(-[" + RANDOM + "]{5})?(?![a-z0-9.-])", "-<minute>");
        rule("(pod-template-hash\"?[=:]\\s*\"?)[" + HASH + "]{6,10}\\b", "$1<hash>");
        rule("(controller-revision-hash\"?[=:]\\s*\"?)([a-z0-9-]+-)?[" + HASH + "]{6,10}\\b", "$1$2<hash>");
        rule("(?<=[a-z0-9])-[" + HASH + "]{8,10}(?![a-z0-9.-])", "-<hash>");
        rule("(?<=[a-z0-9])-(?!https\\b)[" + RANDOM + "]{5}(?![a-z0-9.-])", "-<random>");
        rule("kube-api-access-[" + RANDOM + "]{5}\\b", "kube-api-access-<random>");
        rule("Invalid value: \\{\"[A-Z].*?\\}: ", "Invalid value: {...}: ");
    }

    private static final Pattern AGE = Pattern.compile("(?:(?<=\\s\\s)|^)((?:\\d+m)?\\d+s|\\d+m)(?=\\s\\s|$)");
    private static final Pattern GAP = Pattern.compile(" {2,}");

    private Normalized() {}

    static List<String> lines(List<String> lines) {
        String text = String.join("\n", lines);
        for (Rule rule : RULES) {
            text = rule.pattern.matcher(text).replaceAll(rule.replacement);
        }
        List<String> out = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String body = line.stripLeading();
            String indent = line.substring(0, line.length() - body.length());
            out.add((indent + GAP.matcher(ages(body.stripTrailing())).replaceAll("  ")).stripTrailing());
        }
        return out;
    }

    /** Ages in columns; what ends in {@code m} beside {@code cpu} is a quantity, what follows {@code Seconds:} a setting. */
    private static String ages(String line) {
        if (line.contains("Seconds:")) {
            return line;
        }
        return AGE.matcher(line)
                .replaceAll(
                        (MatchResult m) -> line.contains("cpu") && m.group(1).endsWith("m") ? m.group() : "<age>");
    }
}
