package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.shell.Node.Redirection;
import dev.kubejar.kubelet.shell.Node.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads shell language as busybox' ash does, with its complaints. */
final class Parser extends Tokens {
    Parser(String text, int line) {
        super(text, line);
    }

    /** A whole text; what cannot be read becomes a command that reports it after all before it has run. */
    static Node program(String text, int line) {
        Parser parser = new Parser(text, line);
        List<Node> parts = new ArrayList<>();
        try {
            while (true) {
                Node next = parser.line();
                if (next == null) {
                    return new Node.Sequence(parts);
                }
                parts.add(next);
            }
        } catch (SyntaxError e) {
            parts.add(new Node.Broken(e.getMessage(), e.line));
            return new Node.Sequence(parts);
        }
    }

    /** The commands of the next line that has any, or null at the end. */
    Node line() throws SyntaxError {
        skipNewlines();
        if (look() == Kind.END) {
            return null;
        }
        Node list = list(Set.of());
        if (look() != Kind.NEWLINE && look() != Kind.END) {
            throw unexpected(null);
        }
        if (look() == Kind.NEWLINE) {
            next();
        } else {
            readDocuments();
        }
        return list;
    }

    /** From now on a here-document without its end is an error, as it is while more text may come. */
    Parser strict() {
        strict = true;
        return this;
    }

    /** A text that must be right as a whole. */
    Node whole() throws SyntaxError {
        List<Node> parts = new ArrayList<>();
        for (Node next = line(); next != null; next = line()) {
            parts.add(next);
        }
        return new Node.Sequence(parts);
    }

    /** Commands up to a closing parenthesis, which is taken. */
    @Override
    Node nested(String close) throws SyntaxError {
        Parser inner = new Parser(text, line);
        inner.at = at;
        inner.depth = depth;
        inner.deeper(MAX_DEPTH);
        Node body = inner.compound(Set.of(close), true);
        inner.expectOperator(close);
        at = inner.at;
        line = inner.line;
        return body;
    }

    /** Commands with newlines among them, up to one of these keywords or operators, which stays. */
    private Node compound(Set<String> stops, boolean mayBeEmpty) throws SyntaxError {
        List<Node> parts = new ArrayList<>();
        skipNewlines();
        while (!stops.contains(keyword())
                && !(look() == Kind.OPERATOR && stops.contains(operator))
                && look() != Kind.END) {
            parts.add(list(stops));
            if (look() != Kind.NEWLINE) {
                break;
            }
            skipNewlines();
        }
        if (parts.isEmpty() && !mayBeEmpty) {
            throw unexpected(
                    look() != Kind.END
                            ? null
                            : stops.contains("fi") ? "fi" : stops.iterator().next());
        }
        return parts.size() == 1 ? parts.get(0) : new Node.Sequence(parts);
    }

    /** Commands of one line, parted by semicolons and ampersands. */
    private Node list(Set<String> stops) throws SyntaxError {
        List<Node> parts = new ArrayList<>();
        while (true) {
            Node part = andOr();
            if (isOperator("&")) {
                next();
                part = new Node.Background(part);
            } else if (isOperator(";")) {
                next();
            } else {
                parts.add(part);
                break;
            }
            parts.add(part);
            Kind kindNow = look();
            if (kindNow == Kind.NEWLINE
                    || kindNow == Kind.END
                    || stops.contains(keyword())
                    || kindNow == Kind.OPERATOR
                            && (stops.contains(operator) || operator.equals(")") || operator.equals(";;"))) {
                break;
            }
        }
        return parts.size() == 1 ? parts.get(0) : new Node.Sequence(parts);
    }

    private Node andOr() throws SyntaxError {
        Node left = pipeline();
        while (isOperator("&&") || isOperator("||")) {
            boolean and = operator.equals("&&");
            next();
            skipNewlines();
            left = new Node.AndOr(left, and, pipeline());
        }
        return left;
    }

    private Node pipeline() throws SyntaxError {
        boolean negated = false;
        while (keyword().equals("!")) {
            next();
            negated = !negated;
        }
        List<Node> parts = new ArrayList<>();
        parts.add(command());
        while (isOperator("|")) {
            next();
            skipNewlines();
            parts.add(command());
        }
        return parts.size() == 1 && !negated ? parts.get(0) : new Node.Pipeline(parts, negated);
    }

    private Node command() throws SyntaxError {
        deeper(MAX_DEPTH);
        try {
            int start = line;
            Node body = compoundCommand();
            if (body == null) {
                return simple();
            }
            if (body instanceof Node.Function) {
                return body;
            }
            List<Redirection> redirections = new ArrayList<>();
            while (isRedirection()) {
                redirection(redirections);
            }
            return redirections.isEmpty() ? body : new Node.Redirected(body, redirections, start);
        } finally {
            depth--;
        }
    }

    private Node compoundCommand() throws SyntaxError {
        if (isOperator("(")) {
            next();
            Node body = compound(Set.of(")"), false);
            expectOperator(")");
            return new Node.Subshell(body);
        }
        switch (keyword()) {
            case "if":
                next();
                return conditional();
            case "while":
            case "until":
                boolean until = keyword().equals("until");
                next();
                Node test = compound(Set.of("do"), false);
                return new Node.Loop(test, doGroup(), until);
            case "for":
                next();
                return forLoop();
            case "case":
                next();
                return caseOf();
            case "{":
                next();
                Node body = compound(Set.of("}"), false);
                expectKeyword("}");
                return body;
            case "function":
                next();
                return named();
            case "", "[[":
                return null;
            default:
                throw unexpected(null);
        }
    }

