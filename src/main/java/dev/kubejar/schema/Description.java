package dev.kubejar.schema;

/** The text of a type or field, which only explain needs: it is fetched when it is asked for. */
record Description(int at, int length, String inline) {
    static final Description NONE = new Description(0, 0, "");

    static Description of(String text) {
        return new Description(0, 0, text);
    }

    String text() {
        return inline != null ? inline : SchemaReader.get().description(at, length);
    }
}
