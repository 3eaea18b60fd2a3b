package dev.kubejar.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Takes a command line apart as sh does: words with quotes and variables, pipes, {@code ;}, {@code &&}, {@code ||}, redirections and
 * documents ({@code <<EOF}). Substitutions of commands, loops and functions are for the host's shell.
 */
final class CommandLine {
    private final Map<String, String> variables;
    private final Lines more;
    private final UnaryOperator<List<String>> patterns;
    private String text;
    private int at;

    private final List<Step> steps = new ArrayList<>();
    private List<Stage> stages = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private List<Redirect> redirects = new ArrayList<>();
    private final List<int[]> documents = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private String after = "";
    private int stageStart;
    /** Whether the last word was typed without quotes, so that patterns in it are patterns. */
    private boolean plain;

    private CommandLine(String text, Lines more, Map<String, String> variables, UnaryOperator<List<String>> patterns) {
        this.text = text;
        this.more = more;
        this.variables = variables;
        this.patterns = patterns;
    }

    /**
     * Reads one command line, and as many further lines as it goes on for.
     *
     * @param patterns puts the names of files in the place of a word that is a pattern
     * @throws Incomplete where the lines end before it does
     * @throws IllegalArgumentException for what makes no sense, worded
     */
    static List<Step> read(
            String first, Lines more, Map<String, String> variables, UnaryOperator<List<String>> patterns) {
        return new CommandLine(first, more, variables, patterns).parse();
    }

    private List<Step> parse() {
        while (true) {
            blanks();
            if (at >= text.length()) {
                if (stages.isEmpty() && words.isEmpty() && redirects.isEmpty() && after.isEmpty()
                        || !words.isEmpty()
                        || !redirects.isEmpty()) {
                    break;
                }
                further("|");
                stageStart = at;
                continue;
            }
            char c = text.charAt(at);
            if (c == '#') {
                at = text.length();
            } else if (text.startsWith("&&", at) || text.startsWith("||", at)) {
                String next = text.substring(at, at + 2);
                step(at);
                at += 2;
                after = next;
                stageStart = at;
            } else if (c == ';') {
                if (words.isEmpty() && stages.isEmpty()) {
                    throw new IllegalArgumentException("syntax error near \";\"");
                }
                step(at++);
                after = "";
                stageStart = at;
            } else if (c == '|') {
                stage(at++);
                stageStart = at;
            } else if (c == '&') {
                throw new IllegalArgumentException("commands cannot be put into the background here");
            } else if (!redirection()) {
                word();
            }
        }
        if (!words.isEmpty() || !redirects.isEmpty() || !stages.isEmpty()) {
            step(text.length());
        }
        documents();
        return steps;
    }

    private void blanks() {
        while (at < text.length()) {
            if (text.charAt(at) == ' ' || text.charAt(at) == '\t') {
                at++;
            } else if (text.charAt(at) == '\\' && at + 1 >= text.length()) {
                text = text.substring(0, at);
                further("\\");
            } else {
                return;
            }
        }
    }

    /** Takes the next line to what is there: the command goes on. */
    private void further(String what) {
        String next = more.next();
        if (next == null) {
            throw new Incomplete(what);
        }
        text = what.equals("\\") ? text + next : text + "\n" + next;
        if (!what.equals("\\") && !what.equals("'") && !what.equals("\"")) {
            at++;
        }
    }

    private void stage(int end) {
        if (words.isEmpty() && redirects.isEmpty()) {
            throw new IllegalArgumentException(
                    "syntax error near \"" + text.charAt(Math.min(end, text.length() - 1)) + "\"");
        }
        stages.add(new Stage(text.substring(stageStart, end).strip(), words, redirects, ""));
        words = new ArrayList<>();
        redirects = new ArrayList<>();
    }

    private void step(int end) {
        stage(end);
        steps.add(new Step(after, stages));
        stages = new ArrayList<>();
    }

    /** {@code > file}, {@code 2>> file}, {@code 2>&1}, {@code < file}, {@code <<END}, {@code <<<word}. */
    private boolean redirection() {
        int start = at;
        int stream = -1;
        if (Character.isDigit(text.charAt(at)) && at + 1 < text.length() && "<>".indexOf(text.charAt(at + 1)) >= 0) {
            stream = text.charAt(at++) - '0';
        }
        if (at >= text.length() || "<>".indexOf(text.charAt(at)) < 0) {
            at = start;
            return false;
        }
        boolean out = text.charAt(at++) == '>';
        stream = stream >= 0 ? stream : out ? 1 : 0;
        if (out && text.startsWith("&", at)) {
            at++;
            redirects.add(new Redirect(stream, Redirect.Kind.JOIN, operand()));
        } else if (out) {
            boolean append = text.startsWith(">", at);
            at += append ? 1 : 0;
            redirects.add(new Redirect(stream, append ? Redirect.Kind.APPEND : Redirect.Kind.WRITE, operand()));
        } else if (text.startsWith("<<", at)) {
            at += 2;
            redirects.add(new Redirect(0, Redirect.Kind.DOCUMENT, operand() + "\n"));
        } else if (text.startsWith("<", at)) {
            document();
        } else {
            redirects.add(new Redirect(stream, Redirect.Kind.READ, operand()));
        }
        return true;
    }

