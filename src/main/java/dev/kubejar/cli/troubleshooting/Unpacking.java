package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import dev.kubejar.cli.Disk;
import dev.kubejar.cli.Go;
import dev.kubejar.cli.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Lays out among the user's files what a container has packed; nothing lands outside the place that was named. */
final class Unpacking {
    private static final int BLOCK = ArchiveWriter.BLOCK;

    private final Invocation call;
    private final RemotePath from;
    private final String local;
    private final String namespace;
    private boolean warned;

    Unpacking(Invocation call, RemotePath from, String local, String namespace) {
        this.call = call;
        this.from = from;
        this.local = local;
        this.namespace = namespace;
    }

    void unpack(byte[] archive) throws IOException {
        int at = 0;
        String longName = "";
        while (at + BLOCK <= archive.length && archive[at] != 0) {
            byte[] head = Arrays.copyOfRange(archive, at, at + BLOCK);
            int size = size(head);
            int end = at + BLOCK + size;
            if (size < 0 || end > archive.length) {
                throw new CliError("unexpected EOF");
            }
            byte[] content = Arrays.copyOfRange(archive, at + BLOCK, end);
            at = end + (BLOCK - size % BLOCK) % BLOCK;
            if (head[156] == 'L') {
                longName = text(content, 0, content.length);
                continue;
            }
            String prefix = text(head, 345, 155);
            String name = text(head, 0, 100);
            String whole = !longName.isEmpty() ? longName : prefix.isEmpty() ? name : prefix + "/" + name;
            longName = "";
            member(whole, head, content);
        }
    }

    private void member(String name, byte[] head, byte[] content) throws IOException {
        String prefix = from.archived();
        if (!name.startsWith(prefix)) {
            throw new CliError("tar contents corrupted");
        }
        String rest = RemotePath.unslashed(name.substring(prefix.length()));
        String target = RemotePath.unslashed(RemotePath.join(local, rest));
        if (!inside(target)) {
            call.err().println("warning: file " + Go.quote(target) + " is outside target destination, skipping");
            return;
        }
        Path path = call.session().path(target);
        boolean folder = head[156] == '5' || name.endsWith("/");
        Path parent = folder ? path : path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (folder) {
            return;
        }
        if (head[156] == '2') {
            skip(target, text(head, 157, 100));
            return;
        }
        try {
            Files.write(path, content);
        } catch (IOException e) {
            throw new CliError("open " + target + ": " + Disk.reason(e));
        }
    }

    private void skip(String target, String link) {
        String way = "";
        if (!warned) {
            way = " (consider using \"kubectl exec -n " + Go.quote(namespace) + " " + Go.quote(from.pod())
                    + " -- tar cf - " + Go.quote(from.file()) + " | tar xf -\")";
        }
        warned = true;
        call.err().println("warning: skipping symlink: " + Go.quote(target) + " -> " + Go.quote(link) + way);
    }

    /** Whether a path lies in the place that was named, by its words alone. */
    private boolean inside(String target) {
        String base = RemotePath.clean(local);
        String clean = RemotePath.clean(target);
        if (base.equals(".")) {
            return !clean.startsWith("../") && !clean.equals("..");
        }
        return clean.equals(base) || clean.startsWith(base.endsWith("/") ? base : base + "/");
    }

    private static int size(byte[] head) {
        String digits = text(head, 124, 12).trim();
        try {
            return digits.isEmpty() ? 0 : Integer.parseInt(digits, 8);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String text(byte[] bytes, int at, int length) {
        int end = at;
        while (end < at + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }
}
