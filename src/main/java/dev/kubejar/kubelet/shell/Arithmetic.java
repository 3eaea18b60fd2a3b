package dev.kubejar.kubelet.shell;

/** Evaluates {@code $((…))}: C's integers of 64 bits, with the shell's variables. */
final class Arithmetic {
    private static final int MAX_DEPTH = 64;

    /** Where variables live. */
    interface Variables {
        /** The value, or null. */
        String get(String name);

        void set(String name, String value);
    }

    /** An expression that has no value. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message, null, false, false);
        }
    }

    private final String text;
    private final Variables variables;
    private final int depth;
    private int at;
    /** Above 0 in a branch that is not taken: nothing is assigned or divided there. */
    private int skipping;

    private Arithmetic(String text, Variables variables, int depth) {
        this.text = text;
        this.variables = variables;
        this.depth = depth;
    }

    static long value(String text, Variables variables) throws Failure {
        return value(text, variables, 0);
    }

    private static long value(String text, Variables variables, int depth) throws Failure {
        if (depth > MAX_DEPTH) {
            throw new Failure("expression recursion loop detected");
        }
        Arithmetic arithmetic = new Arithmetic(text, variables, depth);
        arithmetic.blanks();
        if (arithmetic.at == text.length()) {
            return 0;
        }
        long value = arithmetic.comma();
        if (arithmetic.at < text.length()) {
            throw new Failure("arithmetic syntax error");
        }
        return value;
    }

