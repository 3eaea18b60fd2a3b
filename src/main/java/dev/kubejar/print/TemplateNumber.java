package dev.kubejar.print;

/** Number literals of Go templates. */
final class TemplateNumber {
    private TemplateNumber() {}

    /** A Long, a Double, or null where the text is no number. */
    static Object parse(String text) {
        String plain = text.replace("_", "");
        int sign = plain.startsWith("-") || plain.startsWith("+") ? 1 : 0;
        int radix = 10;
        int digits = sign;
        if (plain.length() > sign + 1 && plain.charAt(sign) == '0') {
            radix = switch (plain.charAt(sign + 1)) {
                case 'x', 'X' -> 16;
                case 'b', 'B' -> 2;
                case 'o', 'O' -> 8;
                default -> 0;
            };
            digits = radix == 0 ? sign + 1 : sign + 2;
            radix = radix == 0 ? 8 : radix;
        }
        try {
            long value = Long.parseLong(plain, digits, plain.length(), radix);
            boolean signed = digits < plain.length() && "+-".indexOf(plain.charAt(digits)) >= 0;
            if (!signed) {
                return plain.startsWith("-") ? -value : value;
            }
        } catch (NumberFormatException e) {
            // perhaps a float
        }
        return plain.isEmpty() || !floating(plain) ? null : parseFloat(plain);
    }

    private static Object parseFloat(String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                return null;
            }
            // An ideal constant such as 1e3 can stand where an int is wanted.
            return value == Math.rint(value) && Math.abs(value) < 1L << 53 && text.indexOf('.') < 0
                    ? (Object) (long) value
                    : (Object) value;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean floating(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
