package dev.kubejar.kubelet.shell;

/** File modes as {@code chmod} reads and {@code ls} writes them. */
public final class Modes {
    private Modes() {}

    /** The mode that an octal number or {@code u+x,go-w} makes of another; -1 where it is neither. */
    public static int parse(String text, int before, boolean directory) {
        if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
            try {
                int mode = Integer.parseInt(text, 8);
                return mode <= 07777 ? mode : -1;
            } catch (NumberFormatException e) {
                return -1;
            }
        }
        int mode = before;
        for (String clause : text.split(",", -1)) {
            int i = 0;
            int who = 0;
            while (i < clause.length() && "ugoa".indexOf(clause.charAt(i)) >= 0) {
                who |= new int[] {04700, 02070, 01007, 07777}["ugoa".indexOf(clause.charAt(i++))];
            }
            int mask = who == 0 ? 07777 & ~022 : who;
            if (who == 0 && clause.indexOf('x') + clause.indexOf('r') > -2) {
                mask = 07777;
            }
            if (i >= clause.length()) {
                return -1;
            }
            while (i < clause.length()) {
                char operator = clause.charAt(i++);
                if ("+-=".indexOf(operator) < 0) {
                    return -1;
                }
                int bits = 0;
                while (i < clause.length() && "+-=".indexOf(clause.charAt(i)) < 0) {
                    int one = bits(clause.charAt(i++), mode, directory);
                    if (one < 0) {
                        return -1;
                    }
                    bits |= one;
                }
                bits &= mask;
                mode = operator == '+' ? mode | bits : operator == '-' ? mode & ~bits : mode & ~(mask & 0777) | bits;
            }
        }
        return mode;
    }

    private static int bits(char letter, int mode, boolean directory) {
        return switch (letter) {
            case 'r' -> 0444;
            case 'w' -> 0222;
            case 'x' -> 0111;
            case 'X' -> directory || (mode & 0111) != 0 ? 0111 : 0;
            case 's' -> 06000;
            case 't' -> 01000;
            case 'u' -> (mode >> 6 & 7) * 0111;
            case 'g' -> (mode >> 3 & 7) * 0111;
            case 'o' -> (mode & 7) * 0111;
            default -> -1;
        };
    }

    /** {@code rwxr-xr-x}, with setuid, setgid and sticky bits. */
    public static String letters(int mode) {
        char[] out = new char[9];
        for (int i = 0; i < 9; i++) {
            out[i] = (mode >> 8 - i & 1) != 0 ? "rwx".charAt(i % 3) : '-';
        }
        for (int i = 0; i < 3; i++) {
            if ((mode >> 11 - i & 1) != 0) {
                char set = "sst".charAt(i);
                out[3 * i + 2] = out[3 * i + 2] == 'x' ? set : Character.toUpperCase(set);
            }
        }
        return new String(out);
    }
}
