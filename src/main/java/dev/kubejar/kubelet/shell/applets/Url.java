package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Text;

/** The parts of an http URL. */
record Url(String scheme, String host, int port, String path) {
    /** Null where it is none. */
    static Url of(String text) {
        String rest = text;
        String scheme = "http";
        int colon = text.indexOf("://");
        if (colon >= 0) {
            scheme = text.substring(0, colon);
            rest = text.substring(colon + 3);
        }
        if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals("telnet")) {
            return null;
        }
        int slash = rest.indexOf('/');
        int question = rest.indexOf('?');
        int end =
                slash < 0 ? question < 0 ? rest.length() : question : question < 0 ? slash : Math.min(slash, question);
        String authority = rest.substring(rest.lastIndexOf('@', end) + 1, end);
        String path = rest.substring(end).replaceFirst("#.*", "");
        int port = scheme.equals("https") ? 443 : scheme.equals("telnet") ? 23 : 80;
        int mark = authority.lastIndexOf(':');
        if (mark >= 0 && !authority.endsWith("]")) {
            port = (int) Text.number(authority.substring(mark + 1), port);
            authority = authority.substring(0, mark);
        }
        String host = authority.startsWith("[") ? authority.substring(1, authority.length() - 1) : authority;
        return new Url(scheme, host, port, path.startsWith("/") ? path : "/" + path);
    }

    /** Host and port as a request's Host header has them. */
    String authority() {
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return usual ? host : host + ":" + port;
    }

    String fileName() {
        String plain = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
        String name = plain.substring(plain.lastIndexOf('/') + 1);
        return name.isEmpty() ? "index.html" : name;
    }
}
