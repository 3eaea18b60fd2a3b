package dev.kubejar.kubelet.shell;

/** Durations as {@code sleep} and its like read them. */
public final class Durations {
    private static final double SECOND = 1e9;

    private Durations() {}

    /** Nanoseconds of {@code 1.5}, {@code 2m}, {@code 1h}, {@code 3d}; -1 where it is no duration. */
    public static long nanos(String text) {
        if (text.equals("infinity") || text.equals("inf")) {
            return Long.MAX_VALUE / 4;
        }
        if (text.isEmpty()) {
            return -1;
        }
        int unit = "smhd".indexOf(text.charAt(text.length() - 1));
        String number = unit < 0 ? text : text.substring(0, text.length() - 1);
        boolean digits = !number.isEmpty() && !number.equals(".");
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            digits &= c >= '0' && c <= '9' || c == '.';
        }
        if (!digits || number.indexOf('.') != number.lastIndexOf('.')) {
            return -1;
        }
        double seconds = Double.parseDouble(number) * new double[] {1, 60, 3600, 86400}[Math.max(0, unit)];
        return (long) Math.min(seconds * SECOND, Long.MAX_VALUE / 4.0);
    }
}
