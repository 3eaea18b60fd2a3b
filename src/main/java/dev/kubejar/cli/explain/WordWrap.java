package dev.kubejar.cli.explain;

/** Breaks lines at white space as mitchellh/go-wordwrap does: line feeds and the spaces between words are kept. */
final class WordWrap {
    private final int limit;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder word = new StringBuilder();
    private final StringBuilder space = new StringBuilder();
    private int current;

    private WordWrap(int limit) {
        this.limit = limit;
    }

    static String wrap(String text, int limit) {
        WordWrap wrap = new WordWrap(limit);
        text.chars().forEach(c -> wrap.next((char) c));
        return wrap.end();
    }

    private void next(char c) {
        if (c == '\n') {
            line();
        } else if (Character.isWhitespace(c)) {
            if (space.length() == 0 || word.length() > 0) {
                settle();
            }
            space.append(c);
        } else {
            word.append(c);
            if (current + word.length() + space.length() > limit && word.length() < limit) {
                out.append('\n');
                current = 0;
                space.setLength(0);
            }
        }
    }

    private void line() {
        if (word.length() > 0 || current + space.length() <= limit) {
            settle();
        }
        space.setLength(0);
        out.append('\n');
        current = 0;
    }

    private void settle() {
        current += space.length() + word.length();
        out.append(space).append(word);
        space.setLength(0);
        word.setLength(0);
    }

    private String end() {
        if (word.length() > 0 || current + space.length() <= limit) {
            settle();
        }
        return out.toString();
    }
}
