package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Escapes;
import dev.kubejar.kubelet.shell.Pattern;

/** What tr does to each byte. */
final class Translation {
    private static final int BYTES = 256;

    private final boolean[] chosen = new boolean[BYTES];
    private final boolean[] squeezed = new boolean[BYTES];
    private final char[] becomes = new char[BYTES];
    private final boolean deletes;

    Translation(String from, String to, boolean complement, boolean deletes, boolean squeezes) {
        this.deletes = deletes;
        String first = expand(from);
        if (complement) {
            StringBuilder others = new StringBuilder();
            for (char c = 0; c < BYTES; c++) {
                if (first.indexOf(c) < 0) {
                    others.append(c);
                }
            }
            first = others.toString();
        }
        String second = expand(to);
        for (char c = 0; c < BYTES; c++) {
            becomes[c] = c;
        }
        for (int i = 0; i < first.length(); i++) {
            char c = (char) (first.charAt(i) & 0xFF);
            chosen[c] = true;
            if (!second.isEmpty() && !deletes) {
                becomes[c] = (char) (second.charAt(Math.min(i, second.length() - 1)) & 0xFF);
            }
        }
        if (squeezes) {
            String last = second.isEmpty() ? first : second;
            for (int i = 0; i < last.length(); i++) {
                squeezed[last.charAt(i) & 0xFF] = true;
            }
        }
    }

    private static String expand(String set) {
        StringBuilder out = new StringBuilder();
        String text = Escapes.decode(set, true).text();
        int i = 0;
        while (i < text.length()) {
            int close = text.startsWith("[:", i) ? text.indexOf(":]", i) : -1;
            if (close > 0) {
                for (char c = 0; c < BYTES; c++) {
                    if (Pattern.inClass(text.substring(i + 2, close), c)) {
                        out.append(c);
                    }
                }
                i = close + 2;
            } else if (i + 2 < text.length() && text.charAt(i + 1) == '-' && text.charAt(i + 2) >= text.charAt(i)) {
                for (char c = text.charAt(i); c <= text.charAt(i + 2); c++) {
                    out.append(c);
                }
                i += 3;
            } else {
                out.append(text.charAt(i++));
            }
        }
        return out.toString();
    }

    /** Translates a piece, given the byte that was written last; the last byte afterwards. */
    int apply(String text, int before, StringBuilder out) {
        int last = before;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (deletes && chosen[c]) {
                continue;
            }
            char changed = deletes ? c : becomes[c];
            if (squeezed[changed] && changed == last) {
                continue;
            }
            out.append(changed);
            last = changed;
        }
        return last;
    }
}
