package dev.kubejar.object;

/** The order in which go-yaml writes keys: letters after everything else, runs of digits by their number. */
final class YamlKeys {
    private YamlKeys() {}

    static int compare(String a, String b) {
        int most = Math.min(a.length(), b.length());
        int i = 0;
        while (i < most && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (i == most) {
            return Integer.compare(a.length(), b.length());
        }
        if (Character.isLowSurrogate(a.charAt(i)) && i > 0 && Character.isHighSurrogate(a.charAt(i - 1))) {
            i--;
        }
        return differing(a, b, i);
    }

    private static int differing(String a, String b, int i) {
        int ca = a.codePointAt(i);
        int cb = b.codePointAt(i);
        boolean la = Character.isLetter(ca);
        boolean lb = Character.isLetter(cb);
        if (la && lb) {
            return Integer.compare(ca, cb);
        }
        if (la || lb) {
            return lb ? -1 : 1;
        }
        long lead = (ca == '0' || cb == '0') && afterDigits(a, i) ? 1 : 0;
        int enda = digits(a, i);
        int endb = digits(b, i);
        int order = Long.compare(number(a, i, enda, lead), number(b, i, endb, lead));
        if (order == 0) {
            order = Integer.compare(enda, endb);
        }
        return order != 0 ? order : Integer.compare(ca, cb);
    }

    /** Whether the digits before a position are more than zeros: then the zero there counts. */
    private static boolean afterDigits(String text, int i) {
        for (int j = i - 1; j >= 0 && Character.isDigit(text.charAt(j)); j--) {
            if (text.charAt(j) != '0') {
                return true;
            }
        }
        return false;
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static long number(String text, int from, int to, long lead) {
        long value = lead;
        for (int i = from; i < to; i++) {
            value = value * 10 + text.charAt(i) - '0'; // wraps as Go's int64 does
        }
        return value;
    }
}
