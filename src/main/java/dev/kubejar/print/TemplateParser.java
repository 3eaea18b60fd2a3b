package dev.kubejar.print;

import dev.kubejar.object.GoStrings;
import dev.kubejar.object.GoText;
import dev.kubejar.object.ParseError;
import dev.kubejar.print.TemplateToken.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a Go template; errors are text/template/parse's. */
final class TemplateParser {
    private static final int MAX_DEPTH = 250;

    private final String name;
    private final String input;
    private final List<TemplateToken> tokens;
    private final Map<String, List<TemplateNode>> templates = new HashMap<>();
    private final List<String> variables = new ArrayList<>(List.of("$"));
    private int next;
    private int ranges;
    private int depth;
    private int actionLine;
    private TemplateToken stop;

    TemplateParser(String name, String input) {
        this.name = name;
        this.input = input;
        this.tokens = TemplateLexer.tokens(input);
    }

    /** The bodies of the template itself and of those that it defines, by name. */
    Map<String, List<TemplateNode>> parse() {
        List<TemplateNode> body = list(true);
        if (stop.is(Type.KEYWORD)) {
            throw fault("unexpected {{" + stop.text() + "}}");
        }
        templates.put(name, body);
        return templates;
    }

    private ParseError fault(String message) {
        TemplateToken at = tokens.get(Math.min(Math.max(0, next - 1), tokens.size() - 1));
        return new ParseError("template: " + name + ":" + line(at.pos()) + ": " + message);
    }

    private int line(int pos) {
        int line = 1;
        for (int i = input.indexOf('\n'); i >= 0 && i < pos; i = input.indexOf('\n', i + 1)) {
            line++;
        }
        return line;
    }

    private ParseError unexpected(TemplateToken token, String context) {
        if (token.is(Type.ERROR)) {
            String extra = "";
            if (actionLine != 0 && actionLine != line(token.pos())) {
                extra = " in action started at " + name + ":" + actionLine;
                extra = token.text().endsWith(" action") ? extra.substring(" in action".length()) : extra;
            }
            return fault(token.text() + extra);
        }
        return fault("unexpected " + token.shown() + " in " + context);
    }

    private TemplateToken take() {
        return next < tokens.size() ? tokens.get(next++) : tokens.get(tokens.size() - 1);
    }

    private TemplateToken peek() {
        return tokens.get(Math.min(next, tokens.size() - 1));
    }

    private TemplateToken takeWord() {
        while (peek().is(Type.SPACE)) {
            next++;
        }
        return take();
    }

    private TemplateToken peekWord() {
        while (peek().is(Type.SPACE)) {
            next++;
        }
        return peek();
    }

    private void expectRight(String context) {
        TemplateToken token = takeWord();
        if (!token.is(Type.RIGHT)) {
            throw unexpected(token, context);
        }
    }

    /** Nodes up to the end of input, {@code {{end}}} or {@code {{else}}}, which is left in {@code stop}. */
    private List<TemplateNode> list(boolean top) {
        if (++depth > MAX_DEPTH) {
            throw fault("template is nested too deeply");
        }
        List<TemplateNode> nodes = new ArrayList<>();
        while (true) {
            TemplateToken token = take();
            if (token.is(Type.TEXT)) {
                nodes.add(new TemplateNode.Text(token.pos(), token.text()));
            } else if (token.is(Type.LEFT)) {
                actionLine = line(token.pos());
                TemplateToken word = peekWord();
                if (word.word("end") || word.word("else")) {
                    takeWord();
                    stop = word;
                    depth--;
                    return nodes;
                }
                TemplateNode node = action(top);
                if (node != null) {
                    nodes.add(node);
                }
            } else if (token.is(Type.EOF)) {
                if (!top) {
                    throw fault("unexpected EOF");
                }
                stop = token;
                depth--;
                return nodes;
            } else {
                throw unexpected(token, "input");
            }
        }
    }

    private TemplateNode action(boolean top) {
        TemplateToken word = peekWord();
        if (!word.is(Type.KEYWORD)) {
            int pos = word.pos();
            return new TemplateNode.Action(pos, pipeline("command", Type.RIGHT));
        }
        takeWord();
        switch (word.text()) {
            case "if", "with", "range":
                return branch(word);
            case "template":
                return invoke(word);
            case "block":
                return block(word);
            case "define":
                if (!top || depth > 1) {
                    throw unexpected(word, "command");
                }
                define();
                return null;
            default:
                expectRight("{{" + word.text() + "}}");
                if (ranges == 0) {
                    throw fault("{{" + word.text() + "}} outside {{range}}");
                }
                return new TemplateNode.Jump(word.pos(), word.text());
        }
    }

