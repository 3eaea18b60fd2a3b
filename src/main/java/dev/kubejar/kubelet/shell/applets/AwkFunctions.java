package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.shell.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** awk's own functions. */
final class AwkFunctions {
    private final AwkMachine machine;

    AwkFunctions(AwkMachine machine) {
        this.machine = machine;
    }

    private String text(AwkNode.Call call, int index) {
        return index < call.arguments().size()
                ? AwkValue.text(machine.value(call.arguments().get(index)))
                : "";
    }

    private double number(AwkNode.Call call, int index) {
        return index < call.arguments().size()
                ? AwkValue.number(machine.value(call.arguments().get(index)))
                : 0;
    }

    private Regex regex(AwkNode node) {
        AwkNode pattern = node instanceof AwkNode.Match match ? match.pattern() : node;
        return Regex.extended(AwkValue.text(machine.value(pattern)), false);
    }

    Object call(AwkNode.Call call) {
        int count = call.arguments().size();
        switch (call.name()) {
            case "length":
                return length(call, count);
            case "substr":
                return substr(call, count);
            case "index":
                return (double) (text(call, 0).indexOf(text(call, 1)) + 1);
            case "split":
                return split(call, count);
            case "sub", "gsub":
                return substitute(call, count);
            case "match":
                return match(call);
            case "sprintf":
                return machine.formatted(call.arguments());
            case "tolower":
                return text(call, 0).toLowerCase(Locale.ROOT);
            case "toupper":
                return text(call, 0).toUpperCase(Locale.ROOT);
            case "int":
                return (double) (long) number(call, 0);
            case "sqrt":
                return Math.sqrt(number(call, 0));
            case "exp":
                return Math.exp(number(call, 0));
            case "log":
                return Math.log(number(call, 0));
            case "sin":
                return Math.sin(number(call, 0));
            case "cos":
                return Math.cos(number(call, 0));
            case "atan2":
                return Math.atan2(number(call, 0), number(call, 1));
            case "rand":
                return (machine.task.host().random() >>> 11) * 0x1.0p-53;
            case "srand", "close", "fflush":
                return 0.0;
            case "systime":
                return (double) (machine.task.now() / 1_000_000_000L);
            case "strftime":
                return Dates.format(
                        text(call, 0),
                        count > 1 ? (long) number(call, 1) : machine.task.now() / 1_000_000_000L,
                        0,
                        "UTC");
            default:
                throw new IllegalArgumentException("cmd. line:1: Call to undefined function");
        }
    }

    private Object length(AwkNode.Call call, int count) {
        if (count == 0) {
            return (double) AwkValue.text(machine.value(new AwkNode.Field(new AwkNode.Constant(0.0))))
                    .length();
        }
        if (call.arguments().get(0) instanceof AwkNode.Variable variable
                && machine.arrays.containsKey(variable.name())) {
            return (double) machine.array(variable.name()).size();
        }
        return (double) text(call, 0).length();
    }

    private Object substr(AwkNode.Call call, int count) {
        String text = text(call, 0);
        long from = Math.round(number(call, 1));
        long end = count > 2 ? from + Math.round(number(call, 2)) : Long.MAX_VALUE;
        long begin = Math.max(1, from);
        long stop = Math.min(text.length() + 1L, end);
        return stop <= begin ? "" : text.substring((int) begin - 1, (int) stop - 1);
    }

    private Object split(AwkNode.Call call, int count) {
        String text = text(call, 0);
        String separator = AwkValue.text(machine.globals.get("FS"));
        if (count > 2) {
            AwkNode third = call.arguments().get(2);
            separator = AwkValue.text(machine.value(third instanceof AwkNode.Match match ? match.pattern() : third));
        }
        TreeMap<String, Object> array =
                machine.array(((AwkNode.Variable) call.arguments().get(1)).name());
        array.clear();
        List<String> parts = machine.split(text, separator);
        for (int i = 0; i < parts.size(); i++) {
            array.put(Integer.toString(i + 1), AwkValue.input(parts.get(i)));
        }
        return (double) parts.size();
    }

    private Object substitute(AwkNode.Call call, int count) {
        Regex regex = regex(call.arguments().get(0));
        String replacement = text(call, 1);
        AwkNode target = count > 2 ? call.arguments().get(2) : new AwkNode.Field(new AwkNode.Constant(0.0));
        String text = AwkValue.text(machine.value(target));
        StringBuilder out = new StringBuilder();
        int at = 0;
        int made = 0;
        while (at <= text.length()) {
            Regex.Found found = regex.find(text, at);
            if (found == null) {
                break;
            }
            out.append(text, at, found.begin()).append(replaced(replacement, found.group(text, 0)));
            made++;
            at = found.end();
            if (found.end() == found.begin()) {
                if (at < text.length()) {
                    out.append(text.charAt(at));
                }
                at++;
            }
            if (call.name().equals("sub")) {
                break;
            }
        }
        if (made > 0) {
            out.append(text, Math.min(at, text.length()), text.length());
            machine.value(new AwkNode.Assign(target, "", new AwkNode.Constant(out.toString())));
        }
        return (double) made;
    }

    private static String replaced(String template, String match) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '\\'
                    && i + 1 < template.length()
                    && (template.charAt(i + 1) == '&' || template.charAt(i + 1) == '\\')) {
                out.append(template.charAt(++i));
            } else {
                out.append(c == '&' ? match : String.valueOf(c));
            }
        }
        return out.toString();
    }

    private Object match(AwkNode.Call call) {
        Regex.Found found = regex(call.arguments().get(1)).find(text(call, 0), 0);
        machine.globals.put("RSTART", found == null ? 0.0 : found.begin() + 1.0);
        machine.globals.put("RLENGTH", found == null ? -1.0 : (double) (found.end() - found.begin()));
        return machine.globals.get("RSTART");
    }

    /** printf's format over values: whole-number directives cut fractions off, {@code %c} takes numbers. */
    static String format(List<String> texts, List<AwkNode> values, AwkMachine machine) {
        String format = texts.get(1);
        List<String> args = new ArrayList<>(texts.subList(0, 2));
        int next = 2;
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) != '%') {
                continue;
            }
            i++;
            while (i < format.length() && "-+ #0123456789.*lhq".indexOf(format.charAt(i)) >= 0) {
                if (format.charAt(i) == '*') {
                    args.add(next < texts.size() ? texts.get(next) : "0");
                    next++;
                }
                i++;
            }
            if (i >= format.length() || format.charAt(i) == '%') {
                continue;
            }
            String text = next < texts.size() ? texts.get(next) : "";
            next++;
            switch (format.charAt(i)) {
                case 'd', 'i', 'u', 'x', 'X', 'o' -> args.add(Long.toString((long) AwkValue.number(text)));
                case 'f', 'F', 'e', 'E', 'g', 'G' -> args.add(Double.toString(AwkValue.number(text)));
                case 'c' ->
                    args.add(
                            AwkValue.input(text) instanceof AwkValue.Numeric n
                                    ? String.valueOf((char) ((int) n.number() & 0xFF))
                                    : text);
                default -> args.add(text);
            }
        }
        args.set(1, format.replace("\\", "\\\\"));
        return AwkMachine.printf(args);
    }
}
