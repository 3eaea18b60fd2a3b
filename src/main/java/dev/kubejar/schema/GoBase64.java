package dev.kubejar.schema;

/** Finds the place at which Go's base64.StdEncoding gives up. */
final class GoBase64 {
    private final String text;
    private int at;

    private GoBase64(String text) {
        this.text = text;
    }

    /** The offset that Go reports for text that is not base64, or -1; line ends are skipped. */
    static int illegalAt(String text) {
        GoBase64 decoder = new GoBase64(text);
        while (decoder.at < text.length()) {
            int illegal = decoder.group();
            if (illegal >= 0) {
                return illegal;
            }
        }
        return -1;
    }

    private int group() {
        for (int read = 0; read < 4; read++) {
            skipLineEnds();
            if (at == text.length()) {
                return read == 0 ? -1 : at - read;
            }
            char c = text.charAt(at++);
            if (c == '=') {
                return read < 2 ? at - 1 : padding(read);
            }
            if (!alphabet(c)) {
                return at - 1;
            }
        }
        return -1;
    }

    private int padding(int read) {
        if (read == 2) {
            skipLineEnds();
            if (at == text.length()) {
                return at;
            }
            if (text.charAt(at) != '=') {
                return at - 1;
            }
            at++;
        }
        skipLineEnds();
        return at < text.length() ? at : -1;
    }

    private void skipLineEnds() {
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            at++;
        }
    }

    private static boolean alphabet(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }
}
