package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Lines;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** Programs that read all of a file before they print: sums, base64, dumps, tac, shuf, paste, comm, diff, cmp. */
public final class Streams implements Applet {
    @Override
    public int run(Task task) {
        String name = task.name();
        return switch (name) {
            case "paste", "comm", "diff", "cmp" -> Comparing.run(task);
            case "md5sum", "sha1sum", "sha256sum", "sha512sum", "cksum", "sum" ->
                each(task, new Flags(task, "csw", "check=c"), Streams::digest);
            case "base64" -> each(task, new Flags(task, "dw:", "decode=d", "wrap=w"), Streams::base64);
            case "tac" -> each(task, new Flags(task, ""), (t, f, file, text) -> t.out(reversed(text)));
            case "shuf" -> each(task, new Flags(task, "n:ei:o:"), Streams::shuffle);
            case "gzip", "gunzip", "zcat" ->
                each(task, new Flags(task, "cdfk123456789nqv"), (t, f, file, text) -> t.out(text));
            default -> each(task, new Flags(task, "A:j:N:t:abcdefhilovxCn:v:s:pug:r"), Dump::print);
        };
    }

    /** What is done with one whole input. */
    interface Whole {
        void done(Task task, Flags flags, String file, String text);
    }

    /** Reads file after file, or standard input. */
    static int each(Task task, Flags flags, Whole action) {
        if (flags.has("c") && task.name().endsWith("sum")) {
            return check(task, flags);
        }
        Lines lines = task.lines(flags.rest());
        while (!task.tired()) {
            int before = lines.index();
            String part = lines.piece(Lines.Complaint.CANNOT_OPEN);
            if (part == null && lines.waiting()) {
                return lines.await();
            }
            if (part == null || lines.index() != before && before > 0) {
                finish(task, flags, before, action);
            }
            if (part == null) {
                if (lines.index() != before) {
                    finish(task, flags, lines.index(), action);
                }
                return lines.failed() ? 1 : 0;
            }
            task.number("owner", lines.index());
            task.append("kept", part);
        }
        return AGAIN;
    }

    private static void finish(Task task, Flags flags, int index, Whole action) {
        String file = flags.rest().isEmpty() || index < 1 ? "-" : flags.rest().get(index - 1);
        boolean empty = task.text("kept") == null;
        if (empty && (task.number("owner") == index && index > 0 || !file.equals("-") && !readable(task, file))) {
            return;
        }
        String text = empty ? "" : task.text("kept");
        task.text("kept", null);
        task.number("owner", index);
        action.done(task, flags, file, text);
    }

    private static boolean readable(Task task, String file) {
        try {
            return !task.files().readable(file).node().isDirectory();
        } catch (FsError e) {
            return false;
        }
    }

    private static String sum(String name, String text) {
        String algorithm =
                switch (name) {
                    case "md5sum" -> "MD5";
                    case "sha1sum" -> "SHA-1";
                    case "sha512sum" -> "SHA-512";
                    default -> "SHA-256";
                };
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Text.bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void digest(Task task, Flags flags, String file, String text) {
        if (task.name().equals("sum") || task.name().equals("cksum")) {
            java.util.zip.CRC32 crc = new java.util.zip.CRC32();
            crc.update(Text.bytes(text));
            task.out(crc.getValue() + " " + text.length() + (file.equals("-") ? "" : " " + file) + "\n");
            return;
        }
        task.out(sum(task.name(), text) + "  " + file + "\n");
    }

    private static int check(Task task, Flags flags) {
        int failed = 0;
        try {
            for (String list : flags.rest()) {
                for (String line : Text.of(task.files().read(list)).split("\n")) {
                    String[] parts = line.split(" [ *]", 2);
                    if (parts.length < 2) {
                        continue;
                    }
                    boolean fine = readable(task, parts[1])
                            && sum(task.name(), Text.of(task.files().read(parts[1])))
                                    .equals(parts[0]);
                    failed += fine ? 0 : 1;
                    task.out(flags.has("s") ? "" : parts[1] + ": " + (fine ? "OK" : "FAILED") + "\n");
                }
            }
        } catch (FsError e) {
            task.err(task.name() + ": " + e.getMessage() + "\n");
            return 1;
        }
        if (failed > 0 && !flags.has("s")) {
            task.err(task.name() + ": WARNING: " + failed + " of " + failed + " computed checksums did NOT match\n");
        }
        return failed > 0 ? 1 : 0;
    }

    private static void base64(Task task, Flags flags, String file, String text) {
        if (flags.has("d")) {
            try {
                task.out(Text.of(Base64.getMimeDecoder().decode(Text.bytes(text))));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("truncated input", e);
            }
            return;
        }
        int width = (int) Text.number(flags.value("w", "76"), 76);
        String encoded = Base64.getEncoder().encodeToString(Text.bytes(text));
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < encoded.length(); i += width == 0 ? encoded.length() : width) {
            out.append(encoded, i, width == 0 ? encoded.length() : Math.min(encoded.length(), i + width));
            out.append(width == 0 ? "" : "\n");
        }
        task.out(out.toString());
    }

    private static String reversed(String text) {
        List<String> rows = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            rows.add(text.substring(start, end < 0 ? text.length() : end + 1));
            start = end < 0 ? text.length() : end + 1;
        }
        Collections.reverse(rows);
        return String.join("", rows);
    }

    private static void shuffle(Task task, Flags flags, String file, String text) {
        List<String> rows = new ArrayList<>();
        if (flags.has("i")) {
            String[] ends = flags.value("i").split("-");
            for (long n = Text.number(ends[0], 0); n <= Text.number(ends[ends.length - 1], 0); n++) {
                rows.add(Long.toString(n));
            }
        } else if (!text.isEmpty()) {
            rows.addAll(List.of(text.split("\n")));
        }
        for (int i = rows.size() - 1; i > 0; i--) {
            Collections.swap(rows, i, (int) ((task.host().random() >>> 1) % (i + 1)));
        }
        long most = flags.has("n") ? Text.number(flags.value("n"), rows.size()) : rows.size();
        for (int i = 0; i < Math.min(most, rows.size()); i++) {
            task.out(rows.get(i) + "\n");
        }
    }
}
