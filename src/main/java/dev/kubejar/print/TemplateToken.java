package dev.kubejar.print;

import dev.kubejar.object.GoText;

/** A word of a Go template. */
record TemplateToken(Type type, String text, int pos) {
    enum Type {
        TEXT,
        LEFT,
        RIGHT,
        SPACE,
        IDENTIFIER,
        KEYWORD,
        FIELD,
        VARIABLE,
        DOT,
        NIL,
        BOOL,
        NUMBER,
        CHARACTER,
        STRING,
        RAW_STRING,
        PIPE,
        OPEN,
        CLOSE,
        DECLARE,
        ASSIGN,
        COMMA,
        CHAR,
        EOF,
        ERROR
    }

    boolean is(Type wanted) {
        return type == wanted;
    }

    boolean word(String keyword) {
        return type == Type.KEYWORD && text.equals(keyword);
    }

    /** As Go's parser shows it in errors. */
    String shown() {
        return switch (type) {
            case EOF -> "EOF";
            case ERROR -> text;
            case KEYWORD, DOT, NIL -> "<" + text + ">";
            default -> text.length() > 10 ? GoText.quoted(text.substring(0, 10)) + "..." : GoText.quoted(text);
        };
    }
}
