package dev.kubejar.kinds.rules;

import dev.kubejar.object.ParseError;
import dev.kubejar.schema.Problems;

/**
 * An absolute or relative URL as Go's net/url reads it; null stands for a part that is not there.
 *
 * @param user the part before {@code @}
 */
public record GoUrl(String scheme, String user, String host, String query, String fragment) {
    /**
     * Reads a URL.
     *
     * @throws ParseError in Go's words, {@code parse "…": first path segment in URL cannot contain colon}
     */
    public static GoUrl parse(String text) {
        int hash = text.indexOf('#');
        String whole = hash < 0 ? text : text.substring(0, hash);
        String fragment = hash < 0 ? "" : text.substring(hash + 1);
        for (int i = 0; i < whole.length(); i++) {
            if (whole.charAt(i) < ' ' || whole.charAt(i) == 0x7F) {
                throw fault(whole, "net/url: invalid control character in URL");
            }
        }
        escapes(text, fragment);
        if (whole.isEmpty() || whole.equals("*")) {
            return new GoUrl("", null, "", "", fragment);
        }
        int colon = schemeEnd(whole);
        String scheme = colon < 0 ? "" : whole.substring(0, colon).toLowerCase(java.util.Locale.ROOT);
        String rest = whole.substring(colon + 1);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        rest = mark < 0 ? rest : rest.substring(0, mark);
        if (!rest.startsWith("/")) {
            return relative(whole, scheme, rest, query, fragment);
        }
        if (!rest.startsWith("//") || scheme.isEmpty() && rest.startsWith("///")) {
            escapes(whole, rest);
            return new GoUrl(scheme, null, "", query, fragment);
        }
        return authority(whole, scheme, rest.substring(2), query, fragment);
    }

    private static GoUrl relative(String whole, String scheme, String rest, String query, String fragment) {
        int slash = rest.indexOf('/');
        String first = slash < 0 ? rest : rest.substring(0, slash);
        if (scheme.isEmpty() && first.indexOf(':') >= 0) {
            throw fault(whole, "first path segment in URL cannot contain colon");
        }
        if (scheme.isEmpty()) {
            escapes(whole, rest);
        }
        return new GoUrl(scheme, null, "", query, fragment);
    }

    private static GoUrl authority(String whole, String scheme, String rest, String query, String fragment) {
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int at = authority.lastIndexOf('@');
        String host = authority.substring(at + 1);
        host(whole, host);
        if (at >= 0) {
            for (int i = 0; i < at; i++) {
                char c = authority.charAt(i);
                if (!Formats.alphanumeric(c) && "-._:~!$&'()*+,;=%@".indexOf(c) < 0) {
                    throw fault(whole, "net/url: invalid userinfo");
                }
            }
        }
        escapes(whole, slash < 0 ? "" : rest.substring(slash));
        return new GoUrl(scheme, at < 0 ? null : authority.substring(0, at), host, query, fragment);
    }

    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean later = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
            if (c == ':') {
                if (i == 0) {
                    throw fault(text, "missing protocol scheme");
                }
                return i;
            }
            if (!letter && (!later || i == 0)) {
                return -1;
            }
        }
        return -1;
    }

    private static void host(String whole, String host) {
        int colon = host.lastIndexOf(':');
        int bracket = host.lastIndexOf(']');
        if (host.startsWith("[") && bracket < 0) {
            throw fault(whole, "missing ']' in host");
        }
        String port = host.startsWith("[") ? host.substring(bracket + 1) : colon < 0 ? "" : host.substring(colon);
        for (int i = 0; i < port.length(); i++) {
            char c = port.charAt(i);
            if (i == 0 ? c != ':' : c < '0' || c > '9') {
                throw fault(whole, "invalid port " + Problems.quoted(port) + " after host");
            }
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '%') {
                throw fault(whole, "invalid URL escape " + Problems.quoted(escape(host, i)));
            }
            if (c < 0x80 && !Formats.alphanumeric(c) && "-_.~!$&'()*+,;=:[]<>\"".indexOf(c) < 0) {
                throw fault(whole, "invalid character " + Problems.quoted(String.valueOf(c)) + " in host name");
            }
        }
    }

    private static void escapes(String whole, String part) {
        for (int i = part.indexOf('%'); i >= 0; i = part.indexOf('%', i + 1)) {
            boolean right = i + 2 < part.length()
                    && Character.digit(part.charAt(i + 1), 16) >= 0
                    && Character.digit(part.charAt(i + 2), 16) >= 0;
            if (!right) {
                throw fault(whole, "invalid URL escape " + Problems.quoted(escape(part, i)));
            }
        }
    }

    private static String escape(String text, int at) {
        return text.substring(at, Math.min(text.length(), at + 3));
    }

    private static ParseError fault(String text, String why) {
        return new ParseError("parse " + Problems.quoted(text) + ": " + why);
    }
}
