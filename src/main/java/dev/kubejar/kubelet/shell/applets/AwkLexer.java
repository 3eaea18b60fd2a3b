package dev.kubejar.kubelet.shell.applets;

import java.util.ArrayList;
import java.util.List;

/** Cuts an awk program into tokens. */
final class AwkLexer {
    /** Kinds: n number, s string, r regular expression, f name with a parenthesis right behind it, w name, o operator or newline. */
    record Token(char kind, String text) {
        boolean is(String operator) {
            return kind == 'o' && text.equals(operator);
        }
    }

    private static final String[] OPERATORS = {
        "&&", "||", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**", ">>", "{", "}", "(",
        ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", "<", ">", "|", "?", ":", "~", "$", "="
    };

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    AwkLexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        AwkLexer lexer = new AwkLexer(text);
        while (lexer.next()) {
            // each call adds what it finds
        }
        lexer.tokens.add(new Token('o', "\n"));
        return lexer.tokens;
    }

    private boolean next() {
        while (at < text.length() && " \t\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        if (c == '#') {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
            at += 2;
        } else if (c == '\n') {
            at++;
            tokens.add(new Token('o', "\n"));
        } else if (c == '"') {
            at++;
            tokens.add(new Token(
                    's',
                    dev.kubejar.kubelet.shell.Escapes.decode(quoted('"'), true).text()));
        } else if (Character.isDigit(c)
                || c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1))) {
            number();
        } else if (Character.isLetter(c) || c == '_') {
            name();
        } else if (c == '/' && regexAllowed()) {
            at++;
            tokens.add(new Token('r', quoted('/').replace("\\/", "/")));
        } else {
            operator();
        }
        return true;
    }

    private boolean regexAllowed() {
        if (tokens.isEmpty()) {
            return true;
        }
        Token last = tokens.get(tokens.size() - 1);
        return last.kind == 'o' && !last.text.equals(")") && !last.text.equals("]") && !last.text.equals("$");
    }

    private String quoted(char end) {
        StringBuilder out = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw new IllegalArgumentException("cmd. line:1: Unexpected end of string");
            }
            char c = text.charAt(at++);
            if (c == end) {
                return out.toString();
            }
            out.append(c);
            if (c == '\\' && at < text.length()) {
                out.append(text.charAt(at++));
            }
        }
    }

    private void number() {
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        if (at + 1 < text.length()
                && (text.charAt(at) == 'e' || text.charAt(at) == 'E')
                && (Character.isDigit(text.charAt(at + 1)) || "+-".indexOf(text.charAt(at + 1)) >= 0)) {
            at += 2;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
        }
        tokens.add(new Token('n', text.substring(start, at)));
    }

    private void name() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        boolean call = at < text.length() && text.charAt(at) == '(';
        tokens.add(new Token(call ? 'f' : 'w', text.substring(start, at)));
    }

    private void operator() {
        for (String each : OPERATORS) {
            if (text.startsWith(each, at)) {
                at += each.length();
                tokens.add(new Token('o', each.equals("**") ? "^" : each));
                return;
            }
        }
        throw new IllegalArgumentException("cmd. line:1: Unexpected token");
    }
}
