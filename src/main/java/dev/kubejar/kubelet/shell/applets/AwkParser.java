package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.applets.AwkLexer.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an awk program. */
final class AwkParser {
    private static final Set<String> KEYWORDS = Set.of(
            "if",
            "else",
            "while",
            "for",
            "do",
            "in",
            "next",
            "exit",
            "break",
            "continue",
            "print",
            "printf",
            "delete",
            "return",
            "getline",
            "function",
            "func",
            "BEGIN",
            "END");
    private static final int MAX_DEPTH = 200;

    final List<AwkNode> begin = new ArrayList<>();
    final List<AwkNode> end = new ArrayList<>();
    final List<AwkNode.Rule> rules = new ArrayList<>();
    final Map<String, AwkNode.Function> functions = new HashMap<>();
    private final List<Token> tokens;
    private int at;
    private int depth;
    /** In print's values {@code >} is a redirection; inside a for's header {@code in} is its own. */
    private boolean noGreater;

    private boolean noIn;

    AwkParser(String text) {
        this.tokens = AwkLexer.tokens(text);
        skip();
        while (at < tokens.size() && !last()) {
            item();
            skip();
        }
    }

    private boolean last() {
        return at >= tokens.size() - 1 && tokens.get(at).is("\n");
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("cmd. line:1: Unexpected token");
    }

    private Token peek() {
        if (at >= tokens.size()) {
            throw new IllegalArgumentException("cmd. line:1: Unexpected end of string");
        }
        return tokens.get(at);
    }

    private boolean is(String operator) {
        return at < tokens.size() && tokens.get(at).is(operator);
    }

    private boolean isWord(String word) {
        return at < tokens.size()
                && (peek().kind() == 'w' || peek().kind() == 'f')
                && peek().text().equals(word);
    }

    private boolean take(String operator) {
        if (is(operator)) {
            at++;
            return true;
        }
        return false;
    }

