package dev.kubejar.cel;

import java.util.ArrayList;
import java.util.List;

/** Reads and writes addresses as Go's netip does. */
final class Addresses {
    private Addresses() {}

    /** What is wrong with an address; null where nothing is. */
    static String fault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                return four(text);
            }
            if (c == ':') {
                return six(text) == null ? "each group must have 4 or less digits (at " + quoted(text) + ")" : null;
            }
            if (c == '%') {
                return "missing IPv6 address";
            }
        }
        return "unable to parse IP";
    }

    private static String quoted(String text) {
        return dev.kubejar.object.GoText.quoted(text);
    }

    private static String four(String text) {
        String[] parts = text.split("\\.", -1);
        for (String part : parts) {
            if (part.isEmpty()) {
                return "IPv4 field must have at least one digit (at " + quoted(text.substring(text.indexOf("..")))
                        + ")";
            }
            for (int i = 0; i < part.length(); i++) {
                if (!Character.isDigit(part.charAt(i))) {
                    return "unexpected character (at " + quoted(text.substring(text.indexOf(part) + i)) + ")";
                }
            }
            if (part.length() > 1 && part.charAt(0) == '0') {
                return "IPv4 field has octet with leading zero";
            }
            if (part.length() > 3 || Integer.parseInt(part) > 255) {
                return "IPv4 field has value >255";
            }
        }
        if (parts.length < 4) {
            return "IPv4 address too short";
        }
        return parts.length > 4 ? "IPv4 address too long" : null;
    }

    /** The bytes of an address without faults. */
    static byte[] parse(String text) {
        if (text.indexOf(':') >= 0) {
            return six(text);
        }
        byte[] bytes = new byte[4];
        String[] parts = text.split("\\.");
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }

    private static byte[] six(String full) {
        int zone = full.indexOf('%');
        String text = zone < 0 ? full : full.substring(0, zone);
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap));
        List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        if (head == null || tail == null) {
            return null;
        }
        int count = head.size() + tail.size();
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        byte[] bytes = new byte[16];
        for (int i = 0; i < head.size(); i++) {
            put(bytes, i, head.get(i));
        }
        for (int i = 0; i < tail.size(); i++) {
            put(bytes, 8 - tail.size() + i, tail.get(i));
        }
        return bytes;
    }

    private static void put(byte[] bytes, int group, int value) {
        bytes[2 * group] = (byte) (value >> 8);
        bytes[2 * group + 1] = (byte) value;
    }

    private static List<Integer> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                if (four(parts[i]) != null) {
                    return null;
                }
                byte[] bytes = parse(parts[i]);
                groups.add((bytes[0] & 255) << 8 | bytes[1] & 255);
                groups.add((bytes[2] & 255) << 8 | bytes[3] & 255);
            } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
                groups.add(Integer.parseInt(parts[i], 16));
            } else {
                return null;
            }
        }
        return groups;
    }

    /** The address with all bits after the first ones cleared. */
    static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int keep = Math.max(0, Math.min(8, bits - 8 * i));
            masked[i] &= (byte) (0xFF00 >> keep);
        }
        return masked;
    }

    /** The canonical form. */
    static String text(byte[] bytes) {
        if (bytes.length == 4) {
            return (bytes[0] & 255) + "." + (bytes[1] & 255) + "." + (bytes[2] & 255) + "." + (bytes[3] & 255);
        }
        int best = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int j = i;
            while (j < 8 && bytes[2 * j] == 0 && bytes[2 * j + 1] == 0) {
                j++;
            }
            if (j - i > length) {
                best = i;
                length = j - i;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                out.append("::");
                i += length - 1;
                continue;
            }
            out.append(out.length() > 0 && out.charAt(out.length() - 1) != ':' ? ":" : "");
            out.append(Integer.toHexString((bytes[2 * i] & 255) << 8 | bytes[2 * i + 1] & 255));
        }
        return out.toString();
    }
}
