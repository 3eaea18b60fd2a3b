package dev.kubejar.repl;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;

/** Tells the line editor when a command is whole; until then Enter goes on to a further line. */
final class LineParser extends DefaultParser {
    private final Supplier<Map<String, String>> variables;
    private boolean commands = true;

    LineParser(Supplier<Map<String, String>> variables) {
        this.variables = variables;
        setEofOnUnclosedQuote(false);
        setEofOnEscapedNewLine(false);
    }

    /** Whether lines are commands, or parts of a document. */
    void commands(boolean value) {
        commands = value;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && commands && !line.startsWith("!")) {
            whole(line);
        }
        return super.parse(line, cursor, context);
    }

    private void whole(String text) {
        Lines lines = Lines.of(text);
        for (String line = lines.next(); line != null; line = lines.next()) {
            try {
                List<Step> steps = CommandLine.read(line, lines, variables.get(), words -> words);
                if (steps.stream().anyMatch(step -> step.stages().stream().anyMatch(LineParser::reads))) {
                    return; // what follows is a document
                }
            } catch (Incomplete e) {
                throw new EOFError(-1, -1, e.getMessage(), e.getMessage());
            } catch (IllegalArgumentException e) {
                return; // the interpreter will say what is wrong
            }
        }
    }

    private static boolean reads(Stage stage) {
        return stage.words().contains("-") && stage.redirects().isEmpty();
    }
}
