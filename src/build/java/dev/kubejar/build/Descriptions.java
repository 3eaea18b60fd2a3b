package dev.kubejar.build;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts a description together from two lossy copies: the models have a space for every newline and tab, the messages lack
 * empty lines.
 */
final class Descriptions {
    private Descriptions() {}

    /** Words and the white space before each of them; the last space stands behind the last word. */
    private record Words(List<String> words, List<String> spaces) {
        static Words of(String text) {
            List<String> words = new ArrayList<>();
            List<String> spaces = new ArrayList<>();
            int at = 0;
            while (at < text.length()) {
                int word = at;
                while (word < text.length() && isSpace(text.charAt(word))) {
                    word++;
                }
                int end = word;
                while (end < text.length() && !isSpace(text.charAt(end))) {
                    end++;
                }
                spaces.add(text.substring(at, word));
                words.add(text.substring(word, end));
                at = end;
            }
            return new Words(words, spaces);
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\n' || c == '\t';
        }
    }

    /** The text of the model with the line breaks of the message, and with the empty lines that it lacks. */
    static String join(String model, String message) {
        Words flat = Words.of(model.strip());
        Words broken = Words.of(message.strip());
        StringBuilder text = new StringBuilder();
        int there = 0;
        for (int i = 0; i < flat.words.size(); i++) {
            int found = there < broken.words.size() && same(broken.words.get(there), flat.words.get(i))
                    ? there
                    : next(broken.words, flat.words, i, there);
            text.append(i == 0 ? "" : space(flat.spaces.get(i), found > 0 ? broken.spaces.get(found) : " "));
            text.append(found < 0 ? flat.words.get(i) : broken.words.get(found));
            there = found >= 0 ? found + 1 : there;
        }
        return text.toString();
    }

    /** Where the message goes on with this word and the one after it, or -1. */
    private static int next(List<String> broken, List<String> flat, int i, int from) {
        for (int j = from; j < Math.min(broken.size(), from + 40); j++) {
            if (same(broken.get(j), flat.get(i))
                    && (i + 1 == flat.size() || j + 1 < broken.size() && same(broken.get(j + 1), flat.get(i + 1)))) {
                return j;
            }
        }
        return -1;
    }

    /** The models' generator keeps a description from ending the comment that it puts it into. */
    private static boolean same(String broken, String flat) {
        return broken.equals(flat)
                || flat.indexOf('_') >= 0
                        && broken.equals(flat.replace("*_/", "*/").replace("/_*", "/*"));
    }

    private static String space(String flat, String broken) {
        int more = flat.length() - broken.length();
        if (more <= 0) {
            return flat.length() == broken.length() ? broken : flat;
        }
        return broken.equals(" ") ? "\n".repeat(flat.length()) : "\n".repeat(more) + broken;
    }
}
