package dev.kubejar.kinds;

import dev.kubejar.kinds.rules.Resources;
import dev.kubejar.object.Obj;
import dev.kubejar.object.Quantity;
import dev.kubejar.schema.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules of one limit of a LimitRange. */
final class LimitRules {
    private LimitRules() {}

    static void check(Problems problems, String path, Obj limit, String type) {
        Map<String, Map<String, Quantity>> all = new TreeMap<>();
        Set<String> names = new TreeSet<>();
        for (String field : List.of("max", "min", "default", "defaultRequest")) {
            all.put(field, Map.of());
            if (field.startsWith("default") && type.equals("Pod")) {
                if (!limit.obj(field).isEmpty()) {
                    problems.forbidden(path + "." + field, "may not be specified when `type` is 'Pod'");
                }
            } else {
                all.put(field, amounts(problems, path + "." + field, limit.obj(field), type, names));
            }
        }
        boolean storage = limit.obj("min").has("storage") || limit.obj("max").has("storage");
        if (type.equals("PersistentVolumeClaim") && !storage) {
            problems.required(
                    path + ".limits", "either minimum or maximum storage value is required, but neither was provided");
        }
        String ratio = "maxLimitRequestRatio";
        all.put(ratio, amounts(problems, path + "." + ratio, limit.obj(ratio), type, names));
        for (String name : names) {
            compare(problems, path, name, all);
            ratio(problems, path + "." + ratio + "[" + name + "]", name, all);
        }
    }

    private static Map<String, Quantity> amounts(
            Problems problems, String path, Obj amounts, String type, Set<String> names) {
        Map<String, Quantity> found = new TreeMap<>(Resources.amounts(amounts));
        for (String name : found.keySet()) {
            if (type.equals("Pod") || type.equals("Container")) {
                Resources.containerName(problems, path + "[" + name + "]", name);
            } else {
                Resources.name(problems, path + "[" + name + "]", name);
            }
        }
        names.addAll(found.keySet());
        return found;
    }

    private static void compare(Problems problems, String path, String name, Map<String, Map<String, Quantity>> all) {
        Quantity min = all.get("min").get(name);
        Quantity max = all.get("max").get(name);
        Quantity limit = all.get("default").get(name);
        Quantity request = all.get("defaultRequest").get(name);
        String key = "[" + name + "]";
        over(problems, path + ".min" + key, min, max, min, "min value %s is greater than max value %s");
        String requests = path + ".defaultRequest" + key;
        over(problems, requests, min, request, request, "min value %s is greater than default request value %s");
        over(problems, requests, request, max, request, "default request value %s is greater than max value %s");
        over(
                problems,
                requests,
                request,
                limit,
                request,
                "default request value %s is greater than default limit value %s");
        String limits = path + ".default" + key;
        over(problems, limits, min, limit, min, "min value %s is greater than default value %s");
        over(problems, limits, limit, max, max, "default value %s is greater than max value %s");
    }

    private static void over(
            Problems problems, String path, Quantity less, Quantity more, Quantity shown, String message) {
        if (less != null && more != null && less.compareTo(more) > 0) {
            problems.invalid(path, shown.toString(), String.format(Locale.ROOT, message, less, more));
        }
    }

    private static void ratio(Problems problems, String path, String name, Map<String, Map<String, Quantity>> all) {
        Quantity ratio = all.get("maxLimitRequestRatio").get(name);
        Quantity min = all.get("min").get(name);
        Quantity max = all.get("max").get(name);
        if (ratio != null && ratio.milliValue() < 1000) {
            problems.invalid(path, ratio.toString(), "ratio " + ratio + " is less than 1");
        }
        if (ratio != null && min != null && max != null) {
            double most = (double) max.milliValue() / (double) min.milliValue();
            if (ratio.milliValue() / 1000.0 > most) {
                String message = "ratio %s is greater than max/min = %f";
                problems.invalid(path, ratio.toString(), String.format(Locale.ROOT, message, ratio, most));
            }
        }
        Quantity limit = all.get("default").get(name);
        Quantity request = all.get("defaultRequest").get(name);
        if (!Resources.overcommit(name) && limit != null && request != null && limit.compareTo(request) != 0) {
            problems.invalid(
                    path.replace(".maxLimitRequestRatio[", ".defaultRequest["),
                    request.toString(),
                    "default value " + limit + " must equal to defaultRequest value " + request + " in " + name);
        }
    }
}
