package dev.kubejar.cel;

import java.util.List;
import java.util.Map;

/** What a call has cost, by the sizes of its arguments. */
final class RuntimeCosts {
    static final double TRAVERSE = 0.1;
    static final double REGEX = 0.25;

    private RuntimeCosts() {}

    private static long part(double size, double factor) {
        return (long) Math.ceil(size * factor);
    }

    static long call(String function, List<Object> args, Object result) {
        Object first = args.isEmpty() ? Null.VALUE : args.get(0);
        double size = Values.size(first);
        double other = args.size() > 1 ? Values.size(args.get(1)) : 1;
        return switch (function) {
            case "check" -> 350_000;
            case "fieldSelector", "labelSelector" -> 10 + part(other, TRAVERSE) + part(part(other, 0.5), 50);
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> traversal(first);
            case "url",
                    "lowerAscii",
                    "upperAscii",
                    "substring",
                    "trim",
                    "jsonpatch.escapeKey",
                    "cidr",
                    "isIP",
                    "isCIDR",
                    "quantity",
                    "isQuantity",
                    "semver",
                    "isSemver",
                    "startsWith",
                    "endsWith",
                    "strings.quote",
                    "format",
                    "bytes" -> function.equals("bytes") && !(first instanceof String) ? 1 : part(size, TRAVERSE);
            case "string" -> first instanceof Bytes ? part(size, TRAVERSE) : 1;
            case "ip" -> first instanceof String ? part(size, TRAVERSE) : 1;
            case "ip.isCanonical", "replace", "split" -> part(size, 2 * TRAVERSE);
            case "join" -> part(Values.size(result), 2 * TRAVERSE);
            case "find", "findAll", "matches" -> part(1 + size, TRAVERSE) * part(other, REGEX);
            case "validate" -> part(1 + other, TRAVERSE) * part(60, REGEX);
            case "contains" -> part(size, TRAVERSE) * part(other, TRAVERSE);
            case "@in" -> args.get(1) instanceof List<?> list ? list.size() : 1;
            case "_<_", "_>_", "_<=_", "_>=_" ->
                first instanceof String || first instanceof Bytes ? part(Math.min(size, other), TRAVERSE) : 1;
            case "_==_", "_!=_" -> part(Math.min(size, other), TRAVERSE);
            case "_+_" -> first instanceof String || first instanceof Bytes ? part(size + other, TRAVERSE) : 1;
            default -> 1;
        };
    }

    private static long traversal(Object value) {
        if (value instanceof String || value instanceof Bytes) {
            return (long) (Values.size(value) * TRAVERSE);
        }
        long cost = 0;
        if (value instanceof List<?> list) {
            for (Object each : list) {
                cost += traversal(each);
            }
            return cost;
        }
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> each : map.entrySet()) {
                cost += traversal(each.getKey()) + traversal(each.getValue());
            }
            return cost;
        }
        return 1;
    }
}
