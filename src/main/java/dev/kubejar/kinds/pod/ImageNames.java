package dev.kubejar.kinds.pod;

/** The syntax of image references as the distribution project's normalized names have it. */
public final class ImageNames {
    private static final int MAX_NAME = 255;
    private static final int MAX_TAG = 128;

    private ImageNames() {}

    /** Whether {@code [domain/]path[:tag]} is a reference. */
    public static boolean parses(String image) {
        String rest = image;
        int at = rest.indexOf('@');
        if (at >= 0) {
            if (!digest(rest.substring(at + 1))) {
                return false;
            }
            rest = rest.substring(0, at);
        }
        int slash = rest.lastIndexOf('/');
        int colon = rest.indexOf(':', slash + 1);
        if (colon >= 0) {
            if (!tag(rest.substring(colon + 1))) {
                return false;
            }
            rest = rest.substring(0, colon);
        }
        return name(rest);
    }

    private static boolean name(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME || name.length() == 64 && hexadecimal(name)) {
            return false;
        }
        int slash = name.indexOf('/');
        String path = name;
        if (slash >= 0) {
            String first = name.substring(0, slash);
            boolean domain = first.indexOf('.') >= 0
                    || first.indexOf(':') >= 0
                    || first.equals("localhost")
                    || !first.equals(first.toLowerCase(java.util.Locale.ROOT));
            if (domain) {
                if (!domain(first)) {
                    return false;
                }
                path = name.substring(slash + 1);
            }
        }
        int start = 0;
        for (int next = path.indexOf('/'); next >= 0; next = path.indexOf('/', start)) {
            if (!component(path.substring(start, next))) {
                return false;
            }
            start = next + 1;
        }
        return component(path.substring(start));
    }

    private static boolean domain(String domain) {
        int colon = domain.lastIndexOf(':');
        String host = colon < 0 || domain.endsWith("]") ? domain : domain.substring(0, colon);
        if (colon >= 0 && !domain.endsWith("]") && !digits(domain.substring(colon + 1))) {
            return false;
        }
        if (host.startsWith("[")) {
            return host.endsWith("]");
        }
        for (String label : host.split("\\.", -1)) {
            if (label.isEmpty() || label.startsWith("-") || label.endsWith("-")) {
                return false;
            }
            for (int i = 0; i < label.length(); i++) {
                char c = label.charAt(i);
                if (!lower(c) && !(c >= 'A' && c <= 'Z') && c != '-') {
                    return false;
                }
            }
        }
        return true;
    }

    /** Lower-case words joined by one dot, one or two underscores, or any number of dashes. */
    private static boolean component(String part) {
        int n = part.length();
        if (n == 0 || !lower(part.charAt(0)) || !lower(part.charAt(n - 1))) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (lower(part.charAt(i))) {
                continue;
            }
            char c = part.charAt(i);
            int end = i;
            while (part.charAt(end) == c) {
                end++;
            }
            int run = end - i;
            if (!lower(part.charAt(end)) || !(c == '-' || c == '.' && run == 1 || c == '_' && run <= 2)) {
                return false;
            }
            i = end;
        }
        return true;
    }

    private static boolean tag(String tag) {
        if (tag.isEmpty() || tag.length() > MAX_TAG || tag.charAt(0) == '.' || tag.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            if (!lower(c) && !(c >= 'A' && c <= 'Z') && c != '_' && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean digest(String digest) {
        int colon = digest.indexOf(':');
        return colon > 0 && digest.length() - colon > 32 && hexadecimal(digest.substring(colon + 1));
    }

    private static boolean hexadecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean digits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean lower(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }
}
