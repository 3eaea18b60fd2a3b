package dev.kubejar.kinds.rules;

import dev.kubejar.schema.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** IP addresses and ranges, strictly read: no leading zeros, no IPv4 within IPv6; nothing is ever looked up. */
public final class Addresses {
    private static final String ADDRESS = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    private static final String RANGE = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    private Addresses() {}

    /** Adds what is wrong with an address that need not be canonical; tells whether it can be read at all. */
    public static boolean check(Problems problems, String path, String text) {
        byte[] sloppy = parse(text, true);
        if (sloppy == null) {
            problems.invalid(path, text, ADDRESS);
            return false;
        }
        if (parse(text, false) == null) {
            problems.invalid(path, text, "must not have leading 0s");
        }
        if (mapped(sloppy, text)) {
            problems.invalid(path, text, "must not be an IPv4-mapped IPv6 address");
        }
        return true;
    }

    /** Adds what is wrong with an address that must be canonical. */
    public static boolean canonical(Problems problems, String path, String text) {
        int before = problems.causes().size();
        if (!check(problems, path, text) || problems.causes().size() > before) {
            return false;
        }
        String canonical = text(parse(text, true));
        if (!text.equals(canonical)) {
            problems.invalid(path, text, "must be in canonical form (" + Problems.quoted(canonical) + ")");
            return false;
        }
        return true;
    }

    /** Adds what is wrong with a range; tells whether it can be read at all. */
    public static boolean range(Problems problems, String path, String text) {
        int slash = text.indexOf('/');
        byte[] sloppy = slash < 0 ? null : parse(text.substring(0, slash), true);
        int bits = slash < 0 ? -1 : bits(text.substring(slash + 1));
        if (sloppy == null || bits < 0 || bits > width(text.substring(0, slash))) {
            problems.invalid(path, text, RANGE);
            return false;
        }
        String suffix = text.substring(slash + 1);
        if (parse(text.substring(0, slash), false) == null || suffix.length() > 1 && suffix.startsWith("0")) {
            problems.invalid(path, text, "must not have leading 0s in IP or prefix length");
        } else if (mapped(sloppy, text)) {
            problems.invalid(path, text, "must not have an IPv4-mapped IPv6 address");
        } else if (!Arrays.equals(sloppy, masked(sloppy, bits))) {
            problems.invalid(path, text, "must not have bits set beyond the prefix length");
        }
        return true;
    }

    /** Adds what is wrong with a range that must be canonical. */
    public static void canonicalRange(Problems problems, String path, String text) {
        int before = problems.causes().size();
        range(problems, path, text);
        if (problems.causes().size() > before) {
            return;
        }
        int slash = text.indexOf('/');
        byte[] address = parse(text.substring(0, slash), true);
        String canonical = text(masked(address, bits(text.substring(slash + 1)))) + text.substring(slash);
        if (!text.equals(canonical)) {
            problems.invalid(path, text, "must be in canonical form (" + Problems.quoted(canonical) + ")");
        }
    }

    /** {@code IPv4} or {@code IPv6}; empty where the text is no address. */
    public static String family(String text) {
        byte[] address = parse(text, true);
        return address == null ? "" : address.length == 4 ? "IPv4" : "IPv6";
    }

    /** The address's bytes, 4 or 16, or null; {@code sloppy} allows leading zeros in IPv4. */
    public static byte[] parse(String text, boolean sloppy) {
        if (text.indexOf(':') < 0) {
            return four(text, sloppy);
        }
        byte[] six = six(text, sloppy);
        return six;
    }

    /** The smallest address of a range: its bytes with those beyond the prefix cleared. */
    public static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int keep = Math.max(0, Math.min(8, bits - i * 8));
            masked[i] &= (byte) (0xFF00 >> keep);
        }
        return masked;
    }

    private static int width(String text) {
        return text.indexOf(':') < 0 ? 32 : 128;
    }

    private static int bits(String text) {
        if (text.isEmpty() || text.length() > 4) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(text);
    }

    private static byte[] four(String text, boolean sloppy) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            String part = parts[i];
            if (part.isEmpty() || part.length() > 1 && part.startsWith("0") && !sloppy) {
                return null;
            }
            int value = 0;
            for (int j = 0; j < part.length(); j++) {
                char c = part.charAt(j);
                value = value * 10 + c - '0';
                if (c < '0' || c > '9' || value > 255) {
                    return null;
                }
            }
            address[i] = (byte) value;
        }
        return address;
    }

    private static byte[] six(String text, boolean sloppy) {
        if (text.indexOf('%') >= 0) {
            return null;
        }
        int gap = text.indexOf("::");
        List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap), sloppy);
        List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2), sloppy);
        if (head == null || tail == null || gap < 0 && head.size() != 8 || gap >= 0 && head.size() + tail.size() > 7) {
            return null;
        }
        byte[] address = new byte[16];
        for (int i = 0; i < head.size(); i++) {
            put(address, i, head.get(i));
        }
        for (int i = 0; i < tail.size(); i++) {
            put(address, 8 - tail.size() + i, tail.get(i));
        }
        return address;
    }

    private static void put(byte[] address, int group, int value) {
        address[group * 2] = (byte) (value >> 8);
        address[group * 2 + 1] = (byte) value;
    }

    private static List<Integer> groups(String text, boolean sloppy) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                byte[] four = four(parts[i], sloppy);
                if (four == null) {
                    return null;
                }
                groups.add((four[0] & 0xFF) << 8 | four[1] & 0xFF);
                groups.add((four[2] & 0xFF) << 8 | four[3] & 0xFF);
            } else {
                int value = 0;
                for (int j = 0; j < parts[i].length(); j++) {
                    int digit = Character.digit(parts[i].charAt(j), 16);
                    if (digit < 0) {
                        return null;
                    }
                    value = value * 16 + digit;
                }
                if (parts[i].isEmpty() || parts[i].length() > 4) {
                    return null;
                }
                groups.add(value);
            }
        }
        return groups;
    }

    private static boolean mapped(byte[] address, String text) {
        if (text.indexOf(':') < 0 || address.length != 16) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == -1 && address[11] == -1;
    }

    /** The address as RFC 5952 writes it. */
    public static String text(byte[] address) {
        if (address.length == 4) {
            return (address[0] & 0xFF) + "." + (address[1] & 0xFF) + "." + (address[2] & 0xFF) + "."
                    + (address[3] & 0xFF);
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && group(address, i + length) == 0) {
                length++;
            }
            if (length > bestLength) {
                bestStart = i;
                bestLength = length;
            }
            i += length;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                out.append("::");
                i += bestLength - 1;
                continue;
            }
            if (out.length() > 0 && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(group(address, i)));
        }
        return out.toString();
    }

    private static int group(byte[] address, int i) {
        return (address[i * 2] & 0xFF) << 8 | address[i * 2 + 1] & 0xFF;
    }

    /** The warning about an address that is not written in the standard form, or null. */
    public static String warning(String path, String text) {
        byte[] address = parse(text, true);
        if (address == null) {
            return null;
        }
        if (parse(text, false) == null || mapped(address, text)) {
            byte[] four = mapped(address, text) ? Arrays.copyOfRange(address, 12, 16) : address;
            return path + ": non-standard IP address " + Problems.quoted(text) + " is invalid: use "
                    + Problems.quoted(text(four));
        }
        String canonical = text(address);
        return address.length == 16 && !canonical.equals(text)
                ? path + ": IPv6 address " + Problems.quoted(text) + " should be in RFC 5952 canonical format ("
                        + Problems.quoted(canonical) + ")"
                : null;
    }
}
