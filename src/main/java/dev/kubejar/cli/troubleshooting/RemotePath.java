package dev.kubejar.cli.troubleshooting;

import dev.kubejar.cli.CliError;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One side of a copy: {@code [[namespace/]pod:]file/path}. Without a pod it is a file of the user's.
 *
 * @param namespace empty where it is not told
 */
record RemotePath(String namespace, String pod, String file) {
    private static final String FORMAT = "filespec must match the canonical format: [[namespace/]pod:]file/path";

    static RemotePath parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new RemotePath("", "", unslashed(text));
        }
        String[] owner = text.substring(0, colon).split("/", -1);
        if (colon == 0 || owner.length > 2) {
            throw new CliError(FORMAT);
        }
        String file = unslashed(text.substring(colon + 1)).replace('\\', '/');
        return owner.length == 1 ? new RemotePath("", owner[0], file) : new RemotePath(owner[0], owner[1], file);
    }

    /** Without one slash at the end. */
    static String unslashed(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** The shortest path that means the same by its words alone, as Go's {@code path.Clean}. */
    static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (!part.equals("..")) {
                parts.addLast(part);
            } else if (!parts.isEmpty() && !parts.peekLast().equals("..")) {
                parts.removeLast();
            } else if (!rooted) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
    }

    /** Two paths in one, clean; an empty one counts for nothing. */
    static String join(String first, String second) {
        return first.isEmpty() ? second.isEmpty() ? "" : clean(second) : clean(first + "/" + second);
    }

    /** The last word of a path; {@code /} of the root. */
    static String base(String path) {
        String clean = path.replaceAll("/+$", "");
        if (clean.isEmpty()) {
            return path.isEmpty() ? "." : "/";
        }
        return clean.substring(clean.lastIndexOf('/') + 1);
    }

    /** What stands before the last word of a path, clean. */
    static String folder(String path) {
        return clean(path.substring(0, path.lastIndexOf('/') + 1));
    }

    /** Without what would lead out of the folder in which it is read. */
    static String inside(String path) {
        String rest = path;
        while (rest.startsWith("../")) {
            rest = rest.substring(3);
        }
        if (rest.equals(".") || rest.equals("..")) {
            return "";
        }
        return rest.startsWith("/") ? rest.substring(1) : rest;
    }

    /** What archives keep of this path: nothing that leads outside. */
    String archived() {
        int at = 0;
        while (at < file.length() && (file.charAt(at) == '/' || file.charAt(at) == '\\')) {
            at++;
        }
        return inside(clean(file.substring(at)));
    }
}
