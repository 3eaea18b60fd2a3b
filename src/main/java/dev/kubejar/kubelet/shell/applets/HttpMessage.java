package dev.kubejar.kubelet.shell.applets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request or an answer of HTTP: first line, headers, body. */
record HttpMessage(String startLine, List<String> headers, String body) {
    /** Null where the bytes are no message. */
    static HttpMessage parse(String bytes) {
        int end = bytes.indexOf("\n\r\n");
        int bare = bytes.indexOf("\n\n");
        int head = end >= 0 && (bare < 0 || end < bare) ? end : bare;
        String top = head < 0 ? bytes : bytes.substring(0, head);
        String body = head < 0 ? "" : bytes.substring(head + (head == end ? 3 : 2));
        String[] lines = top.split("\r?\n");
        if (lines[0].isBlank()) {
            return null;
        }
        List<String> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            headers.add(lines[i]);
        }
        HttpMessage message = new HttpMessage(lines[0].stripTrailing(), headers, body);
        if (bytes.startsWith("HTTP/") && message.status() < 0 || !lines[0].contains(" ")) {
            return null;
        }
        return "chunked".equalsIgnoreCase(message.header("transfer-encoding"))
                ? new HttpMessage(message.startLine, headers, unchunked(body))
                : message;
    }

    private static String unchunked(String body) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int end = body.indexOf("\r\n", at);
            if (end < 0) {
                break;
            }
            int size;
            try {
                size = Integer.parseInt(body.substring(at, end).trim().split(";")[0], 16);
            } catch (NumberFormatException e) {
                break;
            }
            if (size == 0 || end + 2 + size > body.length()) {
                break;
            }
            out.append(body, end + 2, end + 2 + size);
            at = end + 2 + size + 2;
        }
        return out.toString();
    }

    /** A header's value, or null. */
    String header(String name) {
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon > 0
                    && header.substring(0, colon)
                            .trim()
                            .toLowerCase(Locale.ROOT)
                            .equals(name)) {
                return header.substring(colon + 1).trim();
            }
        }
        return null;
    }

    /** An answer's status, -1 where there is none. */
    int status() {
        String[] words = startLine.split(" ");
        return words.length > 1 && words[0].startsWith("HTTP/")
                ? (int) dev.kubejar.kubelet.shell.Text.number(words[1], -1)
                : -1;
    }

    String method() {
        return startLine.split(" ")[0];
    }

    /** What a request asks for, without the query. */
    String path() {
        String[] words = startLine.split(" ");
        String target = words.length > 1 ? words[1] : "/";
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /** An answer as bytes. */
    static String answer(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
    }
}
