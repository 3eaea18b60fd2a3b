package dev.kubejar.cel;

import dev.kubejar.cel.Lexer.Kind;
import dev.kubejar.cel.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads an expression; the first syntax error ends it. */
final class Parser {
    private static final String START =
            "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES,"
                    + " IDENTIFIER}";
    private static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");
    private static final Set<String> CLOSING = Set.of(")", "]", "}");
    private static final int DEEPEST = 250;

    /** Leaves the reading after a syntax error that is noted. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stop() {
            super(null, null, false, false);
        }
    }

    private final List<Token> tokens;
    private final Faults faults;
    private int next;
    private int depth;
    /** How many brackets are open. */
    private int open;

    private Parser(List<Token> tokens, Faults faults) {
        this.tokens = tokens;
        this.faults = faults;
    }

    /** The expression with its macros resolved; null after a fault. */
    static Expr parse(String text, Faults faults) {
        Parser parser = new Parser(Lexer.tokens(text, faults), faults);
        try {
            Expr expr = parser.expression();
            parser.expect("<EOF>");
            return faults.isEmpty() ? expr : null;
        } catch (Stop e) {
            return null;
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token ahead(int by) {
        return tokens.get(Math.min(next + by, tokens.size() - 1));
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    private boolean accept(String symbol) {
        if (peek().kind() != Kind.STRING && peek().is(symbol)) {
            take();
            return true;
        }
        return false;
    }

    private Stop syntax(Token at, String message) {
        faults.add(at.at(), "Syntax error: " + message);
        return new Stop();
    }

    private Token expect(String symbol) {
        Token token = peek();
        boolean end = symbol.equals("<EOF>");
        if (end ? token.kind() == Kind.END : token.is(symbol)) {
            return take();
        }
        String wanted = end ? symbol : "'" + symbol + "'";
        boolean extra = end ? ahead(1).kind() == Kind.END : ahead(1).is(symbol);
        if (extra && token.kind() != Kind.END) {
            faults.add(token.at(), "Syntax error: extraneous input '" + token.shown() + "' expecting " + wanted);
            take();
            return take();
        }
        if (token.kind() == Kind.END && open == 1 && CLOSING.contains(symbol)) {
            faults.add(token.at(), "Syntax error: missing " + wanted + " at '<EOF>'");
            return token;
        }
        throw syntax(token, "mismatched input '" + token.shown() + "' expecting " + wanted);
    }

    /** The token that closes what a bracket has opened. */
    private void close(String symbol) {
        expect(symbol);
        open--;
    }

    private Expr expression() {
        if (++depth > DEEPEST) {
            faults.add(-1, "expression recursion limit exceeded: " + DEEPEST);
            throw new Stop();
        }
        Expr condition = or();
        if (peek().is("?")) {
            Token op = take();
            Expr yes = or();
            expect(":");
            Expr no = expression();
            condition = Expr.call(op.at(), "_?_:_", condition, yes, no);
        }
        depth--;
        return condition;
    }

    private Expr or() {
        Expr left = and();
        while (peek().is("||")) {
            Token op = take();
            left = Expr.call(op.at(), "_||_", left, and());
        }
        return left;
    }

    private Expr and() {
        Expr left = relation();
        while (peek().is("&&")) {
            Token op = take();
            left = Expr.call(op.at(), "_&&_", left, relation());
        }
        return left;
    }

    private Expr relation() {
        Expr left = sum();
        while (true) {
            Token op = peek();
            String name =
                    switch (op.kind() == Kind.SYMBOL || op.kind() == Kind.IDENT ? op.text() : "") {
                        case "==", "!=", "<", "<=", ">", ">=" -> "_" + op.text() + "_";
                        case "in" -> "@in";
                        default -> null;
                    };
            if (name == null) {
                return left;
            }
            take();
            left = Expr.call(op.at(), name, left, sum());
        }
    }

    private Expr sum() {
        Expr left = product();
        while (peek().is("+") || peek().is("-")) {
            Token op = take();
            left = Expr.call(op.at(), "_" + op.text() + "_", left, product());
        }
        return left;
    }

    private Expr product() {
        Expr left = unary();
        while (peek().is("*") || peek().is("/") || peek().is("%")) {
            Token op = take();
            left = Expr.call(op.at(), "_" + op.text() + "_", left, unary());
        }
        return left;
    }

    private Expr unary() {
        Token op = peek();
        if (op.is("!")) {
            int count = 0;
            while (peek().is("!")) {
                take();
                count++;
            }
            Expr operand = member();
            return count % 2 == 0 ? operand : Expr.call(op.at(), "!_", operand);
        }
        if (op.is("-")) {
            Kind after = ahead(1).kind();
            if (after == Kind.INT || after == Kind.FLOAT) {
                return member();
            }
            int count = 0;
            while (peek().is("-")) {
                take();
                count++;
            }
            Expr operand = member();
            return count % 2 == 0 ? operand : Expr.call(op.at(), "-_", operand);
        }
        return member();
    }

    private Expr member() {
        Expr expr = primary();
        while (true) {
            Token op = peek();
            if (op.is(".")) {
                take();
                expr = selection(op, expr);
            } else if (op.is("[")) {
                take();
                open++;
                boolean optional = accept("?");
                Expr index = expression();
                close("]");
                expr = Expr.call(op.at(), optional ? "_[?_]" : "_[_]", expr, index);
            } else {
                return expr;
            }
        }
    }

    private Expr selection(Token op, Expr operand) {
        boolean optional = accept("?");
        Token name = peek();
        if (name.kind() != Kind.IDENT || keyword(name.text())) {
            String shown = name.kind() == Kind.END ? "" : name.shown();
            throw syntax(name, "no viable alternative at input '." + shown + "'");
        }
        take();
        if (optional) {
            return Expr.call(op.at(), "_?._", operand, Expr.literal(name.at(), name.text()));
        }
        if (peek().is("(")) {
            Token open = take();
            List<Expr> args = arguments(")");
            return Macros.call(open.at(), operand, name.text(), args, faults);
        }
        return Expr.select(op.at(), operand, name.text(), false);
    }

    private static boolean keyword(String word) {
        return word.equals("true") || word.equals("false") || word.equals("null") || word.equals("in");
    }

    private List<Expr> arguments(String close) {
        List<Expr> args = new ArrayList<>();
        if (accept(close)) {
            return args;
        }
        open++;
        do {
            args.add(expression());
        } while (accept(","));
        close(close);
        return args;
    }

    private Expr primary() {
        Token token = peek();
        switch (token.kind()) {
            case STRING -> {
                take();
                return Expr.literal(token.at(), token.text());
            }
            case BYTES -> {
                take();
                return Expr.literal(token.at(), Bytes.ofLatin(token.text()));
            }
            case INT, UINT, FLOAT -> {
                return number(take(), "");
            }
            case IDENT -> {
                return word(token);
            }
            default -> {
                return symbol(token);
            }
        }
    }

    private Expr symbol(Token token) {
        if (token.is("-") && (ahead(1).kind() == Kind.INT || ahead(1).kind() == Kind.FLOAT)) {
            take();
            Token digits = take();
            return number(new Token(digits.kind(), digits.text(), token.at()), "-");
        }
        if (accept("(")) {
            open++;
            Expr inner = expression();
            close(")");
            return inner;
        }
        if (accept("[")) {
            return list(token);
        }
        if (accept("{")) {
            return map(token);
        }
        if (token.is(".") && ahead(1).kind() == Kind.IDENT) {
            take();
            return word(peek());
        }
        return unexpected(token);
    }

    /** A token that starts nothing; it is passed over where the next one does. */
    private Expr unexpected(Token token) {
        if (token.kind() != Kind.END && starts(ahead(1))) {
            faults.add(token.at(), "Syntax error: extraneous input '" + token.shown() + "' expecting " + START);
            take();
            return primary();
        }
        throw syntax(token, "mismatched input '" + token.shown() + "' expecting " + START);
    }

    private static boolean starts(Token token) {
        return switch (token.kind()) {
            case IDENT -> !token.text().equals("in");
            case SYMBOL -> "[{(.-!".contains(token.text());
            case END -> false;
            default -> true;
        };
    }

    private Expr word(Token token) {
        if (token.text().equals("in")) {
            return unexpected(token);
        }
        take();
        switch (token.text()) {
            case "true" -> {
                return Expr.literal(token.at(), true);
            }
            case "false" -> {
                return Expr.literal(token.at(), false);
            }
            case "null" -> {
                return Expr.literal(token.at(), Null.VALUE);
            }
            default -> {}
        }
        if (RESERVED.contains(token.text()) && !peek().is("(")) {
            faults.add(token.at(), "reserved identifier: " + token.text());
        }
        if (peek().is("(")) {
            Token open = take();
            return Macros.call(open.at(), null, token.text(), arguments(")"), faults);
        }
        int saved = next;
        StringBuilder name = new StringBuilder(token.text());
        while (peek().is(".") && ahead(1).kind() == Kind.IDENT) {
            take();
            name.append('.').append(take().text());
        }
        if (peek().is("{")) {
            return struct(take(), name.toString());
        }
        next = saved;
        return Expr.ident(token.at(), token.text());
    }

    private Expr list(Token open) {
        List<Expr> elements = new ArrayList<>();
        List<Boolean> optionals = new ArrayList<>();
        this.open++;
        while (!peek().is("]")) {
            optionals.add(accept("?"));
            elements.add(expression());
            if (!accept(",")) {
                break;
            }
        }
        close("]");
        return Expr.list(open.at(), elements, optionals);
    }

    private Expr map(Token open) {
        List<Expr> entries = new ArrayList<>();
        List<Boolean> optionals = new ArrayList<>();
        this.open++;
        while (!peek().is("}")) {
            optionals.add(accept("?"));
            entries.add(expression());
            expect(":");
            entries.add(expression());
            if (!accept(",")) {
                break;
            }
        }
        close("}");
        return Expr.map(open.at(), entries, optionals);
    }

    private Expr struct(Token open, String type) {
        List<String> fields = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        List<Boolean> optionals = new ArrayList<>();
        this.open++;
        while (!peek().is("}")) {
            optionals.add(accept("?"));
            Token field = take();
            if (field.kind() != Kind.IDENT) {
                throw syntax(field, "mismatched input '" + field.shown() + "' expecting IDENTIFIER");
            }
            fields.add(field.text());
            expect(":");
            values.add(expression());
            if (!accept(",")) {
                break;
            }
        }
        close("}");
        return Expr.struct(open.at(), type, fields, values, optionals);
    }

    private Expr number(Token token, String sign) {
        String text = token.text();
        try {
            switch (token.kind()) {
                case FLOAT -> {
                    return Expr.literal(token.at(), Double.parseDouble(sign + text));
                }
                case UINT -> {
                    return Expr.literal(
                            token.at(),
                            new Unsigned(
                                    text.startsWith("0x")
                                            ? Long.parseUnsignedLong(text.substring(2), 16)
                                            : Long.parseUnsignedLong(text)));
                }
                default -> {
                    boolean hex = text.startsWith("0x") || text.startsWith("0X");
                    return Expr.literal(
                            token.at(),
                            hex ? Long.parseLong(sign + text.substring(2), 16) : Long.parseLong(sign + text));
                }
            }
        } catch (NumberFormatException e) {
            String what = token.kind() == Kind.UINT ? "uint" : token.kind() == Kind.FLOAT ? "double" : "int";
            faults.add(token.at(), "invalid " + what + " literal");
            return Expr.literal(token.at(), 0L);
        }
    }
}
