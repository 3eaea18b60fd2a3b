package dev.kubejar.cel;

import dev.kubejar.object.ParseError;
import dev.kubejar.object.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quantities, versions and named formats. */
final class Kubernetes {
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final String ID = "(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final Pattern VERSION = Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-(" + ID
            + "(?:\\." + ID + ")*))?(?:\\+([0-9a-zA-Z.-]+))?");

    /** A semantic version. */
    record Version(long major, long minor, long patch, List<String> before, String build)
            implements Typed, Comparable<Version> {
        @Override
        public Type type() {
            return Type.SEMVER;
        }

        @Override
        public int compareTo(Version other) {
            int order = Long.compare(major, other.major);
            order = order != 0 ? order : Long.compare(minor, other.minor);
            order = order != 0 ? order : Long.compare(patch, other.patch);
            if (order != 0 || before.equals(other.before)) {
                return order;
            }
            if (before.isEmpty() || other.before.isEmpty()) {
                return before.isEmpty() ? 1 : -1;
            }
            for (int i = 0; i < Math.min(before.size(), other.before.size()); i++) {
                int part = part(before.get(i), other.before.get(i));
                if (part != 0) {
                    return part;
                }
            }
            return Integer.compare(before.size(), other.before.size());
        }

        private static int part(String a, String b) {
            boolean left = a.matches("\\d+");
            boolean right = b.matches("\\d+");
            if (left && right) {
                return Long.compare(Long.parseLong(a), Long.parseLong(b));
            }
            return left == right ? Integer.signum(a.compareTo(b)) : left ? -1 : 1;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Version that && compareTo(that) == 0;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(major * 31 + minor * 7 + patch);
        }
    }

    private Kubernetes() {}

    static void add(Map<String, Library.Function> to) {
        to.put("quantity", args -> quantity(Texts.text(args, 0)));
        to.put("isQuantity", args -> Quantity.valid(Texts.text(args, 0)));
        to.put("sign", args -> args[0] instanceof Quantity q ? (long) decimal(q).signum() : null);
        to.put("isInteger", args -> args[0] instanceof Quantity q ? whole(decimal(q)) : null);
        to.put("asInteger", args -> args[0] instanceof Quantity q ? asInteger(q) : null);
        to.put("asApproximateFloat", args -> args[0] instanceof Quantity q ? q.asApproximate() : null);
        to.put("isGreaterThan", args -> compared(args) == null ? null : compared(args) > 0);
        to.put("isLessThan", args -> compared(args) == null ? null : compared(args) < 0);
        to.put("compareTo", args -> compared(args) == null ? null : (Object) (long) Integer.signum(compared(args)));
        to.put("add", args -> sum(args, 1));
        to.put("sub", args -> sum(args, -1));
        to.put("semver", args -> semver(Texts.text(args, 0), args.length > 1 && Boolean.TRUE.equals(args[1])));
        to.put(
                "isSemver",
                args -> parsed(Texts.text(args, 0), args.length > 1 && Boolean.TRUE.equals(args[1])) != null);
        to.put("major", args -> args[0] instanceof Version version ? version.major : null);
        to.put("minor", args -> args[0] instanceof Version version ? version.minor : null);
        to.put("patch", args -> args[0] instanceof Version version ? version.patch : null);
        NamedFormats.add(to);
    }

    private static Quantity quantity(String text) {
        try {
            return Quantity.parse(text);
        } catch (ParseError e) {
            throw new CelError(e.getMessage());
        }
    }

    private static BigDecimal decimal(Quantity quantity) {
        return quantity.decimal();
    }

    private static boolean whole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0 && value.abs().compareTo(MOST) <= 0;
    }

    private static Object asInteger(Quantity quantity) {
        BigDecimal value = decimal(quantity);
        if (!whole(value)) {
            throw new CelError("cannot convert value to integer");
        }
        return value.longValue();
    }

    private static Integer compared(Object[] args) {
        if (args[0] instanceof Quantity left && args[1] instanceof Quantity right) {
            return left.compareTo(right);
        }
        return args[0] instanceof Version left && args[1] instanceof Version right ? left.compareTo(right) : null;
    }

    private static Object sum(Object[] args, int sign) {
        if (!(args[0] instanceof Quantity left)) {
            return null;
        }
        BigDecimal right = args[1] instanceof Quantity other
                ? decimal(other)
                : args[1] instanceof Long number ? BigDecimal.valueOf(number) : null;
        if (right == null) {
            return null;
        }
        return Quantity.of(decimal(left).add(sign > 0 ? right : right.negate()), left.format());
    }

    private static Version semver(String text, boolean normalize) {
        Version version = parsed(text, normalize);
        if (version == null) {
            boolean elements = text.split("\\.", -1).length < 3;
            throw new CelError(
                    elements
                            ? "No Major.Minor.Patch elements found"
                            : "Invalid character(s) found in version " + dev.kubejar.object.GoText.quoted(text));
        }
        return version;
    }

    private static Version parsed(String text, boolean normalize) {
        String given = text;
        if (normalize) {
            given = given.startsWith("v") ? given.substring(1) : given;
            int tail = given.length();
            for (int i = given.length() - 1; i >= 0; i--) {
                tail = given.charAt(i) == '-' || given.charAt(i) == '+' ? i : tail;
            }
            List<String> parts =
                    new ArrayList<>(List.of(given.substring(0, tail).split("\\.", -1)));
            while (parts.size() < 3) {
                parts.add("0");
            }
            parts.replaceAll(part -> part.matches("0+\\d+") ? part.replaceFirst("^0+(?=\\d)", "") : part);
            given = String.join(".", parts) + given.substring(tail);
        }
        Matcher matcher = VERSION.matcher(given);
        if (!matcher.matches()) {
            return null;
        }
        List<String> before =
                matcher.group(4) == null ? List.of() : List.of(matcher.group(4).split("\\."));
        try {
            return new Version(
                    Long.parseLong(matcher.group(1)),
                    Long.parseLong(matcher.group(2)),
                    Long.parseLong(matcher.group(3)),
                    before,
                    matcher.group(5));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
