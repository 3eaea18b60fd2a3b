package dev.kubejar.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Blocks of PEM (RFC 7468) in a text, found as Go's encoding/pem finds them: whatever else there is, is passed over. */
public final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** One block: what it says it is, whether lines with a colon stand before its content, and its content. */
    public record Block(String type, boolean headers, byte[] content) {}

    private Pem() {}

    /** All blocks of a text, in order. */
    public static List<Block> blocks(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        int at = begin(text, 0);
        while (at >= 0) {
            int lineEnd = lineEnd(text, at);
            String line = text.substring(at + BEGIN.length(), lineEnd).stripTrailing();
            int next = lineEnd;
            if (line.endsWith(DASHES)) {
                String type = line.substring(0, line.length() - DASHES.length());
                String last = END + type + DASHES;
                int end = text.indexOf(last, lineEnd);
                Block block = end < 0 ? null : block(type, text.substring(lineEnd, end));
                if (block != null) {
                    blocks.add(block);
                    next = end + last.length();
                }
            }
            at = begin(text, next);
        }
        return blocks;
    }

    private static int begin(String text, int from) {
        int at = text.indexOf(BEGIN, from);
        while (at > 0 && text.charAt(at - 1) != '\n') {
            at = text.indexOf(BEGIN, at + 1);
        }
        return at;
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static Block block(String type, String body) {
        boolean headers = false;
        StringBuilder content = new StringBuilder();
        for (String line : body.split("\n", -1)) {
            if (line.indexOf(':') >= 0 && content.length() == 0) {
                headers = true;
            } else {
                content.append(line.strip());
            }
        }
        try {
            return new Block(type, headers, Base64.getDecoder().decode(content.toString()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
