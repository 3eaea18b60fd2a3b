package dev.kubejar.cel;

import dev.kubejar.object.GoText;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Addresses, address ranges and URLs. */
final class Networks {
    /** An address of 4 or 16 bytes. */
    record Address(byte[] bytes) implements Typed {
        @Override
        public Type type() {
            return Type.IP;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Address that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return Addresses.text(bytes);
        }
    }

    /** A range of addresses. */
    record Range(Address address, int bits) implements Typed {
        @Override
        public Type type() {
            return Type.CIDR;
        }

        boolean contains(Address other, int prefix) {
            if (other.bytes.length != address.bytes.length || prefix < bits) {
                return false;
            }
            return Arrays.equals(Addresses.masked(other.bytes, bits), Addresses.masked(address.bytes, bits));
        }

        @Override
        public String toString() {
            return address + "/" + bits;
        }
    }

    /** A URL. */
    record Url(URI uri) implements Typed {
        @Override
        public Type type() {
            return Type.URL;
        }
    }

    private Networks() {}

    static void add(Map<String, Library.Function> to) {
        to.put("ip", args -> args[0] instanceof Range range ? range.address : ip(Texts.text(args, 0)));
        to.put("isIP", args -> quiet(() -> ip(Texts.text(args, 0))));
        to.put("ip.isCanonical", args -> ip(Texts.text(args, 0)).toString().equals(args[0]));
        to.put("family", args -> args[0] instanceof Address ip ? (ip.bytes.length == 4 ? 4L : 6L) : null);
        to.put("isUnspecified", args -> args[0] instanceof Address ip ? inet(ip).isAnyLocalAddress() : null);
        to.put("isLoopback", args -> args[0] instanceof Address ip ? inet(ip).isLoopbackAddress() : null);
        to.put("isLinkLocalMulticast", args -> args[0] instanceof Address ip ? localMulticast(ip) : null);
        to.put("isLinkLocalUnicast", args -> args[0] instanceof Address ip ? inet(ip).isLinkLocalAddress() : null);
        to.put("isGlobalUnicast", args -> args[0] instanceof Address ip ? globalUnicast(ip) : null);
        to.put("cidr", args -> cidr(Texts.text(args, 0)));
        to.put("isCIDR", args -> quiet(() -> cidr(Texts.text(args, 0))));
        to.put("containsIP", Networks::containsIp);
        to.put("containsCIDR", Networks::containsRange);
        to.put(
                "masked",
                args -> args[0] instanceof Range range
                        ? new Range(new Address(Addresses.masked(range.address.bytes, range.bits)), range.bits)
                        : null);
        to.put("prefixLength", args -> args[0] instanceof Range range ? (long) range.bits : null);
        urls(to);
    }

    private static void urls(Map<String, Library.Function> to) {
        to.put("url", args -> url(Texts.text(args, 0)));
        to.put("isURL", args -> quiet(() -> url(Texts.text(args, 0))));
        to.put("getScheme", args -> args[0] instanceof Url url ? orEmpty(url.uri.getScheme()) : null);
        to.put("getHost", args -> args[0] instanceof Url url ? host(url.uri) : null);
        to.put(
                "getHostname",
                args -> args[0] instanceof Url url
                        ? host(url.uri).replaceFirst(":\\d*$", "").replaceAll("[\\[\\]]", "")
                        : null);
        to.put(
                "getPort",
                args -> args[0] instanceof Url url && url.uri.getPort() >= 0
                        ? Integer.toString(url.uri.getPort())
                        : args[0] instanceof Url ? "" : null);
        to.put("getEscapedPath", args -> args[0] instanceof Url url ? orEmpty(url.uri.getRawPath()) : null);
        to.put("getQuery", args -> args[0] instanceof Url url ? query(orEmpty(url.uri.getRawQuery())) : null);
    }

    private static boolean quiet(Runnable attempt) {
        try {
            attempt.run();
            return true;
        } catch (CelError e) {
            return false;
        }
    }

