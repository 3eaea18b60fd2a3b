package dev.kubejar.kubelet.shell.applets;

import dev.kubejar.kubelet.fs.FsError;
import dev.kubejar.kubelet.shell.Formats;
import dev.kubejar.kubelet.shell.Regex;
import dev.kubejar.kubelet.shell.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs an awk program's actions for one record after another, each to its end. */
final class AwkMachine {
    private static final long MAX_STEPS = 5_000_000;
    private static final int MAX_CALLS = 200;

    /** Leaves the actions: next, exit, break, continue, return. */
    static final class Leave extends RuntimeException {
        private static final long serialVersionUID = 1;
        final String kind;
        final transient Object value;

        Leave(String kind, Object value) {
            super(null, null, false, false);
            this.kind = kind;
            this.value = value;
        }
    }

    final TreeMap<String, Object> globals = new TreeMap<>();
    final TreeMap<String, TreeMap<String, Object>> arrays = new TreeMap<>();
    final Task task;
    private final AwkParser program;
    private final Map<String, Regex> patterns = new HashMap<>();
    private final Map<String, Integer> files = new HashMap<>();
    private final List<Map<String, Object>> calls = new ArrayList<>();
    private List<String> fields;
    private String record = "";
    private boolean stale;
    private long steps;

    AwkMachine(Task task, AwkParser program) {
        this.task = task;
        this.program = program;
        globals.put("FS", " ");
        globals.put("OFS", " ");
        globals.put("ORS", "\n");
        globals.put("RS", "\n");
        globals.put("SUBSEP", "\034");
        globals.put("CONVFMT", "%.6g");
        globals.put("OFMT", "%.6g");
    }

    void record(String text) {
        record = text;
        fields = null;
        stale = false;
        steps = 0;
    }

    boolean holds(AwkNode node) {
        return AwkValue.truth(value(node));
    }

    private Regex regex(String text) {
        return patterns.computeIfAbsent(text, each -> Regex.extended(each, false));
    }

    private List<String> fields() {
        if (fields == null) {
            fields = split(record, AwkValue.text(globals.get("FS")));
        }
        return fields;
    }

