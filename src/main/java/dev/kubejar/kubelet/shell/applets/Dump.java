package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Task;

/** od, hexdump and xxd. */
final class Dump {
    private static final int ROW = 16;

    private Dump() {}

    static void print(Task task, Flags flags, String file, String text) {
        StringBuilder out = new StringBuilder();
        long skip = Math.max(0, Sizes.parse(flags.value(task.name().equals("od") ? "j" : "s", "0")));
        String count = flags.value(task.name().equals("od") ? "N" : task.name().equals("xxd") ? "l" : "n");
        String body = text.substring((int) Math.min(skip, text.length()));
        if (count != null && Sizes.parse(count) >= 0) {
            body = body.substring(0, (int) Math.min(body.length(), Sizes.parse(count)));
        }
        boolean plain = task.name().equals("xxd") && flags.has("p");
        for (int i = 0; i < body.length(); i += ROW) {
            String row = body.substring(i, Math.min(body.length(), i + ROW));
            switch (task.name()) {
                case "xxd" -> out.append(plain ? hex(row, "", 0) : xxd(i, row)).append('\n');
                case "hexdump" ->
                    out.append(flags.has("C") ? canonical(i, row) : words(i, row))
                            .append('\n');
                default -> out.append(od(flags, i + skip, row)).append('\n');
            }
        }
        if (task.name().equals("hexdump") && !body.isEmpty()) {
            out.append(flags.has("C") ? digits(body.length(), 8, 16) : digits(body.length(), 7, 16))
                    .append('\n');
        } else if (task.name().equals("od") && !flags.value("A", "o").equals("n")) {
            out.append(address(flags, body.length() + skip)).append('\n');
        }
        task.out(out.toString());
    }

    private static String digits(long number, int width, int radix) {
        String text = Long.toString(number, radix);
        return "0".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String address(Flags flags, long offset) {
        return switch (flags.value("A", "o")) {
            case "x" -> digits(offset, 6, 16);
            case "d" -> digits(offset, 7, 10);
            case "n" -> "";
            default -> digits(offset, 7, 8);
        };
    }

    private static String od(Flags flags, long offset, String row) {
        String type = flags.value("t", flags.has("c") ? "c" : flags.has("x") ? "x2" : flags.has("b") ? "o1" : "o2");
        StringBuilder out = new StringBuilder(address(flags, offset));
        boolean bytes = type.startsWith("c") || type.startsWith("a") || type.endsWith("1") || type.endsWith("C");
        for (int i = 0; i < row.length(); i += bytes ? 1 : 2) {
            int low = row.charAt(i);
            int value = bytes ? low : low | (i + 1 < row.length() ? row.charAt(i + 1) << 8 : 0);
            out.append(
                    switch (type.charAt(0)) {
                        case 'c', 'a' -> character(low);
                        case 'x' -> " " + digits(value, bytes ? 2 : 4, 16);
                        case 'd', 'u' -> padded(Integer.toString(value), bytes ? 4 : 6);
                        default -> " " + digits(value, bytes ? 3 : 6, 8);
                    });
        }
        return out.toString();
    }

    private static String padded(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String character(int c) {
        int escape = "\0\007\b\f\n\r\t\013".indexOf(c);
        if (escape >= 0) {
            return padded(new String[] {"\\0", "\\a", "\\b", "\\f", "\\n", "\\r", "\\t", "\\v"}[escape], 4);
        }
        return c < 32 || c > 126 ? " " + digits(c, 3, 8) : padded(String.valueOf((char) c), 4);
    }

    private static String hex(String row, String between, int every) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < row.length(); i++) {
            out.append(every > 0 && i > 0 && i % every == 0 ? between : "").append(digits(row.charAt(i), 2, 16));
        }
        return out.toString();
    }

    private static String printable(String row) {
        return row.replaceAll("[^ -~]", ".");
    }

    private static String xxd(int offset, String row) {
        String hex = hex(row, " ", 2);
        return digits(offset, 8, 16) + ": " + hex + " ".repeat(Math.max(0, 39 - hex.length())) + "  " + printable(row);
    }

    private static String canonical(int offset, String row) {
        StringBuilder out = new StringBuilder(digits(offset, 8, 16)).append(' ');
        for (int i = 0; i < ROW; i++) {
            out.append(i == 8 ? "  " : " ").append(i < row.length() ? digits(row.charAt(i), 2, 16) : "  ");
        }
        return out.append("  |").append(printable(row)).append('|').toString();
    }

    private static String words(int offset, String row) {
        StringBuilder out = new StringBuilder(digits(offset, 7, 16));
        for (int i = 0; i < ROW; i += 2) {
            int value = i < row.length() ? row.charAt(i) | (i + 1 < row.length() ? row.charAt(i + 1) << 8 : 0) : -1;
            out.append(value < 0 ? "     " : " " + digits(value, 4, 16));
        }
        return out.toString();
    }
}