    private TemplateNode branch(TemplateToken word) {
        int scope = variables.size();
        String keyword = word.text();
        TemplateNode.Pipe pipe = pipeline(keyword, Type.RIGHT);
        ranges += keyword.equals("range") ? 1 : 0;
        List<TemplateNode> body = list(false);
        ranges -= keyword.equals("range") ? 1 : 0;
        List<TemplateNode> otherwise = List.of();
        if (stop.word("else")) {
            TemplateToken chained = peekWord();
            if (!keyword.equals("range") && chained.word(keyword)) { // {{else if}} shares the end
                takeWord();
                if (++depth > MAX_DEPTH) {
                    throw fault("template is nested too deeply");
                }
                otherwise = List.of(branch(chained));
                depth--;
                cut(scope);
                return new TemplateNode.Branch(word.pos(), keyword, pipe, body, otherwise);
            }
            expectRight("else");
            otherwise = list(false);
            if (!stop.word("end")) {
                throw fault("expected end; found {{else}}");
            }
        }
        expectRight("end");
        cut(scope);
        return new TemplateNode.Branch(word.pos(), keyword, pipe, body, otherwise);
    }

    private void cut(int scope) {
        variables.subList(scope, variables.size()).clear();
    }

    private String templateName(String context) {
        TemplateToken token = takeWord();
        if (!token.is(Type.STRING) && !token.is(Type.RAW_STRING)) {
            throw unexpected(token, context);
        }
        return string(token);
    }

    private String string(TemplateToken token) {
        String inside = token.text().substring(1, token.text().length() - 1);
        String value = token.is(Type.RAW_STRING)
                ? inside
                : GoStrings.unquote(inside, token.text().charAt(0));
        if (value == null) {
            throw fault("invalid syntax");
        }
        return value;
    }

    private TemplateNode invoke(TemplateToken word) {
        String template = templateName("template clause");
        TemplateNode.Pipe pipe = null;
        if (!takeWord().is(Type.RIGHT)) {
            next--;
            pipe = pipeline("template clause", Type.RIGHT);
        }
        return new TemplateNode.Invoke(word.pos(), template, pipe);
    }

    private TemplateNode block(TemplateToken word) {
        String template = templateName("block clause");
        TemplateNode.Pipe pipe = pipeline("block clause", Type.RIGHT);
        body(template, "block clause");
        return new TemplateNode.Invoke(word.pos(), template, pipe);
    }

    private void define() {
        String template = templateName("define clause");
        expectRight("define clause");
        body(template, "define clause");
    }

    private void body(String template, String context) {
        List<String> outer = new ArrayList<>(variables);
        variables.clear();
        variables.add("$");
        templates.put(template, list(false));
        if (!stop.word("end")) {
            throw fault("unexpected {{else}} in " + context);
        }
        expectRight("end");
        variables.clear();
        variables.addAll(outer);
    }

    private TemplateNode.Pipe pipeline(String context, Type end) {
        int pos = peekWord().pos();
        List<String> declared = new ArrayList<>();
        boolean assign = declarations(context, declared);
        List<TemplateNode.Command> commands = new ArrayList<>();
        while (true) {
            TemplateToken token = takeWord();
            switch (token.type()) {
                case RIGHT, CLOSE -> {
                    if (!token.is(end)) {
                        throw unexpected(token, context);
                    }
                    check(commands, context);
                    return new TemplateNode.Pipe(pos, assign, declared, commands);
                }
                case BOOL, CHARACTER, DOT, FIELD, IDENTIFIER, NUMBER, NIL, RAW_STRING, STRING, VARIABLE, OPEN -> {
                    next--;
                    commands.add(command());
                }
                default -> throw unexpected(token, context);
            }
        }
    }