    List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        if (separator.equals(" ")) {
            for (String part : text.strip().split("[ \t\n]+")) {
                if (!part.isEmpty()) {
                    parts.add(part);
                }
            }
            return parts;
        }
        if (text.isEmpty()) {
            return parts;
        }
        if (separator.isEmpty()) {
            for (char c : text.toCharArray()) {
                parts.add(String.valueOf(c));
            }
            return parts;
        }
        Regex regex =
                separator.length() == 1 && !separator.equals("\\") ? Regex.literal(separator, false) : regex(separator);
        int at = 0;
        Regex.Found found = regex.find(text, 0);
        while (found != null && found.end() > found.begin()) {
            parts.add(text.substring(at, found.begin()));
            at = found.end();
            found = regex.find(text, at);
        }
        parts.add(text.substring(at));
        return parts;
    }

    private String whole() {
        if (stale) {
            record = String.join(AwkValue.text(globals.get("OFS")), fields);
            stale = false;
        }
        return record;
    }

    private Object field(int index) {
        if (index == 0) {
            return AwkValue.input(whole());
        }
        return index > 0 && index <= fields().size() ? AwkValue.input(fields().get(index - 1)) : "";
    }

    private void setField(int index, String value) {
        if (index == 0) {
            record(value);
            return;
        }
        fields();
        fields = new ArrayList<>(fields);
        while (fields.size() < index && fields.size() < 10_000) {
            fields.add("");
        }
        fields.set(index - 1, value);
        stale = true;
    }

    private Map<String, Object> scope(String name) {
        if (!calls.isEmpty()) {
            Map<String, Object> local = calls.get(calls.size() - 1);
            if (local.containsKey(name)) {
                return local;
            }
        }
        return globals;
    }

    private Object variable(String name) {
        if (name.equals("NF")) {
            return (double) fields().size();
        }
        return scope(name).get(name);
    }

    private void set(AwkNode target, Object value) {
        if (target instanceof AwkNode.Field field) {
            setField((int) AwkValue.number(value(field.index())), AwkValue.text(value));
        } else if (target instanceof AwkNode.Element element) {
            array(element.array()).put(key(element.index()), value);
        } else if (target instanceof AwkNode.Variable variable) {
            if (variable.name().equals("NF")) {
                int count = (int) AwkValue.number(value);
                setField(Math.max(1, count), count > fields().size() ? "" : fields().get(Math.max(0, count - 1)));
                fields = new ArrayList<>(fields.subList(0, Math.min(count, fields.size())));
                stale = true;
                return;
            }
            scope(variable.name()).put(variable.name(), value);
        } else {
            throw new IllegalArgumentException("cmd. line:1: Unexpected token");
        }
    }

    @SuppressWarnings("unchecked")
    TreeMap<String, Object> array(String name) {
        Map<String, Object> local = calls.isEmpty() ? Map.of() : calls.get(calls.size() - 1);
        if (local.containsKey(name)) {
            if (!(local.get(name) instanceof TreeMap)) {
                local.put(name, new TreeMap<String, Object>());
            }
            return (TreeMap<String, Object>) local.get(name);
        }
        return arrays.computeIfAbsent(name, ignored -> new TreeMap<>());
    }

    private String key(List<AwkNode> index) {
        List<String> parts = new ArrayList<>();
        index.forEach(each -> parts.add(AwkValue.text(value(each))));
        return String.join(AwkValue.text(globals.get("SUBSEP")), parts);
    }

    Object value(AwkNode node) {
        if (++steps > MAX_STEPS) {
            throw new IllegalArgumentException("too many steps for one record");
        }
        if (node instanceof AwkNode.Constant constant) {
            return constant.value();
        }
        if (node instanceof AwkNode.Variable variable) {
            return variable(variable.name());
        }
        if (node instanceof AwkNode.Field field) {
            return field((int) AwkValue.number(value(field.index())));
        }
        if (node instanceof AwkNode.Match match) {
            return regex(AwkValue.text(value(match.pattern()))).find(whole(), 0) != null ? 1.0 : 0.0;
        }
        if (node instanceof AwkNode.Element element) {
            return array(element.array()).computeIfAbsent(key(element.index()), ignored -> "");
        }
        if (node instanceof AwkNode.In in) {
            return array(in.array()).containsKey(key(in.index())) ? 1.0 : 0.0;
        }
        if (node instanceof AwkNode.Unary unary) {
            Object operand = value(unary.operand());
            return switch (unary.operator()) {
                case "!" -> AwkValue.truth(operand) ? 0.0 : 1.0;
                case "-" -> -AwkValue.number(operand);
                case "+" -> AwkValue.number(operand);
                default -> operand;
            };
        }
        if (node instanceof AwkNode.Binary binary) {
            return binary(binary);
        }
        if (node instanceof AwkNode.Conditional conditional) {
            return value(holds(conditional.test()) ? conditional.yes() : conditional.no());
        }
        if (node instanceof AwkNode.Assign assign) {
            Object right = value(assign.value());
            Object result = assign.operator().isEmpty()
                    ? right
                    : calculate(assign.operator(), AwkValue.number(value(assign.target())), AwkValue.number(right));
            set(assign.target(), result);
            return result;
        }
        if (node instanceof AwkNode.Step step) {
            double before = AwkValue.number(value(step.target()));
            set(step.target(), before + step.by());
            return step.before() ? before + step.by() : before;
        }
        if (node instanceof AwkNode.Call call) {
            return program.functions.containsKey(call.name()) ? invoke(call) : new AwkFunctions(this).call(call);
        }
        run(node);
        return "";
    }

    private Object binary(AwkNode.Binary node) {
        switch (node.operator()) {
            case "||":
                return holds(node.left()) || holds(node.right()) ? 1.0 : 0.0;
            case "&&":
                return holds(node.left()) && holds(node.right()) ? 1.0 : 0.0;
            case "":
                String joined = AwkValue.text(value(node.left())) + AwkValue.text(value(node.right()));
                task.charge(joined.length() / 1000);
                if (joined.length() > task.host().limits().memory()) {
                    throw new IllegalArgumentException("out of memory");
                }
                return joined;
            case "~":
                String subject = AwkValue.text(value(node.left()));
                AwkNode right = node.right() instanceof AwkNode.Match match ? match.pattern() : node.right();
                return regex(AwkValue.text(value(right))).find(subject, 0) != null ? 1.0 : 0.0;
            case "==", "!=", "<", "<=", ">", ">=":
                return compare(node.operator(), value(node.left()), value(node.right())) ? 1.0 : 0.0;
            default:
                return calculate(
                        node.operator(), AwkValue.number(value(node.left())), AwkValue.number(value(node.right())));
        }
    }

    private boolean compare(String operator, Object left, Object right) {
        boolean numeric = !(left instanceof String) && !(right instanceof String);
        int order = numeric
                ? Double.compare(AwkValue.number(left) + 0.0, AwkValue.number(right) + 0.0)
                : AwkValue.text(left).compareTo(AwkValue.text(right));
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static double calculate(String operator, double left, double right) {
        if ((operator.equals("/") || operator.equals("%")) && right == 0) {
            throw new IllegalArgumentException("cmd. line:1: Division by zero");
        }
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            case "%" -> left % right;
            default -> Math.pow(left, right);
        };
    }

    private Object invoke(AwkNode.Call call) {
        AwkNode.Function function = program.functions.get(call.name());
        Map<String, Object> local = new HashMap<>();
        for (int i = 0; i < function.parameters().size(); i++) {
            Object argument = "";
            if (i < call.arguments().size()) {
                AwkNode node = call.arguments().get(i);
                boolean array = node instanceof AwkNode.Variable v
                        && (arrays.containsKey(v.name()) || scope(v.name()).get(v.name()) instanceof TreeMap);
                argument = array ? array(((AwkNode.Variable) node).name()) : value(node);
            }
            local.put(function.parameters().get(i), argument);
        }
        if (calls.size() > MAX_CALLS) {
            throw new IllegalArgumentException("function calls nested too deeply");
        }
        calls.add(local);
        try {
            run(function.body());
            return "";
        } catch (Leave leave) {
            if (!leave.kind.equals("return")) {
                throw leave;
            }
            return leave.value == null ? "" : leave.value;
        } finally {
            calls.remove(calls.size() - 1);
        }
    }

    void run(AwkNode node) {
        if (node instanceof AwkNode.Block block) {
            block.body().forEach(this::run);
        } else if (node instanceof AwkNode.If conditional) {
            if (holds(conditional.test())) {
                run(conditional.then());
            } else if (conditional.otherwise() != null) {
                run(conditional.otherwise());
            }
        } else if (node instanceof AwkNode.Loop loop) {
            loop(loop);
        } else if (node instanceof AwkNode.ForIn loop) {
            for (String key : new ArrayList<>(array(loop.array()).keySet())) {
                scope(loop.variable()).put(loop.variable(), AwkValue.input(key));
                if (!turn(loop.body())) {
                    break;
                }
            }
        } else if (node instanceof AwkNode.Print print) {
            print(print);
        } else if (node instanceof AwkNode.Jump jump) {
            throw new Leave(jump.kind(), jump.value() == null ? null : value(jump.value()));
        } else if (node instanceof AwkNode.Delete delete) {
            if (delete.index().isEmpty()) {
                array(delete.array()).clear();
            } else {
                array(delete.array()).remove(key(delete.index()));
            }
        } else {
            value(node);
        }
    }

    private void loop(AwkNode.Loop loop) {
        if (loop.start() != null) {
            run(loop.start());
        }
        boolean first = loop.after();
        while (first || loop.test() == null || holds(loop.test())) {
            first = false;
            if (++steps > MAX_STEPS || !turn(loop.body())) {
                return;
            }
            if (loop.step() != null) {
                run(loop.step());
            }
        }
    }

    private boolean turn(AwkNode body) {
        try {
            run(body);
            return true;
        } catch (Leave leave) {
            if (leave.kind.equals("break")) {
                return false;
            }
            if (leave.kind.equals("continue")) {
                return true;
            }
            throw leave;
        }
    }

    String formatted(List<AwkNode> values) {
        List<String> args = new ArrayList<>(List.of("printf"));
        for (AwkNode each : values) {
            args.add(AwkValue.text(value(each)));
        }
        if (args.size() < 2) {
            return "";
        }
        return AwkFunctions.format(args, values, this);
    }

    private void print(AwkNode.Print print) {
        String out;
        if (print.formatted()) {
            out = formatted(print.values());
        } else if (print.values().isEmpty()) {
            out = whole() + AwkValue.text(globals.get("ORS"));
        } else {
            List<String> parts = new ArrayList<>();
            print.values().forEach(each -> parts.add(AwkValue.text(value(each))));
            out = String.join(AwkValue.text(globals.get("OFS")), parts) + AwkValue.text(globals.get("ORS"));
        }
        if (print.redirection().isEmpty()) {
            task.out(out);
            return;
        }
        String file = AwkValue.text(value(print.target()));
        if (print.redirection().equals("|")) {
            throw new IllegalArgumentException("pipes to commands are not supported");
        }
        if (file.equals("/dev/stderr")) {
            task.err(out);
        } else {
            task.write(
                    file.equals("/dev/stdout")
                            ? 1
                            : descriptor(file, print.redirection().equals(">>")),
                    out);
        }
    }

    private int descriptor(String file, boolean append) {
        Integer open = files.get(file);
        if (open == null) {
            try {
                open = task.create(file, append || task.number("opened " + file) == 1);
            } catch (FsError e) {
                throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
            }
            task.number("opened " + file, 1);
            files.put(file, open);
        }
        return open;
    }

    /** What Formats does with arguments, for callers here. */
    static String printf(List<String> args) {
        StringBuilder out = new StringBuilder();
        Formats.printf(args, "awk", out, new StringBuilder());
        return out.toString();
    }
}
