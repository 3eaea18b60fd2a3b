package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Applet;
import dev.kubejar.kubelet.shell.Numbers;
import dev.kubejar.kubelet.shell.Regex;
import dev.kubejar.kubelet.shell.Task;
import dev.kubejar.kubelet.shell.Text;
import java.util.List;

/** seq, expr and factor. */
public final class Calculation implements Applet {
    @Override
    public int run(Task task) {
        return switch (task.name()) {
            case "seq" -> seq(task);
            case "factor" -> factor(task);
            default -> new Expression(task.args()).run(task);
        };
    }

    private static int seq(Task task) {
        Flags flags = new Flags(task, negatives(task.args()), "+ws:");
        List<String> rest = flags.rest();
        if (rest.isEmpty() || rest.size() > 3) {
            return Usage.show(task);
        }
        double[] numbers = new double[rest.size()];
        int digits = 0;
        int width = 0;
        for (int i = 0; i < rest.size(); i++) {
            try {
                numbers[i] = Double.parseDouble(rest.get(i));
            } catch (NumberFormatException e) {
                return Usage.show(task);
            }
            int dot = rest.get(i).indexOf('.');
            digits = Math.max(digits, dot < 0 ? 0 : rest.get(i).length() - dot - 1);
            width = Math.max(width, dot < 0 ? rest.get(i).length() : dot);
        }
        double first = numbers.length > 1 ? numbers[0] : 1;
        double step = numbers.length > 2 ? numbers[1] : 1;
        double last = numbers[numbers.length - 1];
        String separator = dev.kubejar.kubelet.shell.Escapes.decode(flags.value("s", "\n"), true)
                .text();
        long at = task.number("at");
        while (!task.tired()) {
            double value = first + at * step;
            if (step >= 0 ? value > last + 1e-9 : value < last - 1e-9) {
                task.out(at > 0 ? "\n" : "");
                return 0;
            }
            String text = Numbers.format('f', "", digits, value);
            int full = flags.has("w") ? width + (digits > 0 ? digits + 1 : 0) : 0;
            boolean minus = text.startsWith("-");
            String plain = minus ? text.substring(1) : text;
            task.out((at > 0 ? separator : "")
                    + (minus ? "-" : "")
                    + "0".repeat(Math.max(0, full - text.length()))
                    + plain);
            task.number("at", ++at);
            if (step == 0) {
                return 0;
            }
        }
        return AGAIN;
    }

    /** Puts {@code --} before a negative number, so that it is no option. */
    private static List<String> negatives(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            if (!args.get(i).startsWith("-")) {
                break;
            }
            if (args.get(i).matches("-[0-9.]+")) {
                List<String> changed = new java.util.ArrayList<>(args);
                changed.add(i, "--");
                return changed;
            }
        }
        return args;
    }

    private static int factor(Task task) {
        for (String arg : task.args()) {
            long number = Text.number(arg, -1);
            if (number < 1 || number > 1_000_000_000_000L) {
                task.err("factor: invalid number '" + arg + "'\n");
                return 1;
            }
            StringBuilder out = new StringBuilder(arg + ":");
            for (long divisor = 2; divisor * divisor <= number; divisor++) {
                while (number % divisor == 0) {
                    out.append(' ').append(divisor);
                    number /= divisor;
                }
            }
            task.out(out + (number > 1 ? " " + number : "") + "\n");
        }
        return 0;
    }

    /** The operators of expr, from the loosest to the tightest. */
    private static final class Expression {
        private static final String[][] LEVELS = {
            {"|"}, {"&"}, {"<", "<=", "=", "==", "!=", ">=", ">"}, {"+", "-"}, {"*", "/", "%"}, {":"}
        };
        private final List<String> words;
        private int at;
        private int depth;

        Expression(List<String> words) {
            this.words = words;
        }

        int run(Task task) {
            try {
                if (words.isEmpty()) {
                    throw new ArithmeticException("too few arguments");
                }
                String value = level(0);
                if (at < words.size()) {
                    throw new ArithmeticException("syntax error");
                }
                task.out(value + "\n");
                return value.isEmpty() || value.equals("0") ? 1 : 0;
            } catch (ArithmeticException e) {
                task.err("expr: " + e.getMessage() + "\n");
                return 2;
            }
        }

        private String level(int level) {
            if (level == LEVELS.length) {
                return primary();
            }
            if (++depth > 1000) {
                throw new ArithmeticException("syntax error");
            }
            String left = level(level + 1);
            while (at < words.size() && List.of(LEVELS[level]).contains(words.get(at))) {
                String operator = words.get(at++);
                left = apply(operator, left, level(level + 1));
            }
            depth--;
            return left;
        }

        private String primary() {
            if (at >= words.size()) {
                throw new ArithmeticException("too few arguments");
            }
            String word = words.get(at++);
            switch (word) {
                case "(" -> {
                    String value = level(0);
                    if (at >= words.size() || !words.get(at++).equals(")")) {
                        throw new ArithmeticException("syntax error");
                    }
                    return value;
                }
                case "length" -> {
                    return Integer.toString(primary().length());
                }
                case "match" -> {
                    return match(primary(), primary());
                }
                case "index" -> {
                    String text = primary();
                    String set = primary();
                    for (int i = 0; i < text.length(); i++) {
                        if (set.indexOf(text.charAt(i)) >= 0) {
                            return Integer.toString(i + 1);
                        }
                    }
                    return "0";
                }
                case "substr" -> {
                    String text = primary();
                    long from = Text.number(primary(), 0);
                    long count = Text.number(primary(), 0);
                    if (from < 1 || count < 1 || from > text.length()) {
                        return "";
                    }
                    return text.substring((int) from - 1, (int) Math.min(text.length(), from - 1 + count));
                }
                default -> {
                    return word;
                }
            }
        }

        private static String match(String text, String pattern) {
            Regex.Found found = Regex.basic("^" + pattern, false).find(text, 0);
            boolean group = pattern.contains("\\(");
            if (found == null) {
                return group ? "" : "0";
            }
            return group ? found.group(text, 1) : Integer.toString(found.end());
        }

        private static boolean isNull(String text) {
            return text.isEmpty() || text.equals("0");
        }

        private static long number(String text) {
            long number = Text.number(text, Long.MIN_VALUE);
            if (number == Long.MIN_VALUE) {
                throw new ArithmeticException("non-numeric argument");
            }
            return number;
        }

        private static String apply(String operator, String left, String right) {
            switch (operator) {
                case "|":
                    return isNull(left) ? right : left;
                case "&":
                    return isNull(left) || isNull(right) ? "0" : left;
                case ":":
                    return match(left, right);
                case "+":
                    return Long.toString(number(left) + number(right));
                case "-":
                    return Long.toString(number(left) - number(right));
                case "*":
                    return Long.toString(number(left) * number(right));
                case "/", "%":
                    if (number(right) == 0) {
                        throw new ArithmeticException("division by zero");
                    }
                    return Long.toString(
                            operator.equals("/") ? number(left) / number(right) : number(left) % number(right));
                default:
                    return compare(operator, left, right) ? "1" : "0";
            }
        }

        private static boolean compare(String operator, String left, String right) {
            long a = Text.number(left, Long.MIN_VALUE);
            long b = Text.number(right, Long.MIN_VALUE);
            int order = a != Long.MIN_VALUE && b != Long.MIN_VALUE ? Long.compare(a, b) : left.compareTo(right);
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                case "!=" -> order != 0;
                default -> order == 0;
            };
        }
    }
}
