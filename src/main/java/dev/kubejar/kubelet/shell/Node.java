package dev.kubejar.kubelet.shell;

import java.util.List;

/** A command of the shell language, as it was written. */
sealed interface Node {
    /** Assignments, words and redirections; any of them may be absent. The line counts from the start of its text. */
    record Simple(List<Assignment> assignments, List<Word> words, List<Redirection> redirections, int line)
            implements Node {}

    record Pipeline(List<Node> parts, boolean negated) implements Node {}

    record AndOr(Node left, boolean and, Node right) implements Node {}

    record Sequence(List<Node> parts) implements Node {}

    record Background(Node body) implements Node {}

    record Subshell(Node body) implements Node {}

    record If(Node test, Node then, Node otherwise) implements Node {}

    record Loop(Node test, Node body, boolean until) implements Node {}

    /** Without items it goes over the positional parameters. */
    record For(String name, List<Word> items, Node body) implements Node {}

    record Case(Word subject, List<Arm> arms) implements Node {}

    record Function(String name, Node body) implements Node {}

    record Redirected(Node body, List<Redirection> redirections, int line) implements Node {}

    /** What could not be read any further; running it reports that and ends the shell. */
    record Broken(String message, int line) implements Node {}

    record Arm(List<Word> patterns, Node body) {}

    record Assignment(String name, Word value, boolean append) {}

    /** The operator is one of {@code < > >> >| <> <& >& <<}; of a here-document the word is the text. */
    record Redirection(int descriptor, String operator, Word target) {}

    /** Parts side by side that make a word, or a text in which things are replaced. */
    record Word(List<Part> parts) {
        /** The word's text where it is plain and without quotes, or null. */
        String literal() {
            if (parts.size() != 1 || !(parts.get(0) instanceof Literal only) || only.quoted()) {
                return null;
            }
            return only.text();
        }
    }

    sealed interface Part {}

    record Literal(String text, boolean quoted) implements Part {}

    /** {@code ~} or {@code ~user} at a word's start. */
    record Tilde(String user) implements Part {}

    /** {@code $name} and {@code ${name…}}; the operator is empty, {@code #len}, {@code :-}, {@code %%} and so on. */
    record Parameter(String name, String operator, Word argument, Word second, boolean quoted) implements Part {}

    record Substitution(Node body, boolean quoted) implements Part {}

    record Arithmetic(Word expression, boolean quoted) implements Part {}
}
