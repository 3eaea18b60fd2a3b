package dev.kubejar.kubelet.shell.applets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads an awk program. */
final class AwkParser extends AwkExpressions {
    final List<AwkNode> begin = new ArrayList<>();
    final List<AwkNode> end = new ArrayList<>();
    final List<AwkNode.Rule> rules = new ArrayList<>();
    final Map<String, AwkNode.Function> functions = new HashMap<>();

    AwkParser(String text) {
        super(text);
        skip();
        while (at < tokens.size() && !last()) {
            item();
            skip();
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
}