    private String operand() {
        blanks();
        int before = words.size();
        if (at < text.length()) {
            word();
        }
        if (words.size() == before) {
            throw new IllegalArgumentException("syntax error: a redirection names no file");
        }
        return words.remove(words.size() - 1);
    }

    private void document() {
        at++;
        boolean tabs = text.startsWith("-", at);
        at += tabs ? 1 : 0;
        String end = operand();
        documents.add(new int[] {steps.size(), stages.size(), redirects.size(), tabs ? 1 : 0, plain ? 1 : 0});
        ends.add(end);
        redirects.add(new Redirect(0, Redirect.Kind.DOCUMENT, ""));
    }

    /** Reads the documents whose end was named, in order; without quotes around that, variables are put in. */
    private void documents() {
        for (int i = 0; i < ends.size(); i++) {
            int[] where = documents.get(i);
            StringBuilder body = new StringBuilder();
            StringBuilder verbatim = new StringBuilder();
            while (true) {
                String line = more.next();
                if (line == null) {
                    throw new Incomplete("<<");
                }
                verbatim.append('\n').append(line);
                String shown = where[3] == 1 ? line.replaceFirst("^\t+", "") : line;
                if (shown.equals(ends.get(i))) {
                    break;
                }
                body.append(where[4] == 1 ? filled(shown) : shown).append('\n');
            }
            List<Stage> pipe = steps.get(where[0]).stages();
            Stage stage = pipe.get(where[1]);
            stage.redirects().set(where[2], new Redirect(0, Redirect.Kind.DOCUMENT, body.toString()));
            pipe.set(where[1], new Stage(stage.raw(), stage.words(), stage.redirects(), stage.documents() + verbatim));
        }
    }

    private String filled(String line) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length() && "$\\`".indexOf(line.charAt(i + 1)) >= 0) {
                out.append(line.charAt(++i));
            } else if (c == '$') {
                i = variable(line, i, out);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private void word() {
        StringBuilder word = new StringBuilder();
        plain = true;
        boolean any = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                quoted(word);
                plain = false;
            } else if (c == '"') {
                doubleQuoted(word);
                plain = false;
            } else if (c == '\\') {
                if (at + 1 >= text.length()) {
                    text = text.substring(0, at);
                    further("\\");
                    continue;
                }
                word.append(text.charAt(at + 1));
                at += 2;
                plain = false;
            } else if (c == '$') {
                at = variable(text, at, word) + 1;
            } else if (" \t\n;|&<>".indexOf(c) >= 0) {
                break;
            } else {
                word.append(c);
                at++;
            }
            any = true;
        }
        if (any && !(plain && word.length() == 0)) {
            String done = plain && word.indexOf("~") == 0 ? home(word.toString()) : word.toString();
            words.addAll(plain ? patterns.apply(List.of(done)) : List.of(done));
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
    }

    private String home(String word) {
        boolean own = word.equals("~") || word.startsWith("~/");
        return own ? variables.getOrDefault("HOME", "~") + word.substring(1) : word;
    }

    private void quoted(StringBuilder word) {
        int end = text.indexOf('\'', at + 1);
        while (end < 0) {
            further("'");
            end = text.indexOf('\'', at + 1);
        }
        word.append(text, at + 1, end);
        at = end + 1;
    }

    private void doubleQuoted(StringBuilder word) {
        at++;
        while (true) {
            if (at >= text.length()) {
                further("\"");
            }
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return;
            }
            if (c == '\\' && at + 1 < text.length() && "\"\\$`\n".indexOf(text.charAt(at + 1)) >= 0) {
                word.append(text.charAt(at + 1) == '\n' ? "" : String.valueOf(text.charAt(at + 1)));
                at += 2;
            } else if (c == '$') {
                at = variable(text, at, word) + 1;
            } else {
                word.append(c);
                at++;
            }
        }
    }

    /** Puts a variable's value in; gives where its name ends. A dollar before anything else is a dollar. */
    private int variable(String in, int dollar, StringBuilder out) {
        int from = dollar + 1;
        boolean braces = from < in.length() && in.charAt(from) == '{';
        from += braces ? 1 : 0;
        int end = from;
        while (end < in.length() && (Character.isLetterOrDigit(in.charAt(end)) || in.charAt(end) == '_')) {
            end++;
        }
        boolean named = end > from && !Character.isDigit(in.charAt(from)) || in.startsWith("?", from);
        if (in.startsWith("?", from)) {
            end = from + 1;
        }
        if (!named || braces && (end >= in.length() || in.charAt(end) != '}')) {
            out.append('$');
            return dollar;
        }
        out.append(variables.getOrDefault(in.substring(from, end), ""));
        return braces ? end : end - 1;
    }
}
