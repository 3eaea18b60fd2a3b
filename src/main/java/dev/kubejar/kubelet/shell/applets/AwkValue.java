package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Numbers;

/** awk's values: a Double, a String, or a text from the input that looks like a number. */
final class AwkValue {
    private AwkValue() {}

    /** A text from the input that looks like a number, and is compared as one. */
    record Numeric(String text, double number) {}

    /** Numbers from input: a strict number with blanks around it. */
    static Object input(String text) {
        String plain = text.strip();
        int i = 0;
        int digits = 0;
        if (i < plain.length() && "+-".indexOf(plain.charAt(i)) >= 0) {
            i++;
        }
        while (i < plain.length() && (Character.isDigit(plain.charAt(i)) || plain.charAt(i) == '.')) {
            digits += plain.charAt(i) == '.' ? 0 : 1;
            i++;
        }
        if (digits > 0 && i < plain.length() && (plain.charAt(i) == 'e' || plain.charAt(i) == 'E')) {
            i++;
            i += i < plain.length() && "+-".indexOf(plain.charAt(i)) >= 0 ? 1 : 0;
            int start = i;
            while (i < plain.length() && Character.isDigit(plain.charAt(i))) {
                i++;
            }
            digits = i == start ? 0 : digits;
        }
        if (digits == 0 || i < plain.length() || plain.indexOf('.') != plain.lastIndexOf('.')) {
            return text;
        }
        return new Numeric(text, Double.parseDouble(plain));
    }

    /** A value as a number: what its text begins with. */
    static double number(Object value) {
        if (value instanceof Double d) {
            return d;
        }
        if (value instanceof Numeric n) {
            return n.number;
        }
        String text = value == null ? "" : ((String) value).stripLeading();
        int end = 0;
        boolean dot = false;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean sign = end == 0 && (c == '-' || c == '+');
            boolean exponent = (c == 'e' || c == 'E')
                    && end > 0
                    && end + 1 < text.length()
                    && Character.isDigit(text.charAt(end + 1));
            if (!(Character.isDigit(c) || sign || exponent || c == '.' && !dot)) {
                break;
            }
            dot |= c == '.' || exponent;
            end++;
        }
        try {
            return end == 0 ? 0 : Double.parseDouble(text.substring(0, end));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Whether a value counts as true. */
    static boolean truth(Object value) {
        return value instanceof Double d
                ? d != 0
                : value instanceof Numeric n ? n.number != 0 : value != null && !((String) value).isEmpty();
    }

    /** A value as text. */
    static String text(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double d) {
            if (d == Math.rint(d) && Math.abs(d) < 1e16) {
                return Long.toString(d.longValue());
            }
            return Numbers.format('g', "", 6, d);
        }
        return value instanceof Numeric n ? n.text : (String) value;
    }
}
