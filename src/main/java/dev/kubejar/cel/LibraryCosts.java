package dev.kubejar.cel;

import java.util.List;

/** What calls of Kubernetes' own libraries can cost. */
final class LibraryCosts {
    private final Costs costs;

    LibraryCosts(Costs costs) {
        this.costs = costs;
    }

    /** What Kubernetes' own libraries cost; null where the language's rule holds. */
    Costs.Estimate estimate(String name, String overload, Expr target, List<Expr> args) {
        double traverse = RuntimeCosts.TRAVERSE;
        switch (name) {
            case "check" -> {
                return fixed(350_000);
            }
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> {
                return traversed(target);
            }
            case "url", "jsonpatch.escapeKey" -> {
                Size size = costs.orUnknown(args.get(0));
                return new Costs.Estimate(size.times(traverse), size);
            }
            case "lowerAscii", "upperAscii", "substring", "trim" -> {
                Size size = costs.orUnknown(target);
                return new Costs.Estimate(size.times(traverse), size);
            }
            case "replace" -> {
                return replaced(costs.orUnknown(target), costs.orUnknown(args.get(0)), costs.orUnknown(args.get(1)));
            }
            case "split" -> {
                Size size = costs.orUnknown(target);
                long most =
                        args.size() > 1 && args.get(1).literal instanceof Long limit && limit >= 0 ? limit : size.max();
                return new Costs.Estimate(size.times(2 * traverse), new Size(0, most));
            }
            case "join" -> {
                return joined(target, args);
            }
            case "find", "findAll" -> {
                Size size = costs.orUnknown(target);
                Size text = size.plus(Size.ONE).times(traverse);
                return new Costs.Estimate(
                        text.times(costs.orUnknown(args.get(0)).times(RuntimeCosts.REGEX)), new Size(0, size.max()));
            }
            case "cidr", "isIP", "isCIDR", "quantity", "isQuantity", "semver", "isSemver" -> {
                return new Costs.Estimate(costs.orUnknown(args.get(0)).times(traverse), null);
            }
            case "ip" -> {
                return overload.equals("cidr_ip")
                        ? fixed(1)
                        : new Costs.Estimate(costs.orUnknown(args.get(0)).times(traverse), null);
            }
            case "ip.isCanonical" -> {
                return new Costs.Estimate(costs.orUnknown(args.get(0)).times(2 * traverse), null);
            }
            case "containsIP", "containsCIDR" -> {
                Size size = new Size(4, 16);
                Size cost = size.plus(size).times(traverse);
                if (name.equals("containsCIDR")) {
                    cost = cost.plus(size.times(traverse)).plus(Size.ONE);
                }
                if (overload.endsWith("_string")) {
                    cost = cost.plus(costs.orUnknown(args.get(0)).times(traverse));
                }
                return new Costs.Estimate(cost, null);
            }
            case "validate" -> {
                Size cost = costs.orUnknown(args.get(0)).times(traverse).times(128 * RuntimeCosts.REGEX);
                return new Costs.Estimate(cost, null);
            }
            case "_==_" -> {
                return opaque(args);
            }
            default -> {
                return null;
            }
        }
    }

    private static Costs.Estimate opaque(List<Expr> args) {
        Type type = args.get(0).type;
        boolean own = type.is(Type.Kind.STRUCT) && type.name().startsWith("kubernetes.")
                || type == Type.IP
                || type == Type.CIDR;
        return own && type.exactly(args.get(1).type) ? fixed(1) : null;
    }

    private static Costs.Estimate fixed(long cost) {
        return new Costs.Estimate(Size.of(cost), null);
    }

    private Costs.Estimate traversed(Expr target) {
        Size size = costs.orUnknown(target);
        if (target.type.params().isEmpty()) {
            return new Costs.Estimate(size.times(RuntimeCosts.TRAVERSE), null);
        }
        Size each = Size.ONE;
        Type element = target.type.params().get(0);
        if (element.is(Type.Kind.STRING) || element.is(Type.Kind.BYTES)) {
            each = each.plus(costs.item(target).times(RuntimeCosts.TRAVERSE));
        }
        return new Costs.Estimate(size.times(each), null);
    }

    private Costs.Estimate joined(Expr target, List<Expr> args) {
        Size count = costs.orUnknown(target);
        Size size = count.times(costs.item(target));
        if (!args.isEmpty()) {
            Size separators = new Size(Math.max(0, count.min() - 1), Math.max(0, count.max() - 1));
            size = size.plus(costs.orUnknown(args.get(0)).times(separators));
        }
        return new Costs.Estimate(size.times(RuntimeCosts.TRAVERSE), size);
    }

    private static Costs.Estimate replaced(Size size, Size old, Size by) {
        long most = 0;
        long kept = 0;
        if (old.min() == 0) {
            most = Size.sum(size.max(), 1);
            kept = size.max();
        } else if (by.max() <= old.min()) {
            kept = size.max();
        } else {
            most = (long) Math.ceil((double) size.max() / old.min());
        }
        long least = 0;
        long leastKept = 0;
        if (old.max() == 0) {
            least = Size.sum(size.min(), 1);
            leastKept = size.min();
        } else if (old.max() <= by.min()) {
            leastKept = size.min();
        } else {
            least = (long) Math.ceil((double) size.min() / old.max());
        }
        Size result = new Size(least, most).times(by).plus(new Size(leastKept, kept));
        return new Costs.Estimate(size.times(2 * RuntimeCosts.TRAVERSE), result);
    }
}