    private Node conditional() throws SyntaxError {
        Node test = compound(Set.of("then"), false);
        expectKeyword("then");
        Node then = compound(Set.of("elif", "else", "fi"), false);
        if (keyword().equals("elif")) {
            next();
            return new Node.If(test, then, conditional());
        }
        Node otherwise = null;
        if (keyword().equals("else")) {
            next();
            otherwise = compound(Set.of("fi"), false);
        }
        expectKeyword("fi");
        return new Node.If(test, then, otherwise);
    }

    private Node doGroup() throws SyntaxError {
        expectKeyword("do");
        Node body = compound(Set.of("done"), false);
        expectKeyword("done");
        return body;
    }

    private Node forLoop() throws SyntaxError {
        String name = look() == Kind.WORD ? word.literal() : null;
        if (name == null || !Text.isName(name)) {
            throw new SyntaxError("syntax error: bad for loop variable", line, look() == Kind.END);
        }
        next();
        skipNewlines();
        List<Word> items = null;
        if (keyword().equals("in")) {
            next();
            items = new ArrayList<>();
            while (look() == Kind.WORD) {
                items.add(word);
                next();
            }
            if (look() != Kind.NEWLINE && !isOperator(";")) {
                throw unexpected(null);
            }
            next();
        } else if (isOperator(";")) {
            next();
        }
        skipNewlines();
        return new Node.For(name, items, doGroup());
    }

    private Node caseOf() throws SyntaxError {
        if (look() != Kind.WORD) {
            throw unexpected(null);
        }
        Word subject = word;
        next();
        skipNewlines();
        expectKeyword("in");
        skipNewlines();
        List<Node.Arm> arms = new ArrayList<>();
        while (!keyword().equals("esac")) {
            if (isOperator("(")) {
                next();
            }
            List<Word> patterns = new ArrayList<>();
            do {
                if (!patterns.isEmpty()) {
                    next();
                }
                if (look() != Kind.WORD) {
                    throw unexpected(")");
                }
                patterns.add(word);
                next();
            } while (isOperator("|"));
            expectOperator(")");
            Node body = compound(Set.of(";;", "esac"), true);
            arms.add(new Node.Arm(patterns, body));
            if (isOperator(";;")) {
                next();
                skipNewlines();
            } else if (!keyword().equals("esac")) {
                throw unexpected(";;");
            }
        }
        next();
        return new Node.Case(subject, arms);
    }

    private Node named() throws SyntaxError {
        String name = look() == Kind.WORD ? word.literal() : null;
        if (name == null) {
            throw unexpected(null);
        }
        next();
        if (isOperator("(")) {
            next();
            expectOperator(")");
        }
        return function(name);
    }

    private Node function(String name) throws SyntaxError {
        skipNewlines();
        Node body = command();
        return new Node.Function(name, body);
    }

    private Node simple() throws SyntaxError {
        List<Node.Assignment> assignments = new ArrayList<>();
        List<Word> arguments = new ArrayList<>();
        List<Redirection> redirections = new ArrayList<>();
        look();
        int start = line;
        while (true) {
            if (isRedirection() && !isTest(arguments)) {
                redirection(redirections);
            } else if (look() == Kind.WORD) {
                Node.Assignment assignment = arguments.isEmpty() ? Assignments.of(word) : null;
                if (assignment != null) {
                    assignments.add(assignment);
                } else {
                    arguments.add(word);
                }
                next();
            } else if (isTest(arguments) && look() == Kind.OPERATOR) {
                arguments.add(new Word(List.of(new Node.Literal(operator, true))));
                next();
            } else if (isOperator("(") && arguments.size() == 1 && assignments.isEmpty() && redirections.isEmpty()) {
                next();
                expectOperator(")");
                String name = arguments.get(0).literal();
                if (name == null || !Text.isName(name.replace('-', '_').replace('.', '_'))) {
                    throw new SyntaxError("syntax error: bad function name", line, false);
                }
                return function(name);
            } else {
                break;
            }
        }
        if (arguments.isEmpty() && assignments.isEmpty() && redirections.isEmpty()) {
            throw unexpected(null);
        }
        return new Node.Simple(assignments, arguments, redirections, start);
    }

    /** Whether these are the words of a {@code [[} that has not been closed: operators are words in it. */
    private static boolean isTest(List<Word> arguments) {
        return !arguments.isEmpty()
                && "[[".equals(arguments.get(0).literal())
                && !"]]".equals(arguments.get(arguments.size() - 1).literal());
    }

    private boolean isRedirection() throws SyntaxError {
        return look() == Kind.OPERATOR
                && (operator.charAt(0) == '<' || operator.charAt(0) == '>' || operator.equals("&>"));
    }

    private void redirection(List<Redirection> list) throws SyntaxError {
        String sign = operator;
        int from = descriptor >= 0 ? descriptor : sign.charAt(0) == '<' ? 0 : 1;
        next();
        if (look() != Kind.WORD) {
            throw unexpected(null);
        }
        Word target = word;
        if (sign.startsWith("<<")) {
            StringBuilder delimiter = new StringBuilder();
            boolean quoted = false;
            for (Node.Part part : target.parts()) {
                if (part instanceof Node.Literal literal) {
                    delimiter.append(literal.text());
                    quoted |= literal.quoted();
                }
            }
            pending.add(new Pending(list, list.size(), delimiter.toString(), sign.equals("<<-"), !quoted));
            list.add(new Redirection(from, "<<", new Word(List.of())));
        } else if (sign.equals("&>")) {
            list.add(new Redirection(1, ">", target));
            list.add(new Redirection(2, ">&", new Word(List.of(new Node.Literal("1", false)))));
        } else {
            list.add(new Redirection(from, sign, target));
        }
        next();
    }
}
