package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.applets.AwkLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the expressions of awk. */
abstract class AwkExpressions {
    static final Set<String> KEYWORDS = Set.of(
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
    static final int MAX_DEPTH = 200;

    final List<Token> tokens;
    int at;
    int depth;
    /** In print's values {@code >} is a redirection. */
    boolean noGreater;

    AwkExpressions(String text) {
        this.tokens = AwkLexer.tokens(text);
    }

    boolean last() {
        return at >= tokens.size() - 1 && tokens.get(at).is("\n");
    }

    static IllegalArgumentException wrong() {
        return new IllegalArgumentException("cmd. line:1: Unexpected token");
    }

    Token peek() {
        if (at >= tokens.size()) {
            throw new IllegalArgumentException("cmd. line:1: Unexpected end of string");
        }
        return tokens.get(at);
    }

    boolean is(String operator) {
        return at < tokens.size() && tokens.get(at).is(operator);
    }

    boolean isWord(String word) {
        return at < tokens.size()
                && (peek().kind() == 'w' || peek().kind() == 'f')
                && peek().text().equals(word);
    }

    boolean take(String operator) {
        if (is(operator)) {
            at++;
            return true;
        }
        return false;
    }

    boolean takeWord(String word) {
        if (isWord(word)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String operator) {
        if (!take(operator)) {
            throw wrong();
        }
    }

    void skip() {
        while (is("\n") && at < tokens.size() - 1 || is(";")) {
            at++;
        }
    }

    void newlines() {
        while (is("\n") && at < tokens.size() - 1) {
            at++;
        }
    }

    List<AwkNode> expressions() {
        List<AwkNode> all = new ArrayList<>();
        do {
            newlines();
            all.add(expression());
        } while (take(","));
        return all;
    }

    AwkNode expression() {
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

    static boolean target(AwkNode node) {
        return node instanceof AwkNode.Variable || node instanceof AwkNode.Field || node instanceof AwkNode.Element;
    }

    /** Levels: or, and, in, match, comparison, (unused), concatenation, sum, product. */
    AwkNode binary(int level) {
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

    AwkNode chain(int next, String... operators) {
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

    AwkNode membership() {
        AwkNode left = binary(3);
        while (isWord("in")) {
            at++;
            left = new AwkNode.In(List.of(left), peek().text());
            at++;
        }
        return left;
    }

    AwkNode matching() {
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

    AwkNode comparison() {
        AwkNode left = binary(6);
        for (String each : new String[] {"==", "!=", "<=", ">=", "<", ">"}) {
            if (is(each) && !(each.equals(">") && noGreater)) {
                at++;
                return new AwkNode.Binary(each, left, binary(6));
            }
        }
        return left;
    }

    boolean startsValue() {
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

    AwkNode concatenation() {
        AwkNode left = binary(7);
        while (startsValue() && !is("-") && !is("+")) {
            left = new AwkNode.Binary("", left, binary(7));
        }
        return left;
    }

    AwkNode unary() {
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

    AwkNode power() {
        AwkNode base = postfix();
        return take("^") ? new AwkNode.Binary("^", base, unary()) : base;
    }

    AwkNode postfix() {
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

    AwkNode primary() {
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

    AwkNode parenthesis() {
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

    AwkNode call(String name) {
        expect("(");
        boolean greater = noGreater;
        noGreater = false;
        List<AwkNode> arguments = is(")") ? List.of() : expressions();
        newlines();
        expect(")");
        noGreater = greater;
        return new AwkNode.Call(name, arguments);
    }

    AwkNode name(String name) {
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
