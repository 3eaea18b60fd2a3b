package dev.kubejar.cli.troubleshooting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Packs the user's files into a tar archive (POSIX ustar, with a pax header for a name that does not fit). */
final class ArchiveWriter {
    static final int BLOCK = 512;
    private static final int MOST_NAME = 100;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Adds a file, or a folder with all below it, under a name of its own. */
    ArchiveWriter add(Path source, String name) throws IOException {
        if (Files.isSymbolicLink(source)) {
            String target = Files.readSymbolicLink(source).toString();
            header(source, name, '2', target, 0);
            return this;
        }
        if (!Files.isDirectory(source)) {
            byte[] content = Files.readAllBytes(source);
            header(source, name, '0', "", content.length);
            padded(content);
            return this;
        }
        List<Path> inner;
        try (Stream<Path> listed = Files.list(source)) {
            inner = listed.sorted().toList();
        }
        if (inner.isEmpty()) {
            header(source, name + "/", '5', "", 0);
        }
        for (Path each : inner) {
            add(each, name + "/" + each.getFileName());
        }
        return this;
    }

    byte[] finish() {
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    private void padded(byte[] content) {
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private void header(Path source, String name, char type, String target, long size) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] link = target.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_NAME || link.length > MOST_NAME) {
            byte[] more = extended("path", name, extended("linkpath", target, new byte[0]));
            block("PaxHeaders.0/long".getBytes(StandardCharsets.UTF_8), 0644, 0, 0, more.length, 0, 'x', new byte[0]);
            padded(more);
        }
        Map<String, Object> about = Files.readAttributes(source, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
        long mtime =
                Files.getLastModifiedTime(source, LinkOption.NOFOLLOW_LINKS).toMillis() / 1000;
        int mode = (int) about.get("mode") & 07777;
        block(bytes, mode, (int) about.get("uid"), (int) about.get("gid"), size, mtime, type, link);
    }

    /** A record {@code LENGTH KEY=VALUE\n}, whose length counts itself, before others. */
    private static byte[] extended(String key, String value, byte[] others) {
        if (value.isEmpty()) {
            return others;
        }
        byte[] rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
        int length = rest.length + 1;
        while (Integer.toString(length).length() + rest.length != length) {
            length++;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(rest);
        all.writeBytes(others);
        return all.toByteArray();
    }

    private void block(byte[] name, int mode, int uid, int gid, long size, long mtime, char type, byte[] link) {
        byte[] head = new byte[BLOCK];
        System.arraycopy(name, 0, head, 0, Math.min(MOST_NAME, name.length));
        octal(head, 100, 8, mode);
        octal(head, 108, 8, uid);
        octal(head, 116, 8, gid);
        octal(head, 124, 12, size);
        octal(head, 136, 12, mtime);
        head[156] = (byte) type;
        System.arraycopy(link, 0, head, 157, Math.min(MOST_NAME, link.length));
        put(head, 257, "ustar\0" + "00");
        put(head, 148, "        ");
        int sum = 0;
        for (byte each : head) {
            sum += each & 0xff;
        }
        octal(head, 148, 7, sum);
        out.writeBytes(head);
    }

    private static void octal(byte[] head, int at, int width, long value) {
        String digits = Long.toOctalString(value);
        put(head, at, "0".repeat(Math.max(0, width - 1 - digits.length())) + digits + "\0");
    }

    private static void put(byte[] head, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }
}