    private void check(List<TemplateNode.Command> commands, String context) {
        if (commands.isEmpty()) {
            throw fault("missing value for " + context);
        }
        for (int i = 1; i < commands.size(); i++) {
            TemplateNode first = commands.get(i).words().get(0);
            if (first instanceof TemplateNode.Constant
                    || first instanceof TemplateNode.Dot
                    || first instanceof TemplateNode.Nil) {
                throw fault("non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    /** {@code $a :=}, {@code $a =} or, in a range, {@code $a, $b :=}; whether it assigns. */
    private boolean declarations(String context, List<String> declared) {
        while (peekWord().is(Type.VARIABLE)) {
            int back = next;
            String variable = take().text();
            TemplateToken operator = peekWord();
            if (operator.is(Type.DECLARE) || operator.is(Type.ASSIGN)) {
                take();
                declared.add(variable);
                if (operator.is(Type.DECLARE)) {
                    variables.addAll(declared);
                } else {
                    known(variable);
                }
                return operator.is(Type.ASSIGN);
            }
            boolean pair = operator.is(Type.COMMA) && context.equals("range") && declared.isEmpty();
            if (operator.is(Type.COMMA) && !pair) {
                throw fault("too many declarations in " + context);
            }
            if (!pair) {
                next = back;
                return false;
            }
            take();
            declared.add(variable);
            if (!peekWord().is(Type.VARIABLE)) {
                throw fault("range can only initialize variables");
            }
        }
        return false;
    }

    private void known(String variable) {
        if (!variables.contains(variable)) {
            throw fault("undefined variable " + GoText.quoted(variable));
        }
    }

    private TemplateNode.Command command() {
        int pos = peekWord().pos();
        List<TemplateNode> words = new ArrayList<>();
        while (true) {
            TemplateNode word = operand();
            if (word != null) {
                words.add(word);
            }
            TemplateToken token = take();
            if (token.is(Type.SPACE)) {
                TemplateToken ahead = peekWord();
                if (!ahead.is(Type.PIPE) && !ahead.is(Type.RIGHT) && !ahead.is(Type.CLOSE)) {
                    if (word == null) {
                        throw unexpected(takeWord(), "operand");
                    }
                    continue;
                }
                token = take();
            }
            if (token.is(Type.RIGHT) || token.is(Type.CLOSE)) {
                next--;
            } else if (!token.is(Type.PIPE)) {
                throw unexpected(token, "operand");
            }
            if (words.isEmpty()) {
                throw fault("empty command");
            }
            if (token.is(Type.PIPE) && (peekWord().is(Type.RIGHT) || peek().is(Type.CLOSE))) {
                throw fault("missing value for command");
            }
            return new TemplateNode.Command(pos, words);
        }
    }

    private TemplateNode operand() {
        TemplateNode node = term();
        if (node == null || !peek().is(Type.FIELD)) {
            return node;
        }
        int pos = peek().pos();
        List<String> fields = new ArrayList<>();
        while (peek().is(Type.FIELD)) {
            fields.add(take().text().substring(1));
        }
        if (node instanceof TemplateNode.Fields first) {
            fields.addAll(0, first.names());
            return new TemplateNode.Fields(pos, fields);
        }
        if (node instanceof TemplateNode.Variable variable) {
            return new TemplateNode.Variable(pos, variable.name(), fields);
        }
        if (node instanceof TemplateNode.Constant
                || node instanceof TemplateNode.Nil
                || node instanceof TemplateNode.Dot) {
            throw fault("unexpected . after term " + GoText.quoted(node.toString()));
        }
        return new TemplateNode.Chain(pos, node, fields);
    }

    private TemplateNode term() {
        TemplateToken token = takeWord();
        int pos = token.pos();
        switch (token.type()) {
            case IDENTIFIER:
                if (!TemplateFunctions.NAMES.contains(token.text())) {
                    throw fault("function " + GoText.quoted(token.text()) + " not defined");
                }
                return new TemplateNode.Function(pos, token.text());
            case DOT:
                return new TemplateNode.Dot(pos);
            case NIL:
                return new TemplateNode.Nil(pos);
            case VARIABLE:
                known(token.text());
                return new TemplateNode.Variable(pos, token.text(), List.of());
            case FIELD:
                return new TemplateNode.Fields(pos, List.of(token.text().substring(1)));
            case BOOL:
                return new TemplateNode.Constant(pos, token.text().equals("true"), token.text());
            case NUMBER:
                return new TemplateNode.Constant(pos, TemplateNumber.parse(token.text()), token.text());
            case CHARACTER:
                String character = string(token);
                if (character.codePointCount(0, character.length()) != 1) {
                    throw fault("malformed character constant: " + token.text());
                }
                return new TemplateNode.Constant(pos, (long) character.codePointAt(0), token.text());
            case STRING, RAW_STRING:
                return new TemplateNode.Constant(pos, string(token), token.text());
            case OPEN:
                if (++depth > MAX_DEPTH) {
                    throw fault("template is nested too deeply");
                }
                TemplateNode.Pipe inner = pipeline("parenthesized pipeline", Type.CLOSE);
                depth--;
                return inner;
            default:
                next--;
                return null;
        }
    }
}
