package dev.kubejar.kubelet.shell.applets;

/** Sizes as people read them: {@code 4.0K}, {@code 1.5M}, {@code 23.4G}. */
final class Sizes {
    private Sizes() {}

    static String human(long bytes) {
        if (bytes < 1024) {
            return Long.toString(bytes);
        }
        double size = bytes;
        int unit = -1;
        while (size >= 1024 && unit < 4) {
            size /= 1024;
            unit++;
        }
        long tenths = Math.round(size * 10);
        return tenths / 10 + "." + tenths % 10 + "KMGTP".charAt(unit);
    }

    /** The number of {@code 10}, {@code 4k}, {@code 1M}, {@code 512b}; -1 where it is none. */
    static long parse(String text) {
        int end = text.length();
        while (end > 0 && !Character.isDigit(text.charAt(end - 1))) {
            end--;
        }
        long number = dev.kubejar.kubelet.shell.Text.number(text.substring(0, end), -1);
        if (number < 0) {
            return -1;
        }
        return switch (text.substring(end)) {
            case "" -> number;
            case "b" -> number * 512;
            case "c" -> number;
            case "w" -> number * 2;
            case "k", "K", "KiB" -> number << 10;
            case "kB", "KB" -> number * 1000;
            case "m", "M", "MiB" -> number << 20;
            case "MB" -> number * 1_000_000;
            case "g", "G", "GiB" -> number << 30;
            case "GB" -> number * 1_000_000_000;
            default -> -1;
        };
    }
}
