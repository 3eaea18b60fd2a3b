package dev.kubejar.cel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the functions do, found by name; a function looks at its arguments itself. */
final class Library {
    /** A function; null means that it does not take such arguments. */
    @FunctionalInterface
    interface Function {
        Object apply(Object[] args);
    }

    private static Map<String, Function> all;

    private Library() {}

    private static synchronized Map<String, Function> all() {
        if (all == null) {
            Map<String, Function> made = new HashMap<>();
            Operators.add(made);
            Texts.add(made);
            Lists.add(made);
            Times.add(made);
            Networks.add(made);
            Kubernetes.add(made);
            AuthorizerLibrary.add(made);
            all = made;
        }
        return all;
    }

    static Object call(String name, List<Object> args) {
        Function function = all().get(name);
        Object result = null;
        if (function != null) {
            try {
                result = function.apply(args.toArray());
            } catch (ArrayIndexOutOfBoundsException e) {
                result = null;
            }
        }
        if (result == null && (name.startsWith("_") || name.equals("-_") || name.equals("@in"))) {
            throw new CelError("no such overload"); // an operator asks its operand, which does not tell of whom
        }
        if (result == null && name.equals("size")) {
            throw new CelError("no such overload: size");
        }
        if (result == null) {
            StringBuilder types = new StringBuilder();
            for (Object each : args) {
                types.append(types.length() == 0 ? "" : ", ")
                        .append(Values.type(each).name());
            }
            throw new CelError("no such overload: " + name + "(" + types + ")");
        }
        return result;
    }
}
