package dev.kubejar.kubelet.shell;

import java.util.Locale;

/** Linux's signals, as far as programs here meet them. */
public enum Signal {
    HUP(1),
    INT(2),
    QUIT(3),
    ILL(4),
    TRAP(5),
    ABRT(6),
    BUS(7),
    FPE(8),
    KILL(9),
    USR1(10),
    SEGV(11),
    USR2(12),
    PIPE(13),
    ALRM(14),
    TERM(15),
    STKFLT(16),
    CHLD(17),
    CONT(18),
    STOP(19),
    TSTP(20),
    TTIN(21),
    TTOU(22),
    URG(23),
    XCPU(24),
    XFSZ(25),
    VTALRM(26),
    PROF(27),
    WINCH(28),
    POLL(29),
    PWR(30),
    SYS(31);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** By name with or without {@code SIG}, or by number; null where there is none. */
    public static Signal of(String name) {
        String plain = name.toUpperCase(Locale.ROOT);
        if (plain.startsWith("SIG")) {
            plain = plain.substring(3);
        }
        for (Signal each : values()) {
            if (each.name().equals(plain) || Integer.toString(each.number).equals(plain)) {
                return each;
            }
        }
        return null;
    }

    /** Whether a process that does nothing about it goes on living. */
    boolean harmless() {
        return this == CHLD || this == CONT || this == URG || this == WINCH;
    }

    boolean stops() {
        return this == STOP || this == TSTP || this == TTIN || this == TTOU;
    }

    /** What a shell prints when a command ended so; empty where it keeps silent. */
    String obituary() {
        return switch (this) {
            case INT, PIPE -> "";
            case HUP -> "Hangup";
            case QUIT -> "Quit";
            case ILL -> "Illegal instruction";
            case TRAP -> "Trace/breakpoint trap";
            case ABRT -> "Aborted";
            case BUS -> "Bus error";
            case FPE -> "Floating point exception";
            case KILL -> "Killed";
            case SEGV -> "Segmentation fault";
            case USR1 -> "User defined signal 1";
            case USR2 -> "User defined signal 2";
            case ALRM -> "Alarm clock";
            case TERM -> "Terminated";
            case XCPU -> "CPU time limit exceeded";
            case XFSZ -> "File size limit exceeded";
            default -> "Signal " + number;
        };
    }
}
