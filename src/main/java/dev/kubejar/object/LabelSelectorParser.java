package dev.kubejar.object;

import dev.kubejar.object.LabelSelector.Operator;
import dev.kubejar.object.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Reads a label selector's text token by token, so that it stumbles where apimachinery's parser does. */
final class LabelSelectorParser {
    private static final String BINARY_OPERATORS = "in, notin, =, ==, !=, gt, lt";

    private enum Type {
        END,
        CLOSE,
        COMMA,
        NOT,
        DOUBLE_EQUALS,
        EQUALS,
        GREATER,
        IDENTIFIER,
        IN,
        LESS,
        NOT_EQUALS,
        NOT_IN,
        OPEN,
        ERROR
    }

    private record Token(Type type, String text) {
        boolean name() {
            return type == Type.IDENTIFIER || type == Type.IN || type == Type.NOT_IN;
        }

        boolean startsRequirement() {
            return name() || type == Type.NOT;
        }
    }

    private final String text;
    private int pos;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    LabelSelectorParser(String text) {
        this.text = text;
    }

    List<Requirement> parse() {
        Token token;
        do {
            token = token();
            tokens.add(token);
        } while (token.type() != Type.END);
        List<Requirement> found = new ArrayList<>();
        while (peek().startsRequirement()) {
            try {
                found.add(requirement());
            } catch (ParseError e) {
                throw new ParseError("unable to parse requirement: " + e.getMessage());
            }
            Token after = take();
            if (after.type() == Type.END) {
                return found;
            }
            if (after.type() != Type.COMMA) {
                throw found(after, ", expected: ',' or 'end of string'");
            }
            if (!peek().startsRequirement()) {
                throw found(peek(), ", expected: identifier after ','");
            }
        }
        if (peek().type() != Type.END) {
            throw found(peek(), ", expected: !, identifier, or 'end of string'");
        }
        return found;
    }

    private static ParseError found(Token token, String expected) {
        return new ParseError("found '" + token.text() + "'" + expected);
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        return next < tokens.size() ? tokens.get(next++) : tokens.get(tokens.size() - 1);
    }

    private Requirement requirement() {
        Token key = take();
        boolean absent = key.type() == Type.NOT;
        if (absent) {
            key = take();
        }
        if (!key.name()) {
            throw found(key, ", expected: identifier");
        }
        List<String> problems = LabelSyntax.keyProblems(key.text());
        if (!problems.isEmpty()) {
            String why = String.join("; ", problems);
            throw new ParseError(LabelSelector.invalid("<nil>", GoText.quoted(key.text()), why));
        }
        // apimachinery infers "exists" here; after ! it never looks for an operator.
        if (absent) {
            return LabelSelector.requirement(key.text(), Operator.DOES_NOT_EXIST, List.of(), "");
        }
        if (peek().type() == Type.END || peek().type() == Type.COMMA) {
            return LabelSelector.requirement(key.text(), Operator.EXISTS, List.of(), "");
        }
        Operator operator = operator(take());
        boolean set = operator == Operator.IN || operator == Operator.NOT_IN;
        return LabelSelector.requirement(key.text(), operator, set ? values() : value(), "");
    }

    private static Operator operator(Token token) {
        return switch (token.type()) {
            case IN -> Operator.IN;
            case NOT_IN -> Operator.NOT_IN;
            case EQUALS -> Operator.EQUALS;
            case DOUBLE_EQUALS -> Operator.DOUBLE_EQUALS;
            case NOT_EQUALS -> Operator.NOT_EQUALS;
            case GREATER -> Operator.GREATER_THAN;
            case LESS -> Operator.LESS_THAN;
            default -> throw found(token, ", expected: " + BINARY_OPERATORS);
        };
    }

    private Collection<String> value() {
        if (peek().type() == Type.END || peek().type() == Type.COMMA) {
            return List.of("");
        }
        Token value = take();
        if (!value.name()) {
            throw found(value, ", expected: identifier");
        }
        return List.of(value.text());
    }

    private Collection<String> values() {
        Token open = take();
        if (open.type() != Type.OPEN) {
            throw found(open, " expected: '('");
        }
        Token first = peek();
        if (first.type() == Type.CLOSE) {
            take();
            return List.of("");
        }
        if (!first.name() && first.type() != Type.COMMA) {
            throw found(first, ", expected: ',', ')' or identifier");
        }
        TreeSet<String> values = identifiers();
        if (take().type() != Type.CLOSE) {
            throw found(first, ", expected: ')'");
        }
        return values;
    }

    private TreeSet<String> identifiers() {
        TreeSet<String> values = new TreeSet<>();
        while (true) {
            Token token = take();
            if (token.name()) {
                values.add(token.text());
                if (peek().type() == Type.CLOSE) {
                    return values;
                }
                if (peek().type() != Type.COMMA) {
                    throw found(peek(), ", expected: ',' or ')'");
                }
            } else if (token.type() == Type.COMMA) {
                if (values.isEmpty() || peek().type() == Type.COMMA || peek().type() == Type.CLOSE) {
                    values.add("");
                }
                if (peek().type() == Type.CLOSE) {
                    return values;
                }
            } else {
                throw found(token, ", expected: ',', or identifier");
            }
        }
    }

    private Token token() {
        while (pos < text.length() && " \t\r\n".indexOf(text.charAt(pos)) >= 0) {
            pos++;
        }
        if (pos >= text.length() || text.charAt(pos) == 0) {
            return new Token(Type.END, "");
        }
        return special(text.charAt(pos)) ? symbol() : word();
    }

    private static boolean special(char c) {
        return "=!(),><".indexOf(c) >= 0;
    }

    private Token word() {
        int start = pos;
        while (pos < text.length()
                && text.charAt(pos) != 0
                && !special(text.charAt(pos))
                && " \t\r\n".indexOf(text.charAt(pos)) < 0) {
            pos++;
        }
        String word = text.substring(start, pos);
        return new Token(
                switch (word) {
                    case "in" -> Type.IN;
                    case "notin" -> Type.NOT_IN;
                    default -> Type.IDENTIFIER;
                },
                word);
    }

    private Token symbol() {
        char c = text.charAt(pos++);
        boolean pair = pos < text.length() && text.charAt(pos) == '=' && (c == '=' || c == '!');
        if (pair) {
            pos++;
            return c == '=' ? new Token(Type.DOUBLE_EQUALS, "==") : new Token(Type.NOT_EQUALS, "!=");
        }
        Type type =
                switch (c) {
                    case '=' -> Type.EQUALS;
                    case '!' -> Type.NOT;
                    case '(' -> Type.OPEN;
                    case ')' -> Type.CLOSE;
                    case ',' -> Type.COMMA;
                    case '>' -> Type.GREATER;
                    case '<' -> Type.LESS;
                    default -> Type.ERROR;
                };
        return new Token(type, String.valueOf(c));
    }
}
