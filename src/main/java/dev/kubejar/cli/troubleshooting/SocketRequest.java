package dev.kubejar.cli.troubleshooting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a connection sends before it waits for an answer: one HTTP request, or, where it speaks something else, all up to
 * the first pause.
 */
final class SocketRequest {
    private static final int MOST = 16 << 20;
    private static final int FIRST_MILLIS = 10_000;
    private static final int PAUSE_MILLIS = 300;

    private final Socket socket;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    SocketRequest(Socket socket) {
        this.socket = socket;
    }

    byte[] read() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] piece = new byte[8192];
        socket.setSoTimeout(FIRST_MILLIS);
        try {
            while (!complete() && all.size() < MOST) {
                int count = in.read(piece);
                if (count < 0) {
                    break;
                }
                all.write(piece, 0, count);
                socket.setSoTimeout(PAUSE_MILLIS);
            }
        } catch (SocketTimeoutException e) {
            // it waits for an answer
        }
        return all.toByteArray();
    }

    /** Whether an HTTP request is there as a whole. */
    private boolean complete() {
        String text = all.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        String head = text.substring(0, end).toLowerCase(Locale.ROOT);
        if (!head.substring(0, Math.max(0, head.indexOf("\r\n"))).contains(" http/1.")) {
            return false;
        }
        if (head.contains("\r\ntransfer-encoding: chunked")) {
            return text.endsWith("\r\n0\r\n\r\n");
        }
        int at = head.indexOf("\r\ncontent-length:");
        if (at < 0) {
            return true;
        }
        int line = head.indexOf("\r\n", at + 2);
        String length = head.substring(at + 17, line < 0 ? head.length() : line).trim();
        return length.length() > 9
                || length.isEmpty()
                || !length.chars().allMatch(Character::isDigit)
                || text.length() >= end + 4 + Integer.parseInt(length);
    }
}