    private boolean takeWord(String word) {
        if (isWord(word)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String operator) {
        if (!take(operator)) {
            throw wrong();
        }
    }

    private void skip() {
        while (is("\n") && at < tokens.size() - 1 || is(";")) {
            at++;
        }
    }

    private void newlines() {
        while (is("\n") && at < tokens.size() - 1) {
            at++;
        }
    }

    private void item() {
        if (takeWord("function") || takeWord("func")) {
            function();
            return;
        }
        if (takeWord("BEGIN")) {
            begin.add(block());
            return;
        }
        if (takeWord("END")) {
            end.add(block());
            return;
        }
        AwkNode pattern = is("{") ? null : expression();
        AwkNode until = pattern != null && take(",") ? expression() : null;
        rules.add(new AwkNode.Rule(pattern, until, is("{") ? block() : null));
    }

    private void function() {
        String name = peek().text();
        at++;
        expect("(");
        List<String> parameters = new ArrayList<>();
        while (!take(")")) {
            parameters.add(peek().text());
            at++;
            take(",");
        }
        newlines();
        functions.put(name, new AwkNode.Function(parameters, block()));
    }

    private AwkNode block() {
        newlines();
        expect("{");
        List<AwkNode> body = new ArrayList<>();
        skip();
        while (!take("}")) {
            body.add(statement());
            skip();
            peek();
        }
        return new AwkNode.Block(body);
    }

    private AwkNode statement() {
        if (++depth > MAX_DEPTH) {
            throw wrong();
        }
        try {
            if (is("{")) {
                return block();
            }
            if (takeWord("if")) {
                return conditional();
            }
            if (takeWord("while")) {
                expect("(");
                AwkNode test = expression();
                expect(")");
                return new AwkNode.Loop(null, test, null, body(), false);
            }
            if (takeWord("do")) {
                AwkNode body = body();
                skip();
                if (!takeWord("while")) {
                    throw wrong();
                }
                expect("(");
                AwkNode test = expression();
                expect(")");
                return new AwkNode.Loop(null, test, null, body, true);
            }
            if (takeWord("for")) {
                return loop();
            }
            if (is(";")) {
                at++;
                return new AwkNode.Block(List.of());
            }
            return simple();
        } finally {
            depth--;
        }
    }

    private AwkNode body() {
        newlines();
        if (take(";")) {
            return new AwkNode.Block(List.of());
        }
        return statement();
    }

    private AwkNode conditional() {
        expect("(");
        AwkNode test = expression();
        expect(")");
        AwkNode then = body();
        int mark = at;
        skip();
        if (takeWord("else")) {
            return new AwkNode.If(test, then, body());
        }
        at = mark;
        return new AwkNode.If(test, then, null);
    }

    private AwkNode loop() {
        expect("(");
        if (peek().kind() == 'w'
                && at + 3 < tokens.size()
                && tokens.get(at + 1).text().equals("in")
                && tokens.get(at + 3).is(")")) {
            String variable = peek().text();
            String array = tokens.get(at + 2).text();
            at += 4;
            return new AwkNode.ForIn(variable, array, body());
        }
        AwkNode start = is(";") ? null : simple();
        expect(";");
        newlines();
        AwkNode test = is(";") ? null : expression();
        expect(";");
        newlines();
        AwkNode step = is(")") ? null : simple();
        expect(")");
        return new AwkNode.Loop(start, test, step, body(), false);
    }

    private boolean over() {
        return is(";") || is("\n") || is("}");
    }

    private AwkNode simple() {
        for (String kind : new String[] {"next", "break", "continue", "exit", "return"}) {
            if (takeWord(kind)) {
                boolean takes = (kind.equals("exit") || kind.equals("return")) && !over();
                return new AwkNode.Jump(kind, takes ? expression() : null);
            }
        }
        if (takeWord("delete")) {
            String array = peek().text();
            at++;
            List<AwkNode> index = new ArrayList<>();
            if (take("[")) {
                index.addAll(expressions());
                expect("]");
            }
            return new AwkNode.Delete(array, index);
        }
        if (isWord("print") || isWord("printf")) {
            return print();
        }
        return expression();
    }

    private AwkNode print() {
        boolean formatted = peek().text().equals("printf");
        at++;
        List<AwkNode> values = new ArrayList<>();
        noGreater = true;
        if (!over() && !is(">") && !is(">>") && !is("|")) {
            values.addAll(grouped());
        }
        noGreater = false;
        for (String redirection : new String[] {">", ">>", "|"}) {
            if (take(redirection)) {
                return new AwkNode.Print(formatted, values, redirection, binary(7));
            }
        }
        return new AwkNode.Print(formatted, values, "", null);
    }

    /** {@code print (a, b)} lists values in parentheses; {@code print (a) b} does not. */
    private List<AwkNode> grouped() {
        if (is("(")) {
            int mark = at++;
            boolean before = noGreater;
            noGreater = false;
            List<AwkNode> values = expressions();
            noGreater = before;
            if (take(")") && (over() || is(">") || is(">>") || is("|"))) {
                return values;
            }
            at = mark;
        }
        return expressions();
    }

    private List<AwkNode> expressions() {
        List<AwkNode> all = new ArrayList<>();
        do {
            newlines();
            all.add(expression());
        } while (take(","));
        return all;
    }

    private AwkNode expression() {
        if (++depth > MAX_DEPTH) {
            throw wrong();
        }
        try {
            AwkNode left = binary(0);
            if (take("?")) {
                newlines();
                AwkNode yes = expression();
                newlines();
                expect(":");
                newlines();
                return new AwkNode.Conditional(left, yes, expression());
            }
            for (String each : new String[] {"=", "+=", "-=", "*=", "/=", "%=", "^="}) {
                if (is(each) && target(left)) {
                    at++;
                    newlines();
                    return new AwkNode.Assign(left, each.substring(0, each.length() - 1), expression());
                }
            }
            return left;
        } finally {
            depth--;
        }
    }

    private static boolean target(AwkNode node) {
        return node instanceof AwkNode.Variable || node instanceof AwkNode.Field || node instanceof AwkNode.Element;
    }

    /** Levels: or, and, in, match, comparison, (unused), concatenation, sum, product. */
    private AwkNode binary(int level) {
        return switch (level) {
            case 0 -> chain(1, "||");
            case 1 -> chain(2, "&&");
            case 2 -> membership();
            case 3 -> matching();
            case 4 -> comparison();
            case 5, 6 -> concatenation();
            case 7 -> chain(8, "+", "-");
            case 8 -> chain(9, "*", "/", "%");
            default -> unary();
        };
    }

    private AwkNode chain(int next, String... operators) {
        AwkNode left = binary(next);
        while (true) {
            String found = null;
            for (String each : operators) {
                found = is(each) ? each : found;
            }
            if (found == null) {
                return left;
            }
            at++;
            if (next <= 2) {
                newlines();
            }
            left = new AwkNode.Binary(found, left, binary(next));
        }
    }

    private AwkNode membership() {
        AwkNode left = binary(3);
        while (!noIn && isWord("in")) {
            at++;
            left = new AwkNode.In(List.of(left), peek().text());
            at++;
        }
        return left;
    }

    private AwkNode matching() {
        AwkNode left = binary(4);
        while (true) {
            if (take("~")) {
                left = new AwkNode.Binary("~", left, binary(4));
            } else if (is("!") && at + 1 < tokens.size() && tokens.get(at + 1).is("~")) {
                at += 2;
                left = new AwkNode.Unary("!", new AwkNode.Binary("~", left, binary(4)));
            } else {
                return left;
            }
        }
    }

    private AwkNode comparison() {
        AwkNode left = binary(6);
        for (String each : new String[] {"==", "!=", "<=", ">=", "<", ">"}) {
            if (is(each) && !(each.equals(">") && noGreater)) {
                at++;
                return new AwkNode.Binary(each, left, binary(6));
            }
        }
        return left;
    }

    private boolean startsValue() {
        if (at >= tokens.size()) {
            return false;
        }
        Token token = tokens.get(at);
        return switch (token.kind()) {
            case 'n', 's', 'r', 'f' -> true;
            case 'w' -> !KEYWORDS.contains(token.text());
            default ->
                token.is("$")
                        || token.is("!") && !tokens.get(at + 1).is("~")
                        || token.is("(")
                        || token.is("-")
                        || token.is("+")
                        || token.is("++")
                        || token.is("--");
        };
    }

    private AwkNode concatenation() {
        AwkNode left = binary(7);
        while (startsValue() && !is("-") && !is("+")) {
            left = new AwkNode.Binary("", left, binary(7));
        }
        return left;
    }

    private AwkNode unary() {
        if (++depth > MAX_DEPTH) {
            throw wrong();
        }
        try {
            for (String each : new String[] {"!", "-", "+"}) {
                if (take(each)) {
                    return new AwkNode.Unary(each, unary());
                }
            }
            return power();
        } finally {
            depth--;
        }
    }

    private AwkNode power() {
        AwkNode base = postfix();
        return take("^") ? new AwkNode.Binary("^", base, unary()) : base;
    }

    private AwkNode postfix() {
        if (is("++") || is("--")) {
            int by = is("++") ? 1 : -1;
            at++;
            return new AwkNode.Step(postfix(), by, true);
        }
        AwkNode value = primary();
        if (target(value) && (is("++") || is("--"))) {
            int by = is("++") ? 1 : -1;
            at++;
            return new AwkNode.Step(value, by, false);
        }
        return value;
    }

    private AwkNode primary() {
        Token token = peek();
        at++;
        switch (token.kind()) {
            case 'n':
                return new AwkNode.Constant(Double.parseDouble(token.text()));
            case 's':
                return new AwkNode.Constant(token.text());
            case 'r':
                return new AwkNode.Match(new AwkNode.Constant(token.text()));
            case 'f':
                return call(token.text());
            case 'w':
                return name(token.text());
            default:
                if (token.is("$")) {
                    return new AwkNode.Field(is("++") || is("--") ? postfix() : primary());
                }
                if (token.is("(")) {
                    return parenthesis();
                }
                throw wrong();
        }
    }

    private AwkNode parenthesis() {
        boolean greater = noGreater;
        noGreater = false;
        List<AwkNode> values = expressions();
        expect(")");
        noGreater = greater;
        if (values.size() > 1) {
            if (!takeWord("in")) {
                throw wrong();
            }
            at++;
            return new AwkNode.In(values, tokens.get(at - 1).text());
        }
        return new AwkNode.Unary("()", values.get(0));
    }

    private AwkNode call(String name) {
        expect("(");
        boolean greater = noGreater;
        noGreater = false;
        List<AwkNode> arguments = is(")") ? List.of() : expressions();
        newlines();
        expect(")");
        noGreater = greater;
        return new AwkNode.Call(name, arguments);
    }

    private AwkNode name(String name) {
        if (name.equals("length")) {
            return new AwkNode.Call("length", List.of());
        }
        if (KEYWORDS.contains(name)) {
            throw wrong();
        }
        if (take("[")) {
            List<AwkNode> index = expressions();
            expect("]");
            return new AwkNode.Element(name, index);
        }
        return new AwkNode.Variable(name);
    }
}