    private void blanks() {
        while (at < text.length() && " \t\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(String operator, String notBefore) {
        if (!text.startsWith(operator, at)) {
            return false;
        }
        int end = at + operator.length();
        if (end < text.length() && notBefore.indexOf(text.charAt(end)) >= 0) {
            return false;
        }
        at = end;
        blanks();
        return true;
    }

    private long comma() throws Failure {
        long value = assignment();
        while (take(",", "")) {
            value = assignment();
        }
        return value;
    }

    private long assignment() throws Failure {
        if (nesting++ > MAX_DEPTH) {
            throw new Failure("arithmetic syntax error");
        }
        try {
            int mark = at;
            if (at < text.length() && Text.nameStart(text.charAt(at))) {
                String name = name();
                for (String operator :
                        new String[] {"<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "="}) {
                    if (take(operator, operator.equals("=") ? "=" : "")) {
                        long right = assignment();
                        String sign = operator.substring(0, operator.length() - 1);
                        return store(name, sign.isEmpty() ? right : apply(sign, variable(name), right));
                    }
                }
                at = mark;
            }
            return conditional();
        } finally {
            nesting--;
        }
    }

    private int nesting;

    private long store(String name, long value) {
        if (skipping == 0) {
            variables.set(name, Long.toString(value));
        }
        return value;
    }

    private long conditional() throws Failure {
        long test = binary(0);
        if (!take("?", "")) {
            return test;
        }
        skipping += test != 0 ? 0 : 1;
        long yes = assignment();
        skipping -= test != 0 ? 0 : 1;
        if (!take(":", "")) {
            throw new Failure("malformed ?: operator");
        }
        skipping += test != 0 ? 1 : 0;
        long no = assignment();
        skipping -= test != 0 ? 1 : 0;
        return test != 0 ? yes : no;
    }

    /** Binary operators from the loosest to the tightest; beside each what must not follow. */
    private static final String[][][] LEVELS = {
        {{"||", ""}},
        {{"&&", ""}},
        {{"|", "|="}},
        {{"^", "="}},
        {{"&", "&="}},
        {{"==", ""}, {"!=", ""}},
        {{"<=", ""}, {">=", ""}, {"<", "<"}, {">", ">"}},
        {{"<<", "="}, {">>", "="}},
        {{"+", "+="}, {"-", "-="}},
        {{"*", "*="}, {"/", "="}, {"%", "="}},
        {{"**", ""}}
    };

    private long binary(int level) throws Failure {
        if (level == LEVELS.length) {
            return unary();
        }
        long left = binary(level + 1);
        while (true) {
            String operator = operator(level);
            if (operator == null) {
                return left;
            }
            boolean skip = operator.equals("||") && left != 0 || operator.equals("&&") && left == 0;
            skipping += skip ? 1 : 0;
            long right = operator.equals("**") ? binary(level) : binary(level + 1);
            skipping -= skip ? 1 : 0;
            left = apply(operator, left, right);
        }
    }

    private String operator(int level) {
        for (String[] each : LEVELS[level]) {
            if (take(each[0], each[1])) {
                return each[0];
            }
        }
        return null;
    }

    private long apply(String operator, long a, long b) throws Failure {
        return switch (operator) {
            case "||" -> a != 0 || b != 0 ? 1 : 0;
            case "&&" -> a != 0 && b != 0 ? 1 : 0;
            case "|" -> a | b;
            case "^" -> a ^ b;
            case "&" -> a & b;
            case "==" -> a == b ? 1 : 0;
            case "!=" -> a != b ? 1 : 0;
            case "<=" -> a <= b ? 1 : 0;
            case ">=" -> a >= b ? 1 : 0;
            case "<" -> a < b ? 1 : 0;
            case ">" -> a > b ? 1 : 0;
            case "<<" -> a << b;
            case ">>" -> a >> b;
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "**" -> power(a, b);
            default -> divide(operator, a, b);
        };
    }

    private long divide(String operator, long a, long b) throws Failure {
        if (skipping > 0) {
            return 0;
        }
        if (b == 0) {
            throw new Failure("divide by zero");
        }
        return operator.equals("/") ? a / b : a % b;
    }

    private static long power(long base, long exponent) throws Failure {
        if (exponent < 0) {
            throw new Failure("exponent less than 0");
        }
        long result = 1;
        long square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            result *= (rest & 1) != 0 ? square : 1;
            square *= square;
        }
        return result;
    }

    private long unary() throws Failure {
        if (nesting++ > MAX_DEPTH) {
            throw new Failure("arithmetic syntax error");
        }
        try {
            return prefix();
        } finally {
            nesting--;
        }
    }

    private long prefix() throws Failure {
        if (take("++", "") || take("--", "")) {
            int sign = text.lastIndexOf("++", at - 1) > text.lastIndexOf("--", at - 1) ? 1 : -1;
            String name = name();
            if (name.isEmpty()) {
                return sign > 0 ? unary() : unary();
            }
            return store(name, variable(name) + sign);
        }
        if (take("!", "=")) {
            return unary() == 0 ? 1 : 0;
        }
        if (take("~", "")) {
            return ~unary();
        }
        if (take("-", "")) {
            return -unary();
        }
        if (take("+", "")) {
            return unary();
        }
        return primary();
    }

    private long primary() throws Failure {
        if (take("(", "")) {
            long value = comma();
            if (!take(")", "")) {
                throw new Failure("arithmetic syntax error");
            }
            return value;
        }
        if (at < text.length() && Text.nameStart(text.charAt(at))) {
            String name = name();
            if (take("++", "")) {
                long old = variable(name);
                store(name, old + 1);
                return old;
            }
            if (take("--", "")) {
                long old = variable(name);
                store(name, old - 1);
                return old;
            }
            return variable(name);
        }
        return literal();
    }

    private long literal() throws Failure {
        int start = at;
        while (at < text.length() && (Text.namePart(text.charAt(at)) || text.charAt(at) == '#')) {
            at++;
        }
        String digits = text.substring(start, at);
        blanks();
        try {
            int hash = digits.indexOf('#');
            if (hash > 0) {
                return Long.parseLong(digits.substring(hash + 1), Integer.parseInt(digits.substring(0, hash)));
            }
            if (digits.startsWith("0x") || digits.startsWith("0X")) {
                return Long.parseUnsignedLong(digits.substring(2), 16);
            }
            return digits.length() > 1 && digits.startsWith("0") ? Long.parseLong(digits, 8) : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new Failure("arithmetic syntax error");
        }
    }

    private String name() {
        int start = at;
        while (at < text.length() && Text.namePart(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        blanks();
        return name;
    }

    private long variable(String name) throws Failure {
        String value = variables.get(name);
        if (value == null || value.isEmpty()) {
            return 0;
        }
        long number = Text.number(value, Long.MIN_VALUE);
        return number != Long.MIN_VALUE && !value.startsWith("0") ? number : value(value, variables, depth + 1);
    }
}
