package dev.kubejar.kinds.describe;

import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Describe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Resource quotas and limit ranges, alone and as a namespace lists them. */
public final class QuotaParts {
    private QuotaParts() {}

    /** The quotas of a namespace. */
    public static void quotas(List<Obj> quotas, Describe out) {
        if (quotas.isEmpty()) {
            out.line(0, "No resource quota.");
            return;
        }
        out.line(0, "Resource Quotas");
        for (Obj quota : quotas) {
            out.field(1, "Name", quota.name());
            scopes(quota, 1, "* ", out);
            out.line(1, "Resource\tUsed\tHard");
            out.line(1, "--------\t---\t---");
            amounts(quota, 1, false, out);
        }
    }

    /** One quota alone. */
    public static void quota(Obj quota, Describe out) {
        Parts.name(quota, out);
        scopes(quota, 0, " * ", out);
        out.line(0, "Resource\tUsed\tHard");
        out.line(0, "--------\t----\t----");
        amounts(quota, 0, true, out);
    }

    private static void scopes(Obj quota, int level, String bullet, Describe out) {
        List<String> scopes = new ArrayList<>(quota.texts("spec.scopes"));
        if (scopes.isEmpty()) {
            return;
        }
        Collections.sort(scopes);
        out.field(level, "Scopes", String.join(", ", scopes));
        for (String scope : scopes) {
            String help = help(scope);
            if (!help.isEmpty()) {
                out.line(level, bullet + help);
            }
        }
    }

    private static String help(String scope) {
        return switch (scope) {
            case "Terminating" ->
                "Matches all pods that have an active deadline. These pods have a limited lifespan on a"
                        + " node before being actively terminated by the system.";
            case "NotTerminating" ->
                "Matches all pods that do not have an active deadline. These pods usually include"
                        + " long running pods whose container command is not expected to terminate.";
            case "BestEffort" ->
                "Matches all pods that do not have resource requirements set. These pods have a best"
                        + " effort quality of service.";
            case "NotBestEffort" ->
                "Matches all pods that have at least one resource requirement set. These pods have"
                        + " a burstable or guaranteed quality of service.";
            default -> "";
        };
    }

    private static void amounts(Obj quota, int level, boolean sameFormat, Describe out) {
        Obj used = quota.obj("status.used");
        Parts.sorted(quota.obj("status.hard")).forEach((name, amount) -> {
            Quantity hard = Quantity.of(amount);
            Quantity now = Quantity.of(used.node().path(name));
            if (sameFormat && now.format() != hard.format()) {
                now = Quantity.of(now.value(), hard.format());
            }
            out.line(level, name + "\t" + now + "\t" + hard);
        });
    }

    /** The limit ranges of a namespace. */
    public static void limitRanges(List<Obj> ranges, Describe out) {
        if (ranges.isEmpty()) {
            out.line(0, "No LimitRange resource.");
            return;
        }
        out.line(0, "Resource Limits");
        out.line(0, " Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio");
        out.line(0, " ----\t--------\t---\t---\t---------------\t-------------\t-----------------------");
        ranges.forEach(range -> limits(range, " ", out));
    }

    /** One limit range alone. */
    public static void limitRange(Obj range, Describe out) {
        Parts.name(range, out);
        out.line(0, "Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio");
        out.line(0, "----\t--------\t---\t---\t---------------\t-------------\t-----------------------");
        limits(range, "", out);
    }

    private static void limits(Obj range, String prefix, Describe out) {
        String[] lists = {"min", "max", "defaultRequest", "default", "maxLimitRequestRatio"};
        for (Obj item : range.list("spec.limits")) {
            Set<String> names = new TreeSet<>();
            for (String list : lists) {
                names.addAll(Parts.sorted(item.obj(list)).keySet());
            }
            for (String name : names) {
                StringBuilder line = new StringBuilder(prefix + item.text("type") + "\t" + name);
                for (String list : lists) {
                    line.append('\t').append(item.obj(list).node().path(name).asText("-"));
                }
                out.line(0, line.toString());
            }
        }
    }
}