    private static Address ip(String text) {
        String fault = Addresses.fault(text);
        if (fault != null) {
            throw new CelError("IP Address " + GoText.quoted(text) + " parse error during conversion from string: "
                    + "ParseAddr(" + GoText.quoted(text) + "): " + fault);
        }
        if (text.contains("%")) {
            throw new CelError("IP address " + GoText.quoted(text) + " with zone value is not allowed");
        }
        Address address = new Address(Addresses.parse(text));
        if (mapped(address)) {
            throw new CelError("IPv4-mapped IPv6 address " + GoText.quoted(text) + " is not allowed");
        }
        return address;
    }

    private static boolean mapped(Address address) {
        byte[] bytes = address.bytes;
        if (bytes.length != 16) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    private static Range cidr(String text) {
        int slash = text.lastIndexOf('/');
        String head = "network address parse error during conversion from string: netip.ParsePrefix("
                + GoText.quoted(text) + "): ";
        if (slash < 0) {
            throw new CelError(head + "no '/'");
        }
        String address = text.substring(0, slash);
        String fault = Addresses.fault(address);
        if (fault != null) {
            throw new CelError(head + "ParseAddr(" + GoText.quoted(address) + "): " + fault);
        }
        Address ip = new Address(Addresses.parse(address));
        String bits = text.substring(slash + 1);
        if (!bits.matches("0|[1-9]\\d{0,2}")) {
            throw new CelError(head + "bad bits after slash: " + GoText.quoted(bits));
        }
        if (Integer.parseInt(bits) > ip.bytes.length * 8) {
            throw new CelError(head + "prefix length out of range");
        }
        if (mapped(ip)) {
            throw new CelError("IPv4-mapped IPv6 address " + GoText.quoted(text) + " is not allowed");
        }
        return new Range(ip, Integer.parseInt(bits));
    }

    private static java.net.InetAddress inet(Address address) {
        try {
            return java.net.InetAddress.getByAddress(address.bytes);
        } catch (java.net.UnknownHostException e) {
            throw new CelError(e.getMessage());
        }
    }

    private static boolean localMulticast(Address address) {
        byte[] bytes = address.bytes;
        return bytes.length == 4
                ? (bytes[0] & 255) == 224 && bytes[1] == 0 && bytes[2] == 0
                : (bytes[0] & 255) == 255 && (bytes[1] & 15) == 2;
    }

    private static boolean globalUnicast(Address address) {
        java.net.InetAddress inet = inet(address);
        boolean broadcast = address.bytes.length == 4 && Arrays.equals(address.bytes, new byte[] {-1, -1, -1, -1});
        return !inet.isAnyLocalAddress()
                && !inet.isLoopbackAddress()
                && !inet.isMulticastAddress()
                && !inet.isLinkLocalAddress()
                && !broadcast;
    }

    private static Object containsIp(Object[] args) {
        if (!(args[0] instanceof Range range)) {
            return null;
        }
        Address ip = args[1] instanceof Address given ? given : ip(Texts.text(args, 1));
        return range.contains(ip, ip.bytes.length * 8);
    }

    private static Object containsRange(Object[] args) {
        if (!(args[0] instanceof Range range)) {
            return null;
        }
        Range other = args[1] instanceof Range given ? given : cidr(Texts.text(args, 1));
        return range.contains(other.address, other.bits);
    }

    private static Url url(String text) {
        String head = "URL parse error during conversion from string: parse " + GoText.quoted(text) + ": ";
        try {
            URI uri = new URI(text.replace(" ", "%20"));
            if (!uri.isAbsolute() && !text.startsWith("/")) {
                throw new CelError(head + "invalid URI for request");
            }
            return new Url(uri);
        } catch (URISyntaxException e) {
            throw new CelError(head + (text.isEmpty() ? "empty url" : "invalid URI for request"));
        }
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static String host(URI uri) {
        String authority = orEmpty(uri.getRawAuthority());
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static Object query(String query) {
        Map<Object, Object> found = new TreeMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            @SuppressWarnings("unchecked")
            List<Object> values = (List<Object>) found.computeIfAbsent(decoded(key), name -> new ArrayList<Object>());
            values.add(decoded(value));
        }
        return found;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
