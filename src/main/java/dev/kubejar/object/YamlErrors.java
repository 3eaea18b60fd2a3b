package dev.kubejar.object;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/** Says of a syntax error what go-yaml says, with the line that go-yaml names. */
final class YamlErrors {
    private YamlErrors() {}

    static ParseError of(YamlEngineException e) {
        if (e instanceof ReaderException) {
            return new ParseError("yaml: control characters are not allowed");
        }
        if (e instanceof YamlVersionException) {
            return new ParseError("yaml: found incompatible YAML document");
        }
        if (e instanceof MarkedYamlEngineException marked) {
            String context = marked.getContext() == null ? "" : marked.getContext();
            String problem = marked.getProblem() == null ? "" : marked.getProblem();
            String text = e instanceof ScannerException ? scanner(context, problem) : parser(context, problem);
            return new ParseError("yaml: " + where(marked) + text, place(marked, context));
        }
        return new ParseError("yaml: unknown problem parsing YAML content");
    }

    // go-yaml counts lines from 0, corrects that for the scanner's errors only, and never mentions line 0.
    private static String where(MarkedYamlEngineException e) {
        int problem = line(e.getProblemMark());
        int line = problem == 0 ? line(e.getContextMark()) : e instanceof ScannerException ? problem + 1 : problem;
        return line == 0 ? "" : "line " + line + ": ";
    }

    /** Where the writer has to look: what was never closed is at fault where it was opened. */
    private static int place(MarkedYamlEngineException e, String context) {
        boolean opened =
                context.contains("flow") || context.contains("quoted scalar") || context.contains("simple key");
        return line(opened && e.getContextMark().isPresent() ? e.getContextMark() : e.getProblemMark()) + 1;
    }

    private static int line(Optional<Mark> mark) {
        return mark.isPresent() ? mark.get().getLine() : 0;
    }

    private static String scanner(String context, String problem) {
        switch (problem) {
            case "mapping values are not allowed here":
                return "mapping values are not allowed in this context";
            case "mapping keys are not allowed here":
                return "mapping keys are not allowed in this context";
            case "sequence entries are not allowed here":
                return "block sequence entries are not allowed in this context";
            case "found unexpected document separator":
                return "found unexpected document indicator";
            case "could not find expected ':'", "found unexpected end of stream":
                return problem;
            default:
                return scannerIn(context, problem);
        }
    }

    private static String scannerIn(String context, String problem) {
        if (problem.endsWith("that cannot start any token") || problem.contains("cannot start any token")) {
            return "found character that cannot start any token";
        }
        if (context.contains("directive")) {
            return directive(context, problem);
        }
        if (context.endsWith("alias") || context.endsWith("anchor")) {
            return "did not find expected alphabetic or numeric character";
        }
        if (context.contains("tag")) {
            return tag(problem);
        }
        if (context.contains("block scalar")) {
            return block(problem);
        }
        if (context.contains("quoted scalar")) {
            return problem.startsWith("expected escape")
                    ? "did not find expected hexdecimal number"
                    : "found unknown escape character";
        }
        return context.contains("plain scalar") ? "found a tab character that violates indentation" : problem;
    }

    private static String directive(String context, String problem) {
        if (problem.startsWith("expected alphabetic")) {
            return "could not find expected directive name";
        }
        if (problem.startsWith("expected a comment")) {
            return "did not find expected comment or line break";
        }
        if (context.contains("YAML")) {
            return problem.startsWith("expected a digit or '.'")
                    ? "did not find expected digit or '.' character"
                    : "did not find expected version number";
        }
        return "did not find expected whitespace";
    }

    private static String tag(String problem) {
        if (problem.startsWith("expected '>'")) {
            return "did not find the expected '>'";
        }
        if (problem.startsWith("expected ' '")) {
            return "did not find expected whitespace or line break";
        }
        if (problem.startsWith("expected '!'")) {
            return "did not find expected '!'";
        }
        return problem.startsWith("expected URI escape")
                ? "did not find URI escaped octet"
                : "did not find expected tag URI";
    }

    private static String block(String problem) {
        return problem.startsWith("expected indentation")
                ? "found an indentation indicator equal to 0"
                : "did not find expected comment or line break";
    }

    private static String parser(String context, String problem) {
        if (problem.startsWith("expected the node content")) {
            return "did not find expected node content";
        }
        if (problem.startsWith("expected '<document start>'") || problem.startsWith("expected '<document end>'")) {
            return "did not find expected <document start>";
        }
        if (problem.startsWith("found undefined tag handle")) {
            return "found undefined tag handle";
        }
        if (problem.startsWith("found duplicate YAML")) {
            return "found duplicate %YAML directive";
        }
        if (problem.startsWith("duplicate tag handle")) {
            return "found duplicate %TAG directive";
        }
        return switch (context) {
            case "while parsing a block collection" -> "did not find expected '-' indicator";
            case "while parsing a block mapping" -> "did not find expected key";
            case "while parsing a flow sequence" -> "did not find expected ',' or ']'";
            case "while parsing a flow mapping" -> "did not find expected ',' or '}'";
            default -> problem;
        };
    }
}
