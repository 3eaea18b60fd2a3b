package dev.kubejar.cel;

/** Bounds of a size or of a cost; the largest number stands for no bound. */
record Size(long min, long max) {
    static final Size UNKNOWN = new Size(0, Long.MAX_VALUE);
    static final Size NOTHING = new Size(0, 0);
    static final Size ONE = new Size(1, 1);

    static Size of(long fixed) {
        return new Size(fixed, fixed);
    }

    Size plus(Size other) {
        return new Size(sum(min, other.min), sum(max, other.max));
    }

    Size times(Size other) {
        return new Size(product(min, other.min), product(max, other.max));
    }

    Size times(double factor) {
        return new Size(scaled(min, factor), scaled(max, factor));
    }

    Size union(Size other) {
        return new Size(Math.min(min, other.min), Math.max(max, other.max));
    }

    static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    static long product(long a, long b) {
        return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }

    private static long scaled(long value, double factor) {
        double result = Math.ceil(value * factor);
        return result >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) result;
    }
}
