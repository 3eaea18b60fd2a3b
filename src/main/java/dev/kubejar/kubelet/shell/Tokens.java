package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.shell.Node.Redirection;
import dev.kubejar.kubelet.shell.Node.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The words, operators and newlines of a text, one after the other, and the here-documents between its lines. */
abstract class Tokens {
    static final int MAX_DEPTH = 200;
    private static final Set<String> KEYWORDS = Set.of(
            "!",
            "if",
            "then",
            "else",
            "elif",
            "fi",
            "while",
            "until",
            "for",
            "in",
            "do",
            "done",
            "case",
            "esac",
            "{",
            "}",
            "function",
            "[[");
    private static final List<String> OPERATORS = List.of(
            "<<-", "&&", "||", ";;", "<<", ">>", "<&", ">&", "<>", ">|", "&>", "|", "&", ";", "(", ")", "<", ">");

    final String text;
    final WordReader words;
    final List<Pending> pending = new ArrayList<>();
    int at;
    int line;
    int depth;
    boolean strict;

    Kind kind;
    String operator = "";
    Word word;
    int descriptor = -1;
    boolean ready;

    Tokens(String text, int line) {
        this.text = text;
        this.line = line;
        this.words = new WordReader(this, text);
    }

    /** Commands up to a closing parenthesis, which is taken. */
    abstract Node nested(String close) throws SyntaxError;

    /** What stands next: an operator, a newline, a word, or the end. */
    enum Kind {
        OPERATOR,
        NEWLINE,
        WORD,
        END
    }

    /** A here-document whose text follows the line, and the redirection that waits for it. */
    record Pending(List<Redirection> list, int index, String delimiter, boolean strip, boolean expands) {}

    void deeper(int most) throws SyntaxError {
        if (++depth > most) {
            throw new SyntaxError("syntax error: nested too deeply", line, false);
        }
    }

    void shallower() {
        depth--;
    }

    Kind look() throws SyntaxError {
        if (!ready) {
            scan();
            ready = true;
        }
        return kind;
    }

    void next() throws SyntaxError {
        look();
        ready = false;
        if (kind == Kind.NEWLINE) {
            readDocuments();
        }
    }

    void scan() throws SyntaxError {
        skipBlanks();
        descriptor = -1;
        word = null;
        operator = "";
        if (at >= text.length()) {
            kind = Kind.END;
            return;
        }
        if (text.charAt(at) == '\n') {
            at++;
            line++;
            kind = Kind.NEWLINE;
            return;
        }
        int digits = at;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits > at && digits - at < 5 && digits < text.length() && "<>".indexOf(text.charAt(digits)) >= 0) {
            descriptor = Integer.parseInt(text.substring(at, digits));
            at = digits;
        }
        for (String each : OPERATORS) {
            if (text.startsWith(each, at)) {
                at += each.length();
                operator = each;
                kind = Kind.OPERATOR;
                return;
            }
        }
        kind = Kind.WORD;
        word = words.word();
    }

    void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at += 2;
                line++;
            } else if (c == ' ' || c == '\t') {
                at++;
            } else if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else {
                return;
            }
        }
    }

    boolean isOperator(String wanted) throws SyntaxError {
        return look() == Kind.OPERATOR && operator.equals(wanted);
    }

    /** The keyword that stands next where a command may begin, or an empty text. */
    String keyword() throws SyntaxError {
        if (look() != Kind.WORD) {
            return "";
        }
        String literal = word.literal();
        return literal != null && KEYWORDS.contains(literal) ? literal : "";
    }

    SyntaxError unexpected(String expecting) throws SyntaxError {
        String what =
                switch (look()) {
                    case END -> "end of file";
                    case NEWLINE -> "newline";
                    case OPERATOR ->
                        operator.startsWith("<") || operator.startsWith(">") ? "redirection" : "\"" + operator + "\"";
                    case WORD -> keyword().isEmpty() ? "word" : "\"" + keyword() + "\"";
                };
        String more = expecting == null ? "" : " (expecting \"" + expecting + "\")";
        int where = kind == Kind.NEWLINE ? line - 1 : line;
        return new SyntaxError("syntax error: unexpected " + what + more, where, kind == Kind.END);
    }

    void expectOperator(String wanted) throws SyntaxError {
        if (look() == Kind.WORD) {
            throw new SyntaxError("syntax error: unexpected word (expecting \"" + wanted + "\")", line, false);
        }
        if (!isOperator(wanted)) {
            throw unexpected(wanted);
        }
        ready = false;
    }

    void expectKeyword(String wanted) throws SyntaxError {
        if (!keyword().equals(wanted)) {
            throw unexpected(wanted);
        }
        next();
    }

    void skipNewlines() throws SyntaxError {
        while (look() == Kind.NEWLINE) {
            next();
        }
    }

    void readDocuments() throws SyntaxError {
        List<Pending> all = new ArrayList<>(pending);
        pending.clear();
        for (Pending each : all) {
            StringBuilder body = new StringBuilder();
            int start = line;
            while (true) {
                if (at >= text.length()) {
                    if (strict) {
                        throw new SyntaxError("syntax error: unterminated here-document", line, true);
                    }
                    break;
                }
                int end = text.indexOf('\n', at);
                String row = text.substring(at, end < 0 ? text.length() : end);
                at = end < 0 ? text.length() : end + 1;
                line++;
                if (each.strip) {
                    row = row.replaceFirst("^\t+", "");
                }
                if (row.equals(each.delimiter)) {
                    break;
                }
                body.append(row).append('\n');
            }
            Word content = each.expands
                    ? WordReader.document(body.toString(), start)
                    : new Word(List.of(new Node.Literal(body.toString(), true)));
            each.list.set(each.index, new Redirection(each.list.get(each.index).descriptor(), "<<", content));
        }
    }
}
