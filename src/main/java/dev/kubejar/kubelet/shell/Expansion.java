package dev.kubejar.kubelet.shell;

import dev.kubejar.kubelet.fs.ByteReader;
import dev.kubejar.kubelet.fs.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/** A word under construction: pieces of text that remember how they were quoted, until fields are made of them. */
final class Expansion {
    /** Text as it was written, without quotes: it may be a pattern but does not split. */
    static final int PLAIN = 0;
    /** Text in quotes. */
    static final int QUOTED = 1;
    /** What came out of an expansion without quotes: it splits and may be a pattern. */
    static final int SPLIT = 2;
    /** Between two parameters of {@code "$@"}: a field ends here whatever stands around. */
    static final int BREAK = 3;
    /** {@code "$@"} without parameters: it leaves no field behind unless other text does. */
    static final int NONE = 4;
    /** Between two parameters of {@code $*} without quotes: a field ends here if one has begun. */
    static final int SOFT = 5;

    private final List<String> texts = new ArrayList<>();
    private final List<Integer> modes = new ArrayList<>();

    private long size;

    void add(int mode, String text) {
        texts.add(text);
        modes.add(mode);
        size += text.length();
    }

    /** Bytes in all pieces. */
    long size() {
        return size;
    }

    /** One value without splitting: for assignments, targets, case subjects. */
    String joined() {
        if (texts.size() == 1 && modes.get(0) != BREAK) {
            return texts.get(0);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            out.append(modes.get(i) == BREAK || modes.get(i) == SOFT ? " " : texts.get(i));
        }
        return out.toString();
    }

    /** The word as a pattern: what was quoted is made to mean itself. */
    String pattern() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            out.append(modes.get(i) == QUOTED ? Pattern.escaped(text) : text);
        }
        return out.toString();
    }

    /** A field: its text, and the same as a pattern where it is one. */
    record Field(String text, String pattern) {}

    /** The fields that the word makes. */
    List<Field> fields(String ifs) {
        Fields fields = new Fields(ifs);
        for (int i = 0; i < texts.size(); i++) {
            fields.piece(modes.get(i), texts.get(i));
        }
        fields.finish();
        return fields.done;
    }

    private static final class Fields {
        final List<Field> done = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder pattern = new StringBuilder();
        private final String ifs;
        private boolean open;
        /** Quotes with nothing in them: a field, unless they stand around {@code $@} without parameters. */
        private boolean empty;

        private boolean globs;
        /** The last separator was white space only, so that one other separator may follow for free. */
        private boolean afterBlank;

        Fields(String ifs) {
            this.ifs = ifs;
        }

        void piece(int mode, String piece) {
            switch (mode) {
                case QUOTED -> {
                    empty |= piece.isEmpty();
                    open |= !piece.isEmpty();
                    text.append(piece);
                    pattern.append(Pattern.escaped(piece));
                    afterBlank = false;
                }
                case PLAIN -> plain(piece);
                case BREAK -> {
                    open = true;
                    end();
                    open = true;
                }
                case SPLIT -> {
                    open |= empty && !piece.isEmpty();
                    split(piece);
                }
                case SOFT -> end();
                default -> empty = false;
            }
        }

        private void plain(String piece) {
            if (!piece.isEmpty()) {
                open = true;
                afterBlank = false;
                text.append(piece);
                pattern.append(piece);
                globs |= Pattern.isPattern(piece);
            }
        }

        private void split(String piece) {
            int start = 0;
            for (int i = 0; i < piece.length(); i++) {
                char c = piece.charAt(i);
                if (ifs.indexOf(c) < 0) {
                    continue;
                }
                plain(piece.substring(start, i));
                start = i + 1;
                boolean blank = c == ' ' || c == '\t' || c == '\n';
                if (blank) {
                    if (open) {
                        end();
                        afterBlank = true;
                    }
                } else if (afterBlank) {
                    afterBlank = false;
                } else {
                    open = true;
                    end();
                }
            }
            plain(piece.substring(start));
        }

        private void end() {
            if (open) {
                done.add(new Field(text.toString(), globs ? pattern.toString() : null));
            }
            text.setLength(0);
            pattern.setLength(0);
            open = false;
            empty = false;
            globs = false;
        }

        void finish() {
            open |= empty;
            end();
        }
    }

    void save(ByteWriter out) {
        out.texts(texts);
        modes.forEach(out::number);
    }

    static Expansion load(ByteReader in) {
        Expansion expansion = new Expansion();
        expansion.texts.addAll(in.texts());
        for (int i = 0; i < expansion.texts.size(); i++) {
            expansion.modes.add(in.integer());
            expansion.size += expansion.texts.get(i).length();
        }
        return expansion;
    }
}
